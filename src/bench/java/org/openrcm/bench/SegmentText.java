package org.openrcm.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * X12 text in the making: segments appended as ASCII bytes with {@code *} and {@code ~}.
 *
 * <p>Invariant: trailing empty elements are never written, and {@link #segments()} counts exactly
 * the segments appended since the last {@link #clear()}.
 */
final class SegmentText {
  private byte[] bytes = new byte[1 << 16];
  private int length;
  private long segments;

  /** Appends one segment; an empty string is an element left out. */
  SegmentText add(String id, String... elements) {
    int last = elements.length;
    while (last > 0 && elements[last - 1].isEmpty()) {
      last--;
    }
    ascii(id);
    for (int i = 0; i < last; i++) {
      one('*');
      ascii(elements[i]);
    }
    one('~');
    segments++;
    return this;
  }

  /** Appends everything that another text holds. */
  SegmentText add(SegmentText other) {
    room(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
    segments += other.segments;
    return this;
  }

  long segments() {
    return segments;
  }

  int length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  void clear() {
    length = 0;
    segments = 0;
  }

  private void one(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
