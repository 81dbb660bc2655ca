package org.openrcm.x12;

/** Reads X12 decimal numbers (type R) straight from bytes. */
final class Decimals {
  private static final int LONGEST = 17;
  private static final long[] POWERS = new long[LONGEST + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /** See {@link Segment#scaled}; more than 17 digits do not fit. */
  static long scaled(byte[] bytes, int from, int to, int scale) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative) {
      at++;
    }
    if (to - at > LONGEST + 1) {
      return Segment.NOT_A_NUMBER;
    }
    long value = 0;
    int point = -1;
    int digits = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
      } else if (bytes[at] == '.' && point < 0) {
        point = at;
      } else {
        return Segment.NOT_A_NUMBER;
      }
    }
    if (digits == 0 || digits > LONGEST) {
      return Segment.NOT_A_NUMBER;
    }
    long scaled = shifted(value, scale - (point < 0 ? 0 : to - point - 1), digits);
    return negative && scaled != Segment.NOT_A_NUMBER ? -scaled : scaled;
  }

  /** Times ten to the power of {@code places}, where that is exact and fits. */
  private static long shifted(long value, int places, int digits) {
    if (places >= 0) {
      return digits + places > LONGEST ? Segment.NOT_A_NUMBER : value * POWERS[places];
    }
    long power = POWERS[-places];
    return value % power == 0 ? value / power : Segment.NOT_A_NUMBER;
  }
}
