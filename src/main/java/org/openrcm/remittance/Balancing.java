package org.openrcm.remittance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.openrcm.billing.Adjustment;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Place;
import org.openrcm.x12.SetEnd;

/**
 * The balancing equations of the 835 (005010X221A1 section 1.10.2.1) at service, claim and
 * transaction. Informational AMT and QTY take no part in them.
 */
final class Balancing {
  private Balancing() {}

  /**
   * Checks a claim and its lines, and answers whether the claim (not: each line) is in balance.
   *
   * @param place of its CLP
   */
  static boolean check(ClaimPayment claim, Supplier<Place> place, FindingSink findings) {
    long adjusted = sum(claim.adjustments());
    long lineCharges = 0;
    List<Long> unbalanced = List.of();
    List<ServicePayment> lines = claim.lines();
    for (int i = 0; i < lines.size(); i++) {
      ServicePayment line = lines.get(i);
      long ofLine = sum(line.adjustments());
      adjusted += ofLine;
      lineCharges += line.charged().cents();
      long off = line.paid().cents() - (line.charged().cents() - ofLine);
      if (off != 0) {
        unbalanced = unbalanced.isEmpty() ? new ArrayList<>() : unbalanced;
        unbalanced.add(line.segment());
        findings.add(
            Adjudication.SERVICE_BALANCE,
            ofLine(place.get(), line),
            "is " + off(off) + " than charge less adjustments");
      }
    }
    long off = claim.paid().cents() - (claim.charged().cents() - adjusted);
    if (off != 0) {
      findings.add(
          Adjudication.CLAIM_BALANCE,
          place.get().at("CLP04"),
          "is "
              + off(off)
              + " than charge less all adjustments"
              + where(claim, unbalanced, lineCharges));
    }
    patientResponsibility(claim, place, findings);
    return off == 0;
  }

  private static Place ofLine(Place claim, ServicePayment line) {
    return new Place(
        claim.file(), claim.transactionSet(), line.segment(), "SVC", "2110", "SVC03", -1);
  }

  private static String where(ClaimPayment claim, List<Long> unbalanced, long lineCharges) {
    if (!unbalanced.isEmpty()) {
      return "; it arises in the lines at segments " + unbalanced;
    }
    if (!claim.lines().isEmpty() && lineCharges != claim.charged().cents()) {
      return "; each line balances, but their charges differ from the claim's by "
          + Money.ofCents(claim.charged().cents() - lineCharges);
    }
    return claim.lines().isEmpty()
        ? "; it has no lines"
        : "; each line balances: it arises in CLP or the claim's own CAS";
  }

  private static void patientResponsibility(
      ClaimPayment claim, Supplier<Place> place, FindingSink findings) {
    Money sent = claim.patientResponsibility();
    if (claim.isReversal() || claim.isPredetermination()) {
      return;
    }
    long off = (sent == null ? 0 : sent.cents()) - claim.adjustedToPatient().cents();
    if (off != 0) {
      findings.add(
          Adjudication.PATIENT_RESPONSIBILITY,
          place.get().at("CLP05"),
          "is " + off(off) + " than the adjustments of group PR");
    }
  }

  /** Checks a whole remittance; {@code place} is that of its BPR. */
  static void check(
      Remittance remittance,
      RemittanceHandler.Totals totals,
      List<Long> unbalancedClaims,
      Place place,
      FindingSink findings) {
    Money amount = remittance.payment().amount();
    if (amount == null || totals.unread() > 0 || totals.end() == SetEnd.CUT_OFF) {
      return;
    }
    long off = amount.cents() - (totals.paid().cents() - totals.adjusted().cents());
    if (off != 0) {
      String where =
          unbalancedClaims.isEmpty()
              ? "; each claim balances: it arises in BPR or PLB, or a claim is missing"
              : "; claims out of balance start at segments " + unbalancedClaims;
      findings.add(
          Adjudication.REMITTANCE_BALANCE,
          place.at("BPR02"),
          "is " + off(off) + " than claim payments less provider adjustments" + where);
    }
  }

  private static String off(long cents) {
    return Money.ofCents(Math.abs(cents)) + (cents > 0 ? " more" : " less");
  }

  private static long sum(List<Adjustment> adjustments) {
    long cents = 0;
    for (int i = 0; i < adjustments.size(); i++) {
      cents += adjustments.get(i).amount().cents();
    }
    return cents;
  }
}
