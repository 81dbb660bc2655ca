package org.openrcm.compliance;

import java.time.LocalDate;
import org.openrcm.billing.CodeList;

/** Days, months and years of an accounting: {@code rules/disclosure-term.tsv}. */
enum Term {
  /** How far back an accounting goes. */
  LOOK_BACK_YEARS,
  /** How long an official who only says so can have something held. */
  ORAL_HOLD_DAYS,
  /** Within what time it must be given. */
  DUE_DAYS,
  /** And how much longer, once. */
  EXTENSION_DAYS,
  /** In which time one is free. */
  FREE_MONTHS;

  private static final CodeList ROWS = CodeList.load("disclosure-term");

  int on(LocalDate day) {
    return ROWS.words(name(), day)
        .map(Integer::valueOf)
        .orElseThrow(() -> new IllegalStateException("no row of " + name() + " for the day"));
  }
}
