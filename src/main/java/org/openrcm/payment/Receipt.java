package org.openrcm.payment;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.openrcm.money.Money;

/**
 * A payment with what became of it, as a receipt says it.
 *
 * @param visits that it pays for, refunds taken off, the oldest first
 * @param credit of it that is not applied to a visit
 * @param refunds of it, those that failed among them
 */
public record Receipt(
    PatientPayment payment, List<Visit> visits, Money credit, List<Refund> refunds) {

  /**
   * A visit that it pays for.
   *
   * @param id of the claim
   */
  public record Visit(UUID id, String control, LocalDate day, Money paid) {}

  public Money onVisits() {
    return visits.stream().map(Visit::paid).reduce(Money.ZERO, Money::plus);
  }

  public Money refunded() {
    return refunds.stream()
        .filter(refund -> refund.state() != Refund.State.FAILED)
        .map(Refund::amount)
        .reduce(Money.ZERO, Money::plus);
  }

  /** What was not given back; nothing of what was voided. */
  public Money left() {
    return payment.isVoided() ? Money.ZERO : payment.amount().minus(refunded());
  }

  public PaymentState state() {
    return PaymentState.of(
        payment.isVoided(), payment.amount(), payment.amount().minus(refunded()), credit);
  }
}
