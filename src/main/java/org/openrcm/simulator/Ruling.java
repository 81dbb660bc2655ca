package org.openrcm.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/**
 * What the payer decided about one line, or about a stay as a whole: what is charged is what is
 * paid plus every adjustment.
 *
 * @param line null for a stay
 * @param allowed by the contract
 * @param remarks LQ*HE of a line
 * @param error what is paid more than that, in the scenario of an imbalance
 */
record Ruling(
    @Nullable ServiceLine line,
    Money charged,
    Money allowed,
    List<Adjustment> adjustments,
    List<String> remarks,
    Money error) {

  static Ruling of(
      @Nullable ServiceLine line,
      Money charged,
      Money allowed,
      List<Adjustment> adjustments,
      List<String> remarks) {
    return new Ruling(line, charged, allowed, adjustments, remarks, Money.ZERO);
  }

  static Adjustment adjustment(String group, String carc, long cents) {
    return new Adjustment(group, carc, Money.ofCents(cents), null, 0);
  }

  /** Charge less adjustments. */
  Money paid() {
    long cents = charged.cents();
    for (Adjustment adjustment : adjustments) {
      cents -= adjustment.amount().cents();
    }
    return Money.ofCents(cents);
  }

  Money patientOwes() {
    long cents = 0;
    for (Adjustment adjustment : adjustments) {
      cents += adjustment.isPatientResponsibility() ? adjustment.amount().cents() : 0;
    }
    return Money.ofCents(cents);
  }

  /** The same with nothing paid: what would be is adjusted for this reason instead. */
  Ruling withheld(String group, String carc) {
    if (paid().isZero()) {
      return this;
    }
    List<Adjustment> more = new ArrayList<>(adjustments);
    more.add(new Adjustment(group, carc, paid(), null, 0));
    return new Ruling(line, charged, allowed, List.copyOf(more), remarks, error);
  }

  /** All amounts the other way round, groups and reasons kept. */
  Ruling reversed() {
    List<Adjustment> back = new ArrayList<>();
    for (Adjustment each : adjustments) {
      back.add(new Adjustment(each.group(), each.carc(), each.amount().negated(), null, 0));
    }
    return new Ruling(
        line, charged.negated(), allowed.negated(), List.copyOf(back), List.of(), error);
  }

  /** Wrong by one cent. */
  Ruling mistaken() {
    return new Ruling(line, charged, allowed, adjustments, remarks, Money.ofCents(1));
  }

  static Money charged(List<Ruling> rulings) {
    Money sum = Money.ZERO;
    for (Ruling ruling : rulings) {
      sum = sum.plus(ruling.charged());
    }
    return sum;
  }

  static Money paid(List<Ruling> rulings) {
    Money sum = Money.ZERO;
    for (Ruling ruling : rulings) {
      sum = sum.plus(ruling.paid());
    }
    return sum;
  }

  static Money patientOwes(List<Ruling> rulings) {
    Money sum = Money.ZERO;
    for (Ruling ruling : rulings) {
      sum = sum.plus(ruling.patientOwes());
    }
    return sum;
  }
}
