package org.openrcm.payment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.money.Money;

/**
 * What an amount is for.
 *
 * @param visits amounts by claim number, each above zero and not more than was owed
 * @param rest for which there is no visit
 */
record Allocation(Map<Long, Money> visits, Money rest) {

  /**
   * Applies an amount to visits, the oldest first; to those that are stayed only when they are
   * named.
   *
   * @param open the oldest first
   * @param named the only ones that it is for; empty: all that are not stayed
   */
  static Allocation of(Money amount, List<OpenVisit> open, Collection<Long> named) {
    Map<Long, Money> visits = new LinkedHashMap<>();
    Money rest = amount;
    for (OpenVisit visit : open) {
      boolean meant = named.isEmpty() ? !visit.stayed() : named.contains(visit.claim());
      if (meant && rest.cents() > 0 && visit.owed().cents() > 0) {
        Money part = Amounts.least(rest, visit.owed());
        visits.put(visit.claim(), part);
        rest = rest.minus(part);
      }
    }
    return new Allocation(visits, rest);
  }
}
