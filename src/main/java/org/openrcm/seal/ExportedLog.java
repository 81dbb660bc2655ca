package org.openrcm.seal;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * The record as files: {@code sealed.tsv.gz} and {@code unsealed.tsv.gz}. It holds what the record
 * holds, so it is to be kept as patients' data are.
 */
public final class ExportedLog implements SealedLog {
  private static final String SEALED_FILE = "sealed.tsv.gz";
  private static final String UNSEALED_FILE = "unsealed.tsv.gz";

  private final Path folder;

  public ExportedLog(Path folder) {
    this.folder = folder;
  }

  /** Writes down a record, and gives what was written. */
  public static ExportedLog write(SealedLog log, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (BufferedWriter out = writer(folder.resolve(SEALED_FILE))) {
      log.sealed(line -> write(line, out));
    }
    try (BufferedWriter out = writer(folder.resolve(UNSEALED_FILE))) {
      log.unsealed(line -> write(line, out));
    }
    return new ExportedLog(folder);
  }

  private static void write(String line, BufferedWriter out) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedWriter writer(Path file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
  }

  @Override
  public void sealed(Consumer<String> line) throws IOException {
    read(folder.resolve(SEALED_FILE), line);
  }

  @Override
  public void unsealed(Consumer<String> line) throws IOException {
    read(folder.resolve(UNSEALED_FILE), line);
  }

  private static void read(Path file, Consumer<String> line) throws IOException {
    long number = 1;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String one = lines.readLine(); one != null; one = lines.readLine()) {
        line.accept(one);
        number++;
      }
    } catch (IllegalArgumentException e) {
      // not as the cause: its message may have what the line has
      throw damaged(file, number, "it is no line of a record");
    } catch (ZipException | EOFException e) {
      throw damaged(file, number, "it cannot be decompressed");
    }
  }

  private static IOException damaged(Path file, long line, String what) {
    return new IOException(
        "%s, line %d: %s. Export the record again.".formatted(file.getFileName(), line, what));
  }
}
