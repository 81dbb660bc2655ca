package org.openrcm.x12;

/** Days, periods and times as X12 writes them, checked against calendar and clock. */
final class Days {
  private static final int DAY = 8;
  private static final int SHORT_DAY = 6;
  private static final int[] LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Days() {}

  /**
   * Whether a text is as its format qualifier (data element 1250) says; formats that are not known
   * here let any text be.
   */
  static boolean isWritten(CharSequence text, String format) {
    int length = text.length();
    return switch (format) {
      case "D8" -> length == DAY && isDay(text, 0);
      case "RD8" ->
          length == 2 * DAY + 1
              && isDay(text, 0)
              && text.charAt(DAY) == '-'
              && isDay(text, DAY + 1);
      case "DT" -> length == DAY + 4 && isDay(text, 0) && isTime(text, DAY);
      case "TM" -> length == 4 && isTime(text, 0);
      default -> true;
    };
  }

  /** Whether a text of the shape CCYYMMDD or YYMMDD is a day of the calendar. */
  static boolean inCalendar(CharSequence text) {
    return text.length() == SHORT_DAY
        ? isMonthAndDay(text, 2, 2000 + number(text, 0, 2))
        : text.length() == DAY && isDay(text, 0);
  }

  private static boolean isDay(CharSequence text, int at) {
    int year = number(text, at, at + 4);
    return year > 0 && isMonthAndDay(text, at + 4, year);
  }

  private static boolean isMonthAndDay(CharSequence text, int at, int year) {
    int month = number(text, at, at + 2);
    int day = number(text, at + 2, at + 4);
    if (month < 1 || month > LENGTHS.length || day < 1 || day > LENGTHS[month - 1]) {
      return false;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month != 2 || day < LENGTHS[1] || leap;
  }

  private static boolean isTime(CharSequence text, int at) {
    int hour = number(text, at, at + 2);
    int minute = number(text, at + 2, at + 4);
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
  }

  /** The digits of {@code [from, to)} as a number, or -1 when they are none. */
  private static int number(CharSequence text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
