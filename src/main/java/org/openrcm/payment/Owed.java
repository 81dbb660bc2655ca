package org.openrcm.payment;

import java.util.List;
import org.openrcm.money.Money;

/**
 * What an account owes now.
 *
 * @param visits whose patient balance is not zero, the oldest first
 * @param credit paid and not applied to a visit yet
 */
public record Owed(long account, List<OpenVisit> visits, Money credit) {

  static Owed nothing(long account) {
    return new Owed(account, List.of(), Money.ZERO);
  }

  /** What is to be paid for visits, credit not taken off. */
  public Money owed() {
    return toPay().stream().map(OpenVisit::owed).reduce(Money.ZERO, Money::plus);
  }

  /**
   * What may be asked for: what is to be paid, without visits that are disputed or under a stay.
   */
  public Money asked() {
    return toPay().stream()
        .filter(visit -> !visit.stayed())
        .map(OpenVisit::owed)
        .reduce(Money.ZERO, Money::plus);
  }

  /** What was paid for visits beyond what is owed for them, above zero. */
  public Money overpaid() {
    return visits.stream()
        .map(OpenVisit::owed)
        .filter(Money::isNegative)
        .reduce(Money.ZERO, Money::plus)
        .negated();
  }

  /** The visits that something is owed for, the oldest first. */
  public List<OpenVisit> toPay() {
    return visits.stream().filter(visit -> visit.owed().cents() > 0).toList();
  }
}
