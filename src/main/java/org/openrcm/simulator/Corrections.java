package org.openrcm.simulator;

import java.util.List;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/** A claim once more, as a replacement or void of itself. */
final class Corrections {
  private Corrections() {}

  /**
   * The claim with another frequency, number, references and lines; its charge is theirs.
   *
   * @param suffix what its number has more than that of the claim before
   */
  static Claim of(
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
