package org.openrcm.posting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;

/**
 * Which decision each reversal (CLP02 22) takes back: its exact opposite in charge, payment and
 * every adjustment (005010X221A1 1.10.2.8; rules X9, X10).
 *
 * @param pairs reversal by decision
 * @param unpaired reversals that are the opposite of no decision
 * @param standing decisions that nothing takes back
 */
record Reversing(Map<Decided, Decided> pairs, List<Decided> unpaired, List<Decided> standing) {

  /** Of payments in the order of their days. */
  static Reversing of(List<Decided> payments) {
    List<Decided> decisions = new ArrayList<>();
    List<Decided> reversals = new ArrayList<>();
    for (Decided payment : payments) {
      (payment.payment().isReversal() ? reversals : decisions).add(payment);
    }
    Map<Decided, Decided> pairs = new LinkedHashMap<>();
    List<Decided> unpaired = new ArrayList<>();
    for (Decided reversal : reversals) {
      Decided decision = takenBack(reversal, decisions);
      if (decision == null) {
        unpaired.add(reversal);
      } else {
        decisions.remove(decision);
        pairs.put(decision, reversal);
      }
    }
    return new Reversing(pairs, unpaired, decisions);
  }

  /**
   * Whether there is a decision that a reversal can mean: what comes in the same check is what is
   * decided instead.
   */
  boolean hasDecisionBefore(Decided reversal) {
    return Stream.concat(pairs.keySet().stream(), standing.stream())
        .anyMatch(
            decision ->
                decision.key().remittanceNumber() != reversal.key().remittanceNumber()
                    && !decision.check().day().isAfter(reversal.check().day()));
  }

  /**
   * The decision that a reversal means which is the opposite of none: of those of the same payer
   * that stand, the latest of an earlier check; one of its number at the payer goes first. Null
   * when there is none.
   */
  @Nullable Decided meant(Decided reversal) {
    Decided meant = null;
    for (Decided decision : standing) {
      if (decision.check().payer().equals(reversal.check().payer())
          && decision.key().remittanceNumber() != reversal.key().remittanceNumber()
          && !decision.check().day().isAfter(reversal.check().day())
          && (meant == null || hasNumberOf(reversal, decision) || !hasNumberOf(reversal, meant))) {
        meant = decision;
      }
    }
    return meant;
  }

  private static boolean hasNumberOf(Decided reversal, Decided decision) {
    return Objects.equals(
        reversal.payment().payerClaimControlNumber(), decision.payment().payerClaimControlNumber());
  }

  /** The same number at the payer goes first, then the latest that was there by then. */
  private static @Nullable Decided takenBack(Decided reversal, List<Decided> decisions) {
    Decided best = null;
    int bestRank = -1;
    for (Decided decision : decisions) {
      if (isOpposite(reversal.payment(), decision.payment())) {
        int rank =
            (hasNumberOf(reversal, decision) ? 2 : 0)
                + (decision.check().day().isAfter(reversal.check().day()) ? 0 : 1);
        if (rank >= bestRank) {
          best = decision;
          bestRank = rank;
        }
      }
    }
    return best;
  }

  private static boolean isOpposite(ClaimPayment reversal, ClaimPayment decision) {
    return reversal.charged().cents() == -decision.charged().cents()
        && reversal.paid().cents() == -decision.paid().cents()
        && amounts(reversal, -1).equals(amounts(decision, 1));
  }

  /** Adjustments by group and reason, and what was paid by procedure. */
  private static Map<String, Long> amounts(ClaimPayment claim, int sign) {
    Map<String, Long> amounts = new HashMap<>();
    adjustments(claim.adjustments(), sign, amounts);
    for (ServicePayment line : claim.lines()) {
      adjustments(line.adjustments(), sign, amounts);
      amounts.merge("paid " + line.procedure().code(), sign * line.paid().cents(), Long::sum);
    }
    amounts.values().removeIf(cents -> cents == 0);
    return amounts;
  }

  private static void adjustments(List<Adjustment> of, int sign, Map<String, Long> into) {
    for (Adjustment each : of) {
      into.merge(each.group() + "-" + each.carc(), sign * each.amount().cents(), Long::sum);
    }
  }
}
