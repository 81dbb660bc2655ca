package org.openrcm.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/** A claim once more, as a replacement or void of itself. */
final class Corrections {
  private Corrections() {}

  /** What voids it. */
  static Claim voids(Claim before) {
    return of(before, "8", "V", references(before), before.lines());
  }

  /** What takes its place: one unit more in its last line, unless another payer decided it too. */
  static Claim replaces(Claim before) {
    List<ServiceLine> lines = new ArrayList<>(before.lines());
    if (before.otherCoverages().isEmpty()) {
      int last = lines.size() - 1;
      ServiceLine line = lines.get(last);
      BigDecimal sent = line.quantity();
      BigDecimal units = sent == null ? BigDecimal.ONE : sent;
      Money ofUnit = Money.ofCents(line.charged().cents() / units.longValueExact());
      Money charged = line.charged().plus(ofUnit);
      lines.set(
          last, LineMaker.changed(line, charged, units.add(BigDecimal.ONE), line.decisions()));
    }
    return of(before, "7", "R", references(before), lines);
  }

  /** REF*F8 with the number that the payer gave it, then what it had. */
  private static List<ClaimReference> references(Claim before) {
    String payer = before.subscriber().payer().person().id();
    String prior = Payer.claimNumber(payer == null ? "" : payer, before.patientControlNumber());
    List<ClaimReference> references = new ArrayList<>();
    references.add(new ClaimReference("F8", prior, null));
    references.addAll(before.references());
    return references;
  }

  /**
   * The claim with another frequency, number, references and lines; its charge is theirs.
   *
   * @param suffix what its number has more than that of the claim before
   */
  private static Claim of(
      Claim before,
      String frequency,
      String suffix,
      List<ClaimReference> references,
      List<ServiceLine> lines) {
    Money charged = Money.ZERO;
    for (ServiceLine line : lines) {
      charged = charged.plus(line.charged());
    }
    return new Claim(
        before.billing(),
        before.subscriber(),
        before.patient(),
        before.patientControlNumber() + suffix,
        charged,
        before.facilityType(),
        before.facilityQualifier(),
        frequency,
        before.terms(),
        before.admission(),
        before.periods(),
        before.attachments(),
        before.amounts(),
        List.copyOf(references),
        before.notes(),
        before.details(),
        before.codes(),
        before.quantities(),
        before.providers(),
        before.otherCoverages(),
        List.copyOf(lines),
        before.unmapped(),
        before.ordinal(),
        0,
        -1,
        0);
  }
}
