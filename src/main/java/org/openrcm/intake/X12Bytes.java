package org.openrcm.intake;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The X12 of a received file: its bytes, decompressed when they are gzip, within limits that a
 * decompression bomb cannot pass.
 */
final class X12Bytes extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int SIGNATURE = 4;

  /** X12 shrinks to between a sixth and a fiftieth; nothing honest comes near this. */
  private static final long MOST_TIMES = 250;

  /** Until so many bytes came out, their proportion to what went in says little. */
  private static final long BEFORE_PROPORTION = 1 << 24;

  private final Counted received;
  private final long most;
  private @Nullable InputStream x12;
  private boolean compressed;
  private boolean zip;
  private long size;

  /** A compressed file holds more than it may; says so in words for people. */
  static final class Beyond extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Beyond(String message) {
      super(message);
    }
  }

  /**
   * The X12 in {@code received}.
   *
   * @param most bytes that may come out of a compressed file
   */
  X12Bytes(InputStream received, long most) {
    this.received = new Counted(received);
    this.most = most;
  }

  /** Bytes of X12 that were read. */
  long size() {
    return size;
  }

  /** Whether it is an archive of files, which nobody unpacks here. */
  boolean isZip() {
    return zip;
  }

  /** Whether it came compressed, so that a place in it is found by reading up to it only. */
  boolean isCompressed() throws IOException {
    opened();
    return compressed;
  }

  @Override
  public int read() throws IOException {
    int read = opened().read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    int read = opened().read(to, at, length);
    count(Math.max(read, 0));
    return read;
  }

  /** Opened at the first read, so that a damaged start is found where any damage is. */
  private InputStream opened() throws IOException {
    InputStream current = x12;
    if (current == null) {
      BufferedInputStream in = new BufferedInputStream(received, BUFFER);
      in.mark(SIGNATURE);
      byte[] first = in.readNBytes(SIGNATURE);
      in.reset();
      compressed = startsWith(first, 0x1f, 0x8b);
      zip = startsWith(first, 'P', 'K', 3, 4);
      current = compressed ? new GZIPInputStream(in, BUFFER) : in;
      x12 = current;
    }
    return current;
  }

  private static boolean startsWith(byte[] bytes, int... signature) {
    for (int i = 0; i < signature.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private void count(int read) {
    size += read;
    if (!compressed) {
      return;
    }
    if (size > most) {
      throw new Beyond("Unpacked it is larger than the " + most + " bytes that are allowed.");
    }
    if (size > BEFORE_PROPORTION && size / MOST_TIMES > received.count) {
      throw new Beyond(
          "It unpacks to more than " + MOST_TIMES + " times its size, which no X12 file does.");
    }
  }

  @Override
  public void close() throws IOException {
    received.close();
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      int read = in.read(to, at, length);
      count += Math.max(read, 0);
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
