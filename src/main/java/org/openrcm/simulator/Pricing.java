package org.openrcm.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Procedure;
import org.openrcm.claim.Claim;
import org.openrcm.claim.LineDecision;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/** Reckons what a payer pays of a claim, in whole cents. */
final class Pricing {
  private static final String STAY = "STAY";
  private static final long USUAL_COPAY = 3_000;
  private static final int USUAL_COINSURANCE = 20;

  private final Deductibles deductibles;

  Pricing(Deductibles deductibles) {
    this.deductibles = deductibles;
  }

  /** A stay (type of bill 11) is decided as a whole. */
  static boolean isStay(Claim claim) {
    String type = claim.facilityType();
    return "A".equals(claim.facilityQualifier()) && type != null && type.startsWith("11");
  }

  /** What a line is priced by: its procedure's code, or the revenue code of one without. */
  static String code(ServiceLine line) {
    Procedure procedure = line.procedure();
    String revenue = line.revenueCode();
    return procedure != null ? procedure.code() : revenue == null ? "" : revenue;
  }

  /** Each line, or the stay, at the agreed price with the patient's share. */
  List<Ruling> priced(Claim claim, Payer payer, CostShare share) {
    List<Ruling> rulings = new ArrayList<>();
    if (isStay(claim)) {
      rulings.add(priced(claim, null, claim.charged(), payer, share, true));
    } else {
      for (ServiceLine line : claim.lines()) {
        rulings.add(priced(claim, line, line.charged(), payer, share, rulings.isEmpty()));
      }
    }
    return List.copyOf(rulings);
  }

  private Ruling priced(
      Claim claim,
      @Nullable ServiceLine line,
      Money charged,
      Payer payer,
      CostShare share,
      boolean first) {
    String code = line == null ? STAY : code(line);
    long allowed = payer.allowed(charged.cents(), code);
    List<Adjustment> adjustments = new ArrayList<>(4);
    take(adjustments, "CO", "45", charged.cents() - allowed);
    long open = allowed;
    switch (share) {
      case PLAN -> {
        open -= take(adjustments, "PR", "1", deductibles.take(payer, member(claim), open));
        if (payer.copay().isZero()) {
          take(adjustments, "PR", "2", open * payer.coinsurance() / 100);
        } else if (first) {
          take(adjustments, "PR", "3", Math.min(open, payer.copay().cents()));
        }
      }
      case DEDUCTIBLE -> take(adjustments, "PR", "1", open);
      case COINSURANCE -> take(adjustments, "PR", "2", open * USUAL_COINSURANCE / 100);
      case COPAY -> take(adjustments, "PR", "3", first ? Math.min(open, USUAL_COPAY) : 0);
      case NONE -> {
        // the plan pays the whole price
      }
    }
    return Ruling.of(line, charged, Money.ofCents(allowed), List.copyOf(adjustments), List.of());
  }

  private static long take(List<Adjustment> into, String group, String carc, long cents) {
    if (cents > 0) {
      into.add(Ruling.adjustment(group, carc, cents));
    }
    return Math.max(0, cents);
  }

  /** What tells a member from the others of the same policy; stays in memory only. */
  private static String member(Claim claim) {
    return claim.subscriber().person().person().id() + '/' + claim.treated().person().firstName();
  }

  /** Each line after an earlier payer: that one's part is OA-23, of the rest most is paid. */
  List<Ruling> afterAnother(Claim claim, Payer payer) {
    List<Ruling> rulings = new ArrayList<>();
    OtherCoverage earlier = earlierPayer(claim);
    if (isStay(claim)) {
      List<Adjustment> its = earlier == null ? List.of() : earlier.adjustments();
      rulings.add(after(null, claim.charged(), patientShare(its, claim.charged()), payer));
      return rulings;
    }
    for (ServiceLine line : claim.lines()) {
      List<Adjustment> its = new ArrayList<>();
      for (LineDecision decision : line.decisions()) {
        its = new ArrayList<>(decision.adjustments());
      }
      if (line.decisions().isEmpty() && earlier != null && claim.lines().size() == 1) {
        its.addAll(earlier.adjustments());
      }
      rulings.add(after(line, line.charged(), patientShare(its, line.charged()), payer));
    }
    return rulings;
  }

  private static Ruling after(@Nullable ServiceLine line, Money charged, long share, Payer payer) {
    List<Adjustment> adjustments = new ArrayList<>(2);
    take(adjustments, "OA", "23", charged.cents() - share);
    take(adjustments, "PR", "2", share - payer.allowed(share, "SHARE"));
    return Ruling.of(line, charged, Money.ofCents(share), List.copyOf(adjustments), List.of());
  }

  /** What the earlier payer left to the patient; a fifth of the charge where it did not say. */
  private static long patientShare(List<Adjustment> adjustments, Money charged) {
    if (adjustments.isEmpty()) {
      return charged.cents() / 5;
    }
    long share = 0;
    for (Adjustment adjustment : adjustments) {
      share += adjustment.isPatientResponsibility() ? adjustment.amount().cents() : 0;
    }
    return Math.max(0, Math.min(share, charged.cents()));
  }

  /** The other coverage that has decided already, or null. */
  static @Nullable OtherCoverage earlierPayer(Claim claim) {
    String sequence = claim.subscriber().membership().sequence();
    if (sequence == null || sequence.equals("P") || claim.otherCoverages().isEmpty()) {
      return null;
    }
    for (OtherCoverage other : claim.otherCoverages()) {
      if (!other.amounts().isEmpty() || !other.adjustments().isEmpty()) {
        return other;
      }
    }
    return null;
  }

  /** The other coverage that is still to be asked, or null. */
  static @Nullable OtherCoverage nextPayer(Claim claim) {
    if (!"P".equals(claim.subscriber().membership().sequence())) {
      return null;
    }
    for (OtherCoverage other : claim.otherCoverages()) {
      if (other.payer() != null && other.amounts().isEmpty()) {
        return other;
      }
    }
    return null;
  }
}
