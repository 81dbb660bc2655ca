package org.openrcm.claim;

import java.util.List;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.AdjustmentCrosswalk;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;

/**
 * What an 835 says of a claim, as a kind of event. Denials are told from amounts and adjustments,
 * never from CLP02: 4 means a patient not recognised (rules T10).
 */
final class Verdict {
  private static final AdjustmentCrosswalk CROSSWALK =
      AdjustmentCrosswalk.load("adjudication-category");

  private Verdict() {}

  static ClaimEvent.Kind of(ClaimPayment claim) {
    return switch (claim.status()) {
      case "22" -> ClaimEvent.Kind.REVERSED;
      case "25" -> ClaimEvent.Kind.ESTIMATED;
      case "23" -> ClaimEvent.Kind.SENT_ON;
      default -> decided(claim);
    };
  }

  private static ClaimEvent.Kind decided(ClaimPayment claim) {
    List<ServicePayment> lines = claim.lines();
    if (claim.paid().isZero() && !isShared(claim.adjustments())) {
      boolean none =
          lines.stream().noneMatch(line -> !line.paid().isZero() || isShared(line.adjustments()));
      if (none && !claim.charged().isZero()) {
        return ClaimEvent.Kind.DENIED;
      }
    }
    boolean denied = lines.stream().anyMatch(Verdict::isDenied);
    return denied ? ClaimEvent.Kind.PARTLY_PAID : ClaimEvent.Kind.PAID;
  }

  /** Charged, not paid, and not because of a contract, a patient's share or an earlier payer. */
  private static boolean isDenied(ServicePayment line) {
    return line.charged().cents() > 0
        && line.paid().isZero()
        && !isShared(line.adjustments())
        && line.adjustments().stream()
            .anyMatch(each -> each.amount().cents() > 0 && category(each).equals("noncovered"));
  }

  /** Whether the patient's plan or an earlier payer bears some of it. */
  private static boolean isShared(List<Adjustment> adjustments) {
    return adjustments.stream()
        .anyMatch(
            each ->
                each.amount().cents() != 0
                    && switch (category(each)) {
                      case "deductible", "coinsurance", "copay", "priorpayerpaid" -> true;
                      default -> false;
                    });
  }

  private static String category(Adjustment adjustment) {
    return CROSSWALK.find(adjustment.group(), adjustment.carc(), null);
  }

  /** What the patient owes by it: the adjustments of group PR. */
  static Money owed(ClaimPayment claim) {
    return claim.adjustedToPatient();
  }
}
