package org.openrcm.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folder that answers go to, a folder in it for each day. Files of an earlier run are written
 * over; a file is open only while something is added to it.
 */
final class OutFiles {
  private final Path folder;
  private final Set<Path> started = new TreeSet<>();

  OutFiles(Path folder) {
    this.folder = folder;
  }

  /** A file of a day: the first opening in a run empties it, later ones add to it. */
  OutputStream open(LocalDate day, String name) throws IOException {
    return open(folder.resolve(day.toString()).resolve(name));
  }

  /** A file of the folder itself. */
  OutputStream open(String name) throws IOException {
    return open(folder.resolve(name));
  }

  private OutputStream open(Path file) throws IOException {
    if (started.add(file)) {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return Files.newOutputStream(file);
    }
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  /** Adds bytes to a file of the folder itself. */
  void add(String name, byte[] bytes) {
    try (OutputStream out = open(name)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds bytes to a file of a day. */
  void add(LocalDate day, String name, byte[] bytes) {
    try (OutputStream out = open(day, name)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
