package org.openrcm.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Compares bytes with their hash when they have been read to the end. */
final class CheckedStream extends FilterInputStream {
  private final MessageDigest digest = RawStore.sha256();
  private final String expected;
  private boolean compared;

  CheckedStream(InputStream in, String sha256) {
    super(in);
    this.expected = sha256;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    if (read < 0) {
      compare();
    } else {
      digest.update((byte) read);
    }
    return read;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    int read = in.read(to, at, length);
    if (read < 0) {
      compare();
    } else {
      digest.update(to, at, read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] passed = new byte[(int) Math.max(0, Math.min(bytes, RawStore.PIECE))];
    int read = read(passed, 0, passed.length);
    return Math.max(read, 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void compare() {
    if (!compared) {
      compared = true;
      if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
        throw new IllegalStateException("a kept file's bytes are not those that were received");
      }
    }
  }
}
