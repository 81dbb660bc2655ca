package org.openrcm.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder outside the database: {@code keys.txt} with the keys by which its notes are checked,
 * {@code checkpoints-<day>.txt} with the notes of a day, {@code secret-key.txt}. All but the last
 * may be copied to whoever shall watch; nothing in it is ever written over.
 */
final class SealFolder {
  private static final String KEYS = "keys.txt";
  private static final String CHECKPOINTS = "checkpoints-";

  private final Path folder;

  SealFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes the folder for this process, as long as the channel is open.
   *
   * @throws IOException when another one has it
   */
  FileChannel take() throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it already
    }
    channel.close();
    throw new IOException("another server seals in this folder");
  }

  Path secretKey() {
    return folder.resolve("secret-key.txt");
  }

  /** Notes that introduce keys, the oldest first. */
  List<String> keys() throws IOException {
    Path file = folder.resolve(KEYS);
    return Files.exists(file) ? notes(file) : List.of();
  }

  void addKey(Note introduction) throws IOException {
    append(folder.resolve(KEYS), introduction.written());
  }

  /**
   * Adds notes to those of their day, on disk when this returns.
   *
   * @param day as ISO 8601 writes it
   */
  void addCheckpoints(String day, List<Note> notes) throws IOException {
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append(note.written()).append('\n'));
    append(folder.resolve(CHECKPOINTS + day + ".txt"), text.toString());
  }

  /** All that others may see. */
  List<Path> shown() throws IOException {
    List<Path> files = new ArrayList<>(checkpoints());
    Path keys = folder.resolve(KEYS);
    if (Files.exists(keys)) {
      files.add(keys);
    }
    return files;
  }

  /** Files with notes, the oldest first. */
  List<Path> checkpoints() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(CHECKPOINTS))
          .sorted()
          .toList();
    }
  }

  /**
   * What stands in a file note by note. A write that was cut off leaves one without signature; the
   * next one begins where a first line does.
   */
  static List<String> notes(Path file) throws IOException {
    List<String> notes = new ArrayList<>();
    StringBuilder note = new StringBuilder();
    // bytes that are no text make a note that nobody signed, and not an end of reading
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      if (line.startsWith(Note.ORIGIN) && !note.isEmpty()) {
        notes.add(note.toString());
        note.setLength(0);
      }
      if (!line.isEmpty() || !note.isEmpty()) {
        note.append(line).append('\n');
      }
    }
    if (!note.isEmpty()) {
      notes.add(note.toString());
    }
    return notes;
  }

  private static void append(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
