package org.openrcm.x12;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The X12 files that tests read: the cases, the samples, and the corpus where there is one. */
public final class Corpus {
  /** Files of other projects' tests; not part of this project. */
  public static final Path FOLDER = Path.of("../shared/x12-corpus");

  public static final String ABSENT = "no corpus of other projects' files at " + FOLDER;

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final int SETS = 3;
  private static final int VALIDITY = 6;
  private static final int PYX12 = 10;
  private static final int LINUX_FOR_HEALTH = 11;

  private Corpus() {}

  public static boolean isThere() {
    return Files.isRegularFile(FOLDER.resolve("INDEX.tsv"));
  }

  /** Every 835 of the cases and samples. */
  public static List<Path> ours() {
    return Stream.of(CASES, Path.of("samples")).flatMap(Corpus::remittances).toList();
  }

  /**
   * A line of the corpus' index.
   *
   * @param path under the corpus' folder
   * @param sets ST01 and guide, such as {@code 835 005010X221A1}
   * @param validity what was found of the envelope when the index was made
   * @param pyx12 what pyx12 3.1.0 said of it
   * @param linuxForHealth what linuxforhealth-x12 said of it
   */
  public record Entry(
      String path, String sets, String validity, String pyx12, String linuxForHealth) {
    public Path file() {
      return FOLDER.resolve(path);
    }

    public boolean isWellFormed835() {
      return sets.startsWith("835 005010X221A1") && validity.endsWith("envelope ok");
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** Every file of the corpus; none without a corpus. */
  public static List<Entry> entries() {
    if (!isThere()) {
      return List.of();
    }
    try (Stream<String> rows = Files.lines(FOLDER.resolve("INDEX.tsv"))) {
      return rows.skip(1)
          .map(row -> row.split("\t", -1))
          .map(
              row -> new Entry(row[0], row[SETS], row[VALIDITY], row[PYX12], row[LINUX_FOR_HEALTH]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every 835 005010X221A1 of the corpus that has a sound envelope; none without a corpus. */
  public static List<Path> received() {
    return entries().stream().filter(Entry::isWellFormed835).map(Entry::file).toList();
  }

  /** The bytes of a case's file, one character each. */
  public static String text(String story) {
    return text(CASES.resolve(story).resolve("remit.835"));
  }

  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code text} with the one place where {@code from} stands changed. */
  public static String changed(String text, String from, String to) {
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new IllegalArgumentException(from + " must stand there exactly once");
    }
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Stream<Path> remittances(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".835")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
