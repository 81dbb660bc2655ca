package org.openrcm.payment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;

/**
 * What is to be posted so that an account's credit pays for its visits.
 *
 * @param lines by the payment that the credit is of
 * @param applied to visits
 */
record Crediting(Map<PatientPayment, Lines> lines, Money applied) {

  /**
   * Works it out.
   *
   * @param payments the latest first
   * @param applied by their numbers
   * @param named the only visits that it is for; empty: all
   */
  static Crediting of(
      List<PatientPayment> payments,
      Map<Long, Applied> applied,
      Owed owed,
      Collection<Long> named) {
    Map<PatientPayment, Lines> lines = new LinkedHashMap<>();
    Map<Long, Money> credits = new HashMap<>();
    for (PatientPayment payment : payments) {
      credits.put(
          payment.number(), applied.getOrDefault(payment.number(), Applied.NOTHING).credit());
    }
    free(payments, applied, owed, lines, credits);
    List<OpenVisit> open = new ArrayList<>(owed.toPay());
    Money sum = Money.ZERO;
    for (int i = payments.size() - 1; i >= 0; i--) {
      PatientPayment payment = payments.get(i);
      Money credit = credits.getOrDefault(payment.number(), Money.ZERO);
      Allocation allocation = Allocation.of(credit, open, named);
      open.replaceAll(
          visit -> less(visit, allocation.visits().getOrDefault(visit.claim(), Money.ZERO)));
      for (Map.Entry<Long, Money> part : allocation.visits().entrySet()) {
        lines
            .computeIfAbsent(payment, key -> new Lines())
            .move(
                part.getValue(),
                Places.credit(payment),
                Places.visit(part.getKey(), Places.PAYMENT));
        sum = sum.plus(part.getValue());
      }
    }
    lines.values().removeIf(Lines::isEmpty);
    return new Crediting(lines, sum);
  }

  /** What was paid for a visit beyond what is owed for it becomes credit of the last payments. */
  private static void free(
      List<PatientPayment> payments,
      Map<Long, Applied> applied,
      Owed owed,
      Map<PatientPayment, Lines> lines,
      Map<Long, Money> credits) {
    for (OpenVisit visit : owed.visits()) {
      Money over = visit.owed().isNegative() ? visit.owed().negated() : Money.ZERO;
      for (PatientPayment payment : payments) {
        Money paid = applied.getOrDefault(payment.number(), Applied.NOTHING).on(visit.claim());
        Money part = Amounts.least(over, paid);
        if (part.cents() > 0) {
          lines
              .computeIfAbsent(payment, key -> new Lines())
              .move(part, Places.visit(visit.claim(), Places.PAYMENT), Places.credit(payment));
          credits.merge(payment.number(), part, Money::plus);
          over = over.minus(part);
        }
      }
    }
  }

  private static OpenVisit less(OpenVisit visit, Money paid) {
    return new OpenVisit(
        visit.claim(),
        visit.id(),
        visit.control(),
        visit.day(),
        visit.owed().minus(paid),
        visit.stayed());
  }
}
