package org.openrcm.x12;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;

/** A stream of a beginning, one part again and again, and an end; far longer than memory. */
public final class Repeated extends InputStream {
  private static final int AT_LEAST = 1 << 16;

  private final byte[] start;
  private final byte[] part;
  private final long times;
  private final byte[] end;
  private final long length;
  private long position;

  /** A stream that repeats {@code part} until it is about {@code bytes} long. */
  public Repeated(String start, String part, long bytes, String end) {
    this.start = Corpus.bytes(start);
    this.part = Corpus.bytes(part.repeat(AT_LEAST / part.length() + 1));
    this.times = bytes / this.part.length;
    this.end = Corpus.bytes(end);
    this.length = this.start.length + times * this.part.length + this.end.length;
  }

  /** How many bytes it gives in all. */
  public long length() {
    return length;
  }

  /** How many bytes this thread took from the heap so far, given back or not. */
  public static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) {
    long repeated = times * part.length;
    long at = position - start.length;
    byte[] from = at < 0 ? start : at < repeated ? part : end;
    int skip = (int) (at < 0 ? position : at < repeated ? at % part.length : at - repeated);
    if (position == length) {
      return -1;
    }
    int given = Math.min(wanted, from.length - skip);
    System.arraycopy(from, skip, into, offset, given);
    position += given;
    return given;
  }
}
