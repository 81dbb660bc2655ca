package org.openrcm.billing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A dated list of codes with plain words of our own for each, such as the CARCs of {@code CAS02}.
 *
 * <p>No two rows of one code hold on the same day. Source: {@code rules/<name>.tsv} on the
 * classpath, UTF-8, tab separated, with the columns {@code code from to words} and any more; lines
 * that start with {@code #} are comments. A missing or malformed file is an {@link
 * IllegalStateException} that names the file and the line.
 */
public final class CodeList {
  private static final List<String> COLUMNS = List.of("code", "from", "to", "words");
  private static final Map<String, CodeList> LOADED = new ConcurrentHashMap<>();

  private final List<Row> rows = new ArrayList<>();
  // The rows of a code, newest first.
  private final Map<String, Row[]> byCode = new HashMap<>();

  /**
   * One code for one period; {@code from} and {@code to} are its first and last day, null is open.
   *
   * @param more the columns after {@code words}, by name; a value may be empty
   */
  public record Row(
      String code,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      String words,
      Map<String, String> more) {

    /** Whether the row holds on that day. */
    public boolean holdsOn(LocalDate day) {
      return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    private boolean overlaps(Row other) {
      return startsBy(other.to) && other.startsBy(to);
    }

    private boolean startsBy(@Nullable LocalDate day) {
      return from == null || day == null || !from.isAfter(day);
    }
  }

  /** One line of a rules file, its number counted from 1 for messages. */
  record Line(String file, int number, List<String> columns, List<String> fields) {

    String required(int column) {
      String field = fields.get(column);
      if (field.isBlank()) {
        throw malformed("column " + columns.get(column) + " is empty");
      }
      if (field.length() != field.strip().length()) {
        throw malformed("column " + columns.get(column) + " has blanks around it");
      }
      return field;
    }

    @Nullable LocalDate date(int column) {
      if (fields.get(column).isEmpty()) {
        return null;
      }
      try {
        return LocalDate.parse(fields.get(column));
      } catch (DateTimeParseException e) {
        throw malformed("column " + columns.get(column) + " is not a date like 2026-01-31");
      }
    }

    /** A row from this line; {@code code} and {@code words} are columns, as are the two dates. */
    Row row(int code, int from, int to, int words, Map<String, String> more) {
      Row row = new Row(required(code), date(from), date(to), required(words), more);
      if (!row.startsBy(row.to())) {
        throw malformed("from is after to");
      }
      return row;
    }

    IllegalStateException malformed(String why) {
      return new IllegalStateException(file + " line " + number + ": " + why);
    }
  }

  CodeList() {}

  /** The list of that name, read once and kept; {@code "claim-status"} for instance. */
  public static CodeList load(String name) {
    CodeList loaded = LOADED.get(name);
    return loaded != null ? loaded : LOADED.computeIfAbsent(name, CodeList::read);
  }

  /** The words of the row that holds on that day, or of the newest row when the day is null. */
  public Optional<String> words(String code, @Nullable LocalDate on) {
    Row row = find(code, on);
    return row == null ? Optional.empty() : Optional.of(row.words());
  }

  /** The row that holds on that day, or the newest row when the day is null. */
  public Optional<Row> row(String code, @Nullable LocalDate on) {
    return Optional.ofNullable(find(code, on));
  }

  /** Every row in the order of the file. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  @Nullable Row find(String code, @Nullable LocalDate on) {
    Row[] found = byCode.get(code);
    if (found == null) {
      return null;
    }
    if (on == null) {
      return found[0];
    }
    for (Row row : found) {
      if (row.holdsOn(on)) {
        return row;
      }
    }
    return null;
  }

  private static CodeList read(String name) {
    return parse(lines(name, COLUMNS));
  }

  static CodeList parse(List<Line> lines) {
    CodeList list = new CodeList();
    for (Line line : lines) {
      list.add(line, line.row(0, 1, 2, 3, more(line)));
    }
    return list;
  }

  /** Takes up a row while the list is being read; the line is for the message. */
  void add(Line line, Row row) {
    rows.add(row);
    Row[] known = byCode.get(row.code());
    if (known == null) {
      byCode.put(row.code(), new Row[] {row});
      return;
    }
    int newer = 0;
    for (Row other : known) {
      if (row.overlaps(other)) {
        throw line.malformed("code " + row.code() + " has another row in the same period");
      }
      newer += other.startsBy(row.to()) ? 0 : 1;
    }
    Row[] all = Arrays.copyOf(known, known.length + 1);
    System.arraycopy(known, newer, all, newer + 1, known.length - newer);
    all[newer] = row;
    byCode.put(row.code(), all);
  }

  private static Map<String, String> more(Line line) {
    if (line.columns().size() == COLUMNS.size()) {
      return Map.of();
    }
    Map<String, String> more = new LinkedHashMap<>();
    for (int i = COLUMNS.size(); i < line.columns().size(); i++) {
      more.put(line.columns().get(i), line.fields().get(i));
    }
    return Collections.unmodifiableMap(more);
  }

  /** The lines of {@code rules/<name>.tsv}, whose header must start with these columns. */
  static List<Line> lines(String name, List<String> columns) {
    String file = "rules/" + name + ".tsv";
    try (InputStream in = CodeList.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + ": not found on the classpath");
      }
      // A decoder of its own refuses what is not UTF-8 where a charset would replace it unseen.
      return lines(file, new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), columns);
    } catch (IOException e) {
      throw new IllegalStateException(file + ": cannot be read", e);
    }
  }

  static List<Line> lines(String file, Reader text, List<String> columns) throws IOException {
    List<Line> lines = new ArrayList<>();
    List<String> header = List.of();
    BufferedReader in = new BufferedReader(text);
    int number = 0;
    for (String read = in.readLine(); read != null; read = in.readLine()) {
      number++;
      if (read.isBlank() || read.startsWith("#")) {
        continue;
      }
      List<String> fields = List.of(read.split("\t", -1));
      if (header.isEmpty()) {
        header = header(new Line(file, number, columns, fields));
      } else {
        lines.add(line(new Line(file, number, header, fields)));
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalStateException(file + ": has no rows");
    }
    return lines;
  }

  private static List<String> header(Line line) {
    List<String> header = line.fields();
    List<String> wanted = line.columns();
    if (header.size() < wanted.size() || !header.subList(0, wanted.size()).equals(wanted)) {
      throw line.malformed("the header must start with " + String.join(", ", wanted));
    }
    return header;
  }

  private static Line line(Line line) {
    if (line.fields().size() != line.columns().size()) {
      throw line.malformed(
          line.fields().size() + " columns where the header has " + line.columns().size());
    }
    return line;
  }
}
