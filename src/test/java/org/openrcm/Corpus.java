package org.openrcm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that other projects made, kept beside this one; where they are not, tests pass them by. */
final class Corpus {
  static final Path FOLDER = Path.of("../shared/x12-corpus");

  private Corpus() {}

  /**
   * A line of the index.
   *
   * @param path under the corpus folder
   * @param sets ST01 and guide, such as {@code 835 005010X221A1}
   * @param validity what was found of the envelope when the index was made
   */
  record Entry(String path, String sets, String validity) {
    Path file() {
      return FOLDER.resolve(path);
    }

    boolean isWellFormed835() {
      return sets.startsWith("835 005010X221A1") && validity.endsWith("envelope ok");
    }

    @Override
    public String toString() {
      return path;
    }
  }

  static List<Entry> entries() throws IOException {
    Path index = FOLDER.resolve("INDEX.tsv");
    assumeTrue(Files.exists(index), "the corpus is not here");
    return Files.readAllLines(index).stream()
        .skip(1)
        .map(line -> line.split("\t"))
        .map(cells -> new Entry(cells[0], cells[3], cells[5 + 1]))
        .toList();
  }
}
