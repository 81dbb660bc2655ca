package org.openrcm.fhir;

import java.time.LocalDate;
import java.time.LocalTime;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.Remittance;

/**
 * What all resources of one check say alike, worked out once: ids of payer and payee, where it
 * comes from, its currency and its trace.
 *
 * @param source of all its resources, but for the segment's number
 * @param trace TRN02 with TRN03 as the assigner, null when not sent
 */
record RemittanceView(
    Remittance remittance,
    Amounts amounts,
    String source,
    String payerId,
    Reference payer,
    Reference payee,
    @Nullable Identifier trace) {

  static RemittanceView of(Remittance remittance, Elements elements) {
    String payerId = Identities.payerId(remittance);
    return new RemittanceView(
        remittance,
        Amounts.in(remittance.currency() == null ? null : remittance.currency().code(), elements),
        Source.prefix(remittance.source()),
        payerId,
        Elements.reference("Organization", payerId),
        Elements.reference("Organization", Identities.payeeId(remittance)),
        trace(remittance.trace()));
  }

  private static @Nullable Identifier trace(Remittance.Trace trace) {
    if (trace.number().isEmpty()) {
      return null;
    }
    Identifier identifier = Elements.identifier(null, trace.number());
    if (trace.originator() != null) {
      Reference assigner = new Reference();
      assigner.setType("Organization");
      assigner.setIdentifier(Elements.identifier(null, trace.originator()));
      identifier.setAssigner(assigner);
    }
    return identifier;
  }

  /** The amount in the check's currency. */
  Money money(org.openrcm.money.Money amount) {
    return amounts.money(amount);
  }

  /** CUR02, or US dollars where none is named; null where it is no ISO 4217 code. */
  @Nullable CodeType currency() {
    return amounts.currency();
  }

  /** The day on which the payer decided: DTM*405, else BPR16. */
  @Nullable LocalDate decided() {
    LocalDate produced = remittance.productionDate();
    return produced == null ? remittance.payment().date() : produced;
  }

  /** That day as a point in time: X12 tells no hour. */
  @Nullable InstantType asOf() {
    LocalDate day = decided();
    return day == null ? null : BilledView.instant(day, LocalTime.MIDNIGHT);
  }

  Elements elements() {
    return amounts.elements();
  }
}
