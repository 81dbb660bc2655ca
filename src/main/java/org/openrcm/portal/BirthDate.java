package org.openrcm.portal;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A birth date as people type it, in three fields: nothing to pick through for who is eighty. */
record BirthDate(String month, String day, String year) {
  static final BirthDate EMPTY = new BirthDate("", "", "");

  private static final int FIRST_YEAR = 1880;

  BirthDate {
    month = month.strip();
    day = day.strip();
    year = year.strip();
  }

  /** Null when there is no such day. */
  @Nullable LocalDate date() {
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
      return date.getYear() < FIRST_YEAR ? null : date;
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "BirthDate";
  }
}
