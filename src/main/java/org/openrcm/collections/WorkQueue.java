package org.openrcm.collections;

import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A queue: what is in it, and who works it. What is null lets any account in.
 *
 * @param place queues are worked in the order of their places
 * @param team the number of the team that works it; null for every collector
 * @param fromDays since the first statement, {@code untilDays} at most
 * @param from the least that is owed, {@code until} the most
 * @param language {@code en} or {@code es}
 */
record WorkQueue(
    long number,
    int place,
    String name,
    @Nullable Long team,
    @Nullable Integer fromDays,
    @Nullable Integer untilDays,
    @Nullable Money from,
    @Nullable Money until,
    @Nullable String language) {

  /** The queue of accounts that fit no other one. */
  static final WorkQueue REST =
      new WorkQueue(0, Integer.MAX_VALUE, "All others", null, null, null, null, null, null);

  boolean isRest() {
    return number == REST.number;
  }
}
