package org.openrcm.x12;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Holds bytes until it is known whether they are wanted: few in memory, more in a file. */
final class Spool extends OutputStream implements Closeable {
  private static final int IN_MEMORY = 1 << 20;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    OutputStream rest = out;
    if (rest == null && memory.size() + length <= IN_MEMORY) {
      memory.write(bytes, from, length);
      return;
    }
    if (rest == null) {
      Path made = Files.createTempFile("openrcm", ".999");
      file = made;
      rest = new BufferedOutputStream(Files.newOutputStream(made));
      out = rest;
    }
    rest.write(bytes, from, length);
  }

  /** Gives all that was written to {@code target}. */
  void copyTo(OutputStream target) throws IOException {
    memory.writeTo(target);
    Path rest = file;
    OutputStream open = out;
    if (rest != null && open != null) {
      open.flush();
      Files.copy(rest, target);
    }
  }

  /** Forgets what was written. */
  @Override
  public void close() throws IOException {
    memory.reset();
    OutputStream open = out;
    Path rest = file;
    if (open != null && rest != null) {
      open.close();
      Files.deleteIfExists(rest);
    }
  }
}
