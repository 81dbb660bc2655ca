package org.openrcm.statement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One reason why there is no statement.
 *
 * @param claim number of the visit that it is about; null for the account
 * @param until the first day on which it does not hold any more; null when no day is known
 */
record Reason(Withheld why, @Nullable Long claim, @Nullable LocalDate until) {

  static Reason of(Withheld why) {
    return new Reason(why, null, null);
  }

  static Reason of(Withheld why, Visit visit) {
    return new Reason(why, visit.number(), null);
  }
}
