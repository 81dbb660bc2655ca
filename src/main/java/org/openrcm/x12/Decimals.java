package org.openrcm.x12;

/** Reads X12 decimal numbers (type R) straight from bytes. */
final class Decimals {
  private Decimals() {}

  /** See {@link Segment#scaled}. */
  static long scaled(byte[] bytes, int from, int to, int scale) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    int decimals = -1;
    int digits = 0;
    for (; at < to; at++) {
      byte b = bytes[at];
      if (b == '.' && decimals < 0) {
        decimals = 0;
      } else if (b < '0' || b > '9') {
        return Segment.NOT_A_NUMBER;
      } else if (decimals >= scale) {
        if (b != '0') {
          return Segment.NOT_A_NUMBER;
        }
        digits++;
      } else {
        if (value > (Long.MAX_VALUE - 9) / 10) {
          return Segment.NOT_A_NUMBER;
        }
        value = value * 10 + (b - '0');
        digits++;
        if (decimals >= 0) {
          decimals++;
        }
      }
    }
    if (digits == 0) {
      return Segment.NOT_A_NUMBER;
    }
    for (int have = Math.max(decimals, 0); have < scale; have++) {
      if (value > Long.MAX_VALUE / 10) {
        return Segment.NOT_A_NUMBER;
      }
      value *= 10;
    }
    return negative ? -value : value;
  }
}
