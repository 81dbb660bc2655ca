package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Place;

/**
 * The balancing equations of the 837 (section 1.4.4 of its guides), and what else can be told of a
 * claim without knowing any other: its charge is that of its lines; what each earlier payer decided
 * adds up, line by line and as a whole; nothing is below zero; a replacement or void names what it
 * is about; no two claims of a submission have the same number.
 */
final class ClaimBalancing {
  private final FindingSink findings;
  private final RememberedNumbers numbers = new RememberedNumbers();

  ClaimBalancing(FindingSink findings) {
    this.findings = findings;
  }

  /** A submission starts. */
  void begin() {
    numbers.clear();
  }

  /**
   * Checks a claim.
   *
   * @param place of its CLM
   */
  void check(Claim claim, Place place) {
    charges(claim, place);
    for (OtherCoverage coverage : claim.otherCoverages()) {
      payer(claim, coverage, place);
    }
    decisions(claim, place);
    lineage(claim, place);
    if (!numbers.add(claim.patientControlNumber(), claim.frequency())) {
      findings.add(
          Billed.DUPLICATE_CLAIM,
          place.at("CLM01"),
          "an earlier claim of this submission has the same number");
    }
  }

  private void charges(Claim claim, Place place) {
    if (claim.charged().isNegative()) {
      negative(place.at("CLM02"));
    }
    long lines = 0;
    for (ServiceLine line : claim.lines()) {
      lines += line.charged().cents();
      if (line.charged().isNegative()) {
        negative(ofLine(place, line, element(line, "02", "03", "02")));
      }
      if (line.quantity() != null && line.quantity().signum() < 0) {
        negative(ofLine(place, line, element(line, "04", "05", "06")));
      }
    }
    long off = claim.charged().cents() - lines;
    if (off != 0 && !claim.lines().isEmpty()) {
      findings.add(
          Billed.CLAIM_CHARGE,
          place.at("CLM02"),
          "is " + off(off) + " than the sum of its lines' charges");
    }
  }

  /** An element of SV1, SV2 or SV3, whichever the line has. */
  private static String element(
      ServiceLine line, String professional, String institutional, String dental) {
    if (line.dental() != null) {
      return "SV3" + dental;
    }
    return line.revenueCode() != null ? "SV2" + institutional : "SV1" + professional;
  }

  private void negative(Place place) {
    findings.add(
        Billed.NEGATIVE_CHARGE,
        place,
        "an 837 has no charges or units below zero: take a claim back with a void (CLM05-3 8) or a"
            + " replacement (7)");
  }

  /** AMT*D is the sum of that payer's SVD02 less the claim-level CAS. */
  private void payer(Claim claim, OtherCoverage coverage, Place place) {
    Money paid = paid(coverage);
    String id = id(coverage);
    if (paid == null || id == null || coverages(claim, id) > 1) {
      return;
    }
    long decided = 0;
    boolean any = false;
    for (ServiceLine line : claim.lines()) {
      for (LineDecision decision : line.decisions()) {
        if (decision.payer().equals(id)) {
          decided += decision.paid().cents();
          any = true;
        }
      }
    }
    long expected = (any ? decided : claim.charged().cents()) - sum(coverage.adjustments());
    if (!any && coverage.adjustments().isEmpty()) {
      return;
    }
    long off = paid.cents() - expected;
    if (off != 0) {
      findings.add(
          Billed.EARLIER_PAYMENT,
          new Place(
              place.file(),
              place.transactionSet(),
              place.segmentNumber(),
              "CLM",
              "2320",
              "AMT02",
              place.byteOffset()),
          "what an earlier payer paid is "
              + off(off)
              + (any
                  ? " than the sum of its line payments less its adjustments of the claim"
                  : " than the claim's charge less its adjustments of the claim"));
    }
  }

  /** A line's charge is SVD02 and the CAS of each earlier payer that decided it. */
  private void decisions(Claim claim, Place place) {
    for (ServiceLine line : claim.lines()) {
      List<LineDecision> decisions = line.decisions();
      for (int i = 0; i < decisions.size(); i++) {
        String payer = decisions.get(i).payer();
        if (isFirst(decisions, i)) {
          decision(claim, line, payer, place);
        }
      }
    }
  }

  private static boolean isFirst(List<LineDecision> decisions, int index) {
    String payer = decisions.get(index).payer();
    for (int i = 0; i < index; i++) {
      if (decisions.get(i).payer().equals(payer)) {
        return false;
      }
    }
    return true;
  }

  /** A payer that split a line decided it more than once: the parts count together. */
  private void decision(Claim claim, ServiceLine line, String payer, Place place) {
    if (coverages(claim, payer) == 0) {
      findings.add(
          Billed.EARLIER_PAYER_UNKNOWN,
          ofLine(place, line, "SVD01"),
          "the claim names no other coverage by this payer");
    }
    long off = line.charged().cents();
    for (LineDecision decision : line.decisions()) {
      if (decision.payer().equals(payer)) {
        off -= decision.paid().cents() + sum(decision.adjustments());
      }
    }
    if (off != 0) {
      findings.add(
          Billed.EARLIER_DECISION,
          ofLine(place, line, "SVD02"),
          "the line's charge is " + off(off) + " than an earlier payer's payment and adjustments");
    }
  }

  private void lineage(Claim claim, Place place) {
    boolean later = claim.isReplacement() || claim.isVoid();
    String prior = claim.priorClaimNumber();
    if (later && prior == null) {
      findings.add(
          Billed.PRIOR_CLAIM_MISSING,
          place.at("CLM05-3"),
          "a replacement or void names the payer's number of the claim it is about (REF*F8)");
    } else if (prior != null && "1".equals(claim.frequency())) {
      findings.add(
          Billed.PRIOR_CLAIM_UNEXPECTED,
          place.at("CLM05-3"),
          "says that it is an original, yet names a prior claim (REF*F8)");
    }
  }

  private static int coverages(Claim claim, String payer) {
    int found = 0;
    for (OtherCoverage coverage : claim.otherCoverages()) {
      if (payer.equals(id(coverage))) {
        found++;
      }
    }
    return found;
  }

  private static @Nullable String id(OtherCoverage coverage) {
    Named payer = coverage.payer();
    return payer == null ? null : payer.person().id();
  }

  private static @Nullable Money paid(OtherCoverage coverage) {
    for (Amount amount : coverage.amounts()) {
      if (amount.qualifier().equals("D")) {
        return amount.amount();
      }
    }
    return null;
  }

  private static Place ofLine(Place claim, ServiceLine line, String element) {
    return new Place(
        claim.file(), claim.transactionSet(), line.segment(), "LX", "2400", element, -1);
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
