package org.openrcm.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * How far the books had come that a report is of.
 *
 * @param entry the last that counts; 0 before the first
 * @param postedAt when that was posted; null before the first
 * @param behind how many entries are posted and not counted yet: at least so many
 * @param today the day of the report
 */
record Moment(long entry, @Nullable Instant postedAt, long behind, LocalDate today) {

  YearMonth month() {
    return YearMonth.from(today);
  }

  /** So many months, this one the last. */
  Months months(int count) {
    return new Months(month().minusMonths(count - 1L), month());
  }
}
