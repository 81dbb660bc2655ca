package org.openrcm.compliance;

import java.time.LocalDate;
import org.openrcm.billing.CodeList;

/** From when on something stands out: {@code rules/unusual-access.tsv} says what each means. */
enum UnusualLimit {
  MANY_TIMES,
  MANY_LEAST,
  MANY_DAYS,
  OFF_BEFORE,
  OFF_FROM,
  OFF_LEAST,
  UNWORKED_DAYS,
  UNWORKED_LEAST,
  REVIEW_DAYS,
  WEEK_DAYS;

  private static final CodeList ROWS = CodeList.load("unusual-access");

  int on(LocalDate day) {
    return ROWS.words(name(), day)
        .map(Integer::valueOf)
        .orElseThrow(() -> new IllegalStateException("no row of " + name() + " for the day"));
  }
}
