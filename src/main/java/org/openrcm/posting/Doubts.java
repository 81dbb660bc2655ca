package org.openrcm.posting;

import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;

/** What keeps a claim payment from being applied, before any other decision is looked at. */
final class Doubts {
  /** In cents: a hundred billion dollars. */
  static final long OUT_OF_RANGE = 10_000_000_000_000L;

  private Doubts() {}

  /**
   * Why it is not applied, or null.
   *
   * @param bill the claim that it is for, or null
   */
  static @Nullable Trouble about(Decided payment, @Nullable Bill bill) {
    if (payment.held()) {
      return Trouble.HELD_BACK;
    }
    Trouble undecided =
        switch (payment.payment().status()) {
          case "4" -> Trouble.PATIENT_UNKNOWN;
          case "23" -> Trouble.NOT_OURS;
          case "25" -> Trouble.ESTIMATE;
          default -> null;
        };
    if (undecided != null) {
      return undecided;
    }
    if (bill == null) {
      return Trouble.NO_CLAIM;
    }
    return !payment.byPerson() && isOfAnother(payment.payment(), bill)
        ? Trouble.PATIENT_DIFFERS
        : null;
  }

  /** Neither a member number nor a last name is the claim's, and the 835 says both. */
  private static boolean isOfAnother(ClaimPayment payment, Bill bill) {
    boolean ids = false;
    boolean names = false;
    for (String role : new String[] {"QC", "IL", "74"}) {
      Person person = payment.person(role);
      if (person != null) {
        if (same(person.id(), bill.memberId()) || same(person.lastName(), bill.lastName())) {
          return false;
        }
        ids |= person.id() != null;
        names |= person.lastName() != null;
      }
    }
    return ids && names && bill.memberId() != null && bill.lastName() != null;
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null && other != null && one.strip().equalsIgnoreCase(other.strip());
  }

  /** The money in question: what was paid, or what was charged where nothing was. */
  static Money atStake(Decided payment, Trouble why) {
    ClaimPayment claim = payment.payment();
    boolean charge =
        claim.paid().isZero()
            || why == Trouble.PATIENT_UNKNOWN
            || why == Trouble.NOT_OURS
            || why == Trouble.ESTIMATE;
    Money amount = charge ? claim.charged() : claim.paid();
    return amount.isNegative() ? amount.negated() : amount;
  }

  static boolean isOutOfRange(Bill bill) {
    return isOutOfRange(bill.charged())
        || bill.lines().stream().anyMatch(line -> isOutOfRange(line.charged()));
  }

  static boolean isOutOfRange(Money amount) {
    return amount.cents() >= OUT_OF_RANGE || amount.cents() <= -OUT_OF_RANGE;
  }
}
