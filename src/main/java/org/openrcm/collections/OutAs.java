package org.openrcm.collections;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What it means that an account is not in the queue; FHIR's status of its Task follows from it. */
enum OutAs {
  /** Nothing is owed, or all that was asked for is paid. */
  SETTLED,
  /** Reminders are to be sent before anybody calls. */
  EARLY,
  /** Something is owed, and nobody may or needs to ask for it now. */
  BARRED;

  /**
   * By all reasons.
   *
   * @param askedOn since when something is asked for; null when nothing is now
   * @return null when there is no reason: it is in the queue
   */
  static @Nullable OutAs of(List<Reason> reasons, @Nullable LocalDate askedOn) {
    if (reasons.isEmpty()) {
      return null;
    }
    List<Eligibility> rules = reasons.stream().map(Reason::rule).toList();
    if (rules.contains(Eligibility.SOMETHING_IS_OWED)) {
      return SETTLED;
    }
    if (rules.equals(List.of(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE))) {
      return askedOn == null ? SETTLED : EARLY;
    }
    return BARRED;
  }
}
