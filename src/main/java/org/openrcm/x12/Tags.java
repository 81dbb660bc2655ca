package org.openrcm.x12;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Segment tags of up to four bytes as ints, so that comparing them costs nothing. */
final class Tags {
  static final int ISA = 'I' << 16 | 'S' << 8 | 'A';
  static final int GS = 'G' << 8 | 'S';
  static final int ST = 'S' << 8 | 'T';
  static final int SE = 'S' << 8 | 'E';
  static final int GE = 'G' << 8 | 'E';
  static final int IEA = 'I' << 16 | 'E' << 8 | 'A';
  static final int HL = 'H' << 8 | 'L';
  static final int TA1 = 'T' << 16 | 'A' << 8 | '1';

  private Tags() {}

  static int of(String tag) {
    int packed = 0;
    for (int i = 0; i < tag.length(); i++) {
      packed = packed << 8 | (tag.charAt(i) & 0xff);
    }
    return packed;
  }

  /** The text of a tag, or null when there is none, or one that is longer than a tag can be. */
  static @Nullable String text(int tag) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(tag).array();
    int unused = Integer.numberOfLeadingZeros(tag) / Byte.SIZE;
    return tag == 0 ? null : Texts.decoded(bytes, unused, bytes.length - unused);
  }

  /** The tag that stands at {@code [from, to)}, or 0 when it is longer than a tag can be. */
  static int of(byte[] bytes, int from, int to) {
    if (to - from > 4) {
      return 0;
    }
    int packed = 0;
    for (int at = from; at < to; at++) {
      packed = packed << 8 | (bytes[at] & 0xff);
    }
    return packed;
  }
}
