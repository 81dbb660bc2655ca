package org.openrcm.x12;

/** Segment tags of up to four bytes as ints, so that comparing them costs nothing. */
final class Tags {
  static final int ISA = of("ISA");
  static final int GS = of("GS");
  static final int ST = of("ST");
  static final int SE = of("SE");
  static final int GE = of("GE");
  static final int IEA = of("IEA");
  static final int TA1 = of("TA1");

  private Tags() {}

  static int of(String tag) {
    int packed = 0;
    for (int i = 0; i < tag.length(); i++) {
      packed = packed << 8 | (tag.charAt(i) & 0xff);
    }
    return packed;
  }

  /** The tag of a segment, or 0 when it is longer than a tag can be. */
  static int of(Segment segment) {
    int end = segment.tagEnd();
    if (end - segment.start > 4) {
      return 0;
    }
    int packed = 0;
    for (int at = segment.start; at < end; at++) {
      packed = packed << 8 | (segment.bytes[at] & 0xff);
    }
    return packed;
  }
}
