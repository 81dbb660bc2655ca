package org.openrcm.account;

import java.time.LocalDate;

/** What came from outside, as the database can keep it. */
final class Clean {
  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private Clean() {}

  /** Without blanks around it and without character 0, which PostgreSQL does not know. */
  static String text(String text) {
    return text.replace("\0", "").strip();
  }

  /** Between the years 1 and 9999. */
  static LocalDate day(LocalDate day) {
    return day.isBefore(FIRST) ? FIRST : day.isAfter(LAST) ? LAST : day;
  }
}
