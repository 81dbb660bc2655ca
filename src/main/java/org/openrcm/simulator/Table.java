package org.openrcm.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The made-up world's data: {@code simulator/<name>.tsv} on the classpath, tab separated; lines
 * that start with {@code #} are comments, the first other line is the header.
 */
final class Table {
  private Table() {}

  /**
   * The rows below the header.
   *
   * @throws IllegalStateException when it is missing, or a row has not as many columns as the
   *     header
   */
  static List<List<String>> rows(String name) {
    String file = "simulator/" + name + ".tsv";
    try (InputStream in = Table.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + ": not found on the classpath");
      }
      BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<List<String>> rows = new ArrayList<>();
      int columns = 0;
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        List<String> row = List.of(line.split("\t", -1));
        if (columns > 0 && row.size() != columns) {
          throw new IllegalStateException(file + ": a row has not as many columns as the header");
        }
        if (columns > 0) {
          rows.add(row);
        }
        columns = row.size();
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
