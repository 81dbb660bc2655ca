package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.money.Money;
import org.openrcm.posting.FactTable.Cell;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;

/** A payer's decision with the check that it stands in, each figure with its segment. */
record Decision(StoredClaim stored, StoredRemittance check) {

  ClaimPayment payment() {
    return stored.claim();
  }

  @Nullable LocalDate day() {
    return Wording.day(check.remittance());
  }

  String source(long segment) {
    return Wording.source(check.fileId(), payment().byteOffset(), segment);
  }

  Cell charged() {
    return Cell.of(payment().charged(), source(payment().segment()));
  }

  Cell paid() {
    return Cell.of(payment().paid(), source(payment().segment()));
  }

  /** Adjustments of claim and lines, summed by group and reason. */
  Map<String, Cell> amounts() {
    ClaimPayment payment = payment();
    List<Adjustment> all = new ArrayList<>(payment.adjustments());
    for (ServicePayment line : payment.lines()) {
      all.addAll(line.adjustments());
    }
    Map<String, Cell> amounts = new LinkedHashMap<>();
    for (Adjustment each : all) {
      amounts.merge(
          each.group() + "-" + each.carc(),
          Cell.of(each.amount(), source(each.segment())),
          (one, other) ->
              Cell.of(Objects.requireNonNull(one.amount()).plus(each.amount()), one.source()));
    }
    return amounts;
  }

  /** What a reversal of it must say the opposite of. */
  Map<String, Cell> figures() {
    Map<String, Cell> figures = new LinkedHashMap<>();
    figures.put("Charged", charged());
    figures.put("Paid", paid());
    figures.putAll(amounts());
    return figures;
  }

  /** The one that it, a reversal, has the most in common with. */
  @Nullable Decision nearest(List<Decision> decisions) {
    Decision best = null;
    int most = -1;
    for (Decision decision : decisions) {
      int common =
          Objects.equals(
                  payment().payerClaimControlNumber(), decision.payment().payerClaimControlNumber())
              ? 2
              : 0;
      common += isOpposite(payment().charged(), decision.payment().charged()) ? 1 : 0;
      common += isOpposite(payment().paid(), decision.payment().paid()) ? 1 : 0;
      if (!decision.payment().isReversal() && common > most) {
        best = decision;
        most = common;
      }
    }
    return best;
  }

  private static boolean isOpposite(Money one, Money other) {
    return one.plus(other).isZero();
  }
}
