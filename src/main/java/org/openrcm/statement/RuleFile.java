package org.openrcm.statement;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file in {@code rules/} that is no {@link org.openrcm.billing.CodeList}: UTF-8, tab
 * separated, {@code #} starts a comment. Whatever is wrong is an {@link IllegalStateException} that
 * names the file and the line.
 */
public final class RuleFile {

  /** A row, its line counted from 1 for messages. */
  public record Row(String file, int line, List<String> columns, List<String> fields) {

    public String optional(String column) {
      return fields.get(columns.indexOf(column));
    }

    public String text(String column) {
      String text = optional(column);
      if (text.isBlank()) {
        throw wrong("column " + column + " is empty");
      }
      return text;
    }

    public int number(String column) {
      try {
        return Integer.parseInt(text(column));
      } catch (NumberFormatException e) {
        throw wrong("column " + column + " is not a number");
      }
    }

    /** A day; null for an empty column. */
    public @Nullable LocalDate day(String column) {
      String text = optional(column);
      try {
        return text.isEmpty() ? null : LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw wrong("column " + column + " is not a date like 2026-01-31");
      }
    }

    /** The words of a column and of the one with _es, both or neither of them empty. */
    Words optionalWords(String column) {
      Words words = new Words(optional(column), optional(column + "_es"));
      if (words.english().isEmpty() != words.spanish().isEmpty()) {
        throw wrong("columns %s and %s_es do not both have words".formatted(column, column));
      }
      return words;
    }

    Words words(String column) {
      return new Words(text(column), text(column + "_es"));
    }

    public IllegalStateException wrong(String why) {
      return new IllegalStateException("%s line %d: %s".formatted(file, line, why));
    }
  }

  private RuleFile() {}

  /** The rows of {@code rules/<name>.tsv}, whose header must be these columns. */
  public static List<Row> rows(String name, String... columns) {
    String file = "rules/" + name + ".tsv";
    try (InputStream in = RuleFile.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + ": not found on the classpath");
      }
      return rows(
          file, new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), List.of(columns));
    } catch (IOException e) {
      throw new IllegalStateException(file + ": cannot be read", e);
    }
  }

  static List<Row> rows(String file, Reader text, List<String> columns) throws IOException {
    List<Row> rows = new ArrayList<>();
    BufferedReader in = new BufferedReader(text);
    boolean header = true;
    int line = 0;
    for (String read = in.readLine(); read != null; read = in.readLine()) {
      line++;
      if (read.isBlank() || read.startsWith("#")) {
        continue;
      }
      Row row = new Row(file, line, columns, List.of(read.split("\t", -1)));
      if (header && !row.fields().equals(columns)) {
        throw row.wrong("the header must be " + String.join(", ", columns));
      }
      if (row.fields().size() != columns.size()) {
        throw row.wrong(row.fields().size() + " columns where the header has " + columns.size());
      }
      if (!header) {
        rows.add(row);
      }
      header = false;
    }
    if (rows.isEmpty()) {
      throw new IllegalStateException(file + ": has no rows");
    }
    return List.copyOf(rows);
  }
}
