package org.openrcm.fhir;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactDetail;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.InsuranceComponent;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.ItemComponent;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.PaymentComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Unmapped;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;

/**
 * One claim of an 835 as an ExplanationOfBenefit: what the patient's insurer says of it. An 835
 * alone lacks diagnoses, places of service and network status, so the profile is ours and none of
 * C4BB's; where C4BB has a place for something, it stands there.
 */
final class ExplanationOfBenefits {
  static final CodeableConcept PAYEE_PROVIDER = Elements.concept(Systems.PAYEE_TYPE, "provider");
  static final CodeableConcept CLAIM_NUMBER = Elements.concept(Systems.C4BB_IDENTIFIER, "uc");
  private static final CodeableConcept RENDERING =
      Elements.concept(Systems.C4BB_CARE_TEAM, "rendering");
  static final CodeableConcept PRIOR = Elements.concept(Systems.RELATED_CLAIM, "prior");

  private ExplanationOfBenefits() {}

  static ExplanationOfBenefit of(ClaimView view, List<String> otherCoverages) {
    ClaimPayment claim = view.claim();
    RemittanceView check = view.check();
    ExplanationOfBenefit eob = new ExplanationOfBenefit();
    Source.stamp(eob, view.id(), check, claim.segment(), Systems.EOB_PROFILE);
    extensions(view, eob);
    String number = claim.payerClaimControlNumber();
    if (number != null) {
      eob.addIdentifier(Elements.identifier(null, number).setType(CLAIM_NUMBER));
    }
    eob.setStatus(
        claim.isReversal()
            ? ExplanationOfBenefit.ExplanationOfBenefitStatus.CANCELLED
            : ExplanationOfBenefit.ExplanationOfBenefitStatus.ACTIVE);
    eob.setType(view.type());
    eob.setUse(
        claim.isPredetermination()
            ? ExplanationOfBenefit.Use.PREDETERMINATION
            : ExplanationOfBenefit.Use.CLAIM);
    eob.setPatient(view.patientReference());
    eob.setBillablePeriod(period(check.elements(), view.period()));
    eob.setCreatedElement(check.elements().dateTime(view.created()));
    eob.setInsurer(check.payer());
    eob.setProvider(check.payee());
    for (String prior : view.priorClaims()) {
      eob.addRelated()
          .setRelationship(PRIOR)
          .setReference(Elements.identifier(null, prior).setType(CLAIM_NUMBER));
    }
    eob.getPayee().setType(PAYEE_PROVIDER).setParty(check.payee());
    eob.setClaim(view.request());
    eob.setClaimResponse(Elements.reference("ClaimResponse", view.id()));
    eob.setOutcome(ExplanationOfBenefit.RemittanceOutcome.COMPLETE);
    eob.setDisposition(view.disposition());
    careTeam(view, eob);
    SupportingInfo.add(view, eob);
    insurance(view, otherCoverages, eob);
    for (int i = 0; i < claim.lines().size(); i++) {
      item(view, i, eob.addItem());
    }
    for (Decision decision : view.decisions()) {
      decision.toEob(eob.addAdjudication());
    }
    view.totals((category, sum) -> eob.addTotal().setCategory(category).setAmount(sum));
    if (!claim.isPredetermination()) {
      payment(view, eob.getPayment());
    }
    return eob;
  }

  static void extensions(ClaimView view, ExplanationOfBenefit eob) {
    eob.addExtension(view.status());
    for (var reference : view.claim().references()) {
      if (!hasPlaceOfItsOwn(reference.qualifier())) {
        eob.addExtension(reference(reference, view.check().elements()));
      }
    }
    for (Contact contact : view.claim().contacts()) {
      ContactDetail detail = new ContactDetail();
      if (contact.name() != null) {
        detail.setName(contact.name());
      }
      detail.setTelecom(Contacts.telecoms(contact.channels()));
      if (!detail.isEmpty()) {
        eob.addExtension(Systems.CONTACT_EXTENSION, detail);
      }
    }
    for (Unmapped segment : view.claim().unmapped()) {
      eob.addExtension(Source.unmapped(segment.text()));
    }
  }

  /** F8 is in related, EA among supporting information, G1 with the insurance. */
  private static boolean hasPlaceOfItsOwn(String qualifier) {
    return qualifier.equals("F8") || qualifier.equals("EA") || qualifier.equals("G1");
  }

  /** REF as an identifier whose type is the qualifier. */
  static Extension reference(org.openrcm.billing.Reference reference, Elements elements) {
    return new Extension(
        Systems.REFERENCE_EXTENSION,
        Elements.identifier(null, reference.value())
            .setType(elements.code(Systems.x12(128), reference.qualifier())));
  }

  static Period period(Elements elements, @Nullable LocalDate[] days) {
    Period period = new Period();
    if (days[0] != null) {
      period.setStartElement(elements.dateTime(days[0]));
    }
    if (days[0] != null && days[1] != null && days[1].isBefore(days[0])) {
      // FHIR knows no period that ends before it starts
      period.addExtension(Source.unmapped(DateTimeFormatter.BASIC_ISO_DATE.format(days[1])));
    } else if (days[1] != null) {
      period.setEndElement(elements.dateTime(days[1]));
    }
    return period;
  }

  private static void careTeam(ClaimView view, ExplanationOfBenefit eob) {
    String id = view.renderingId();
    Person rendering = view.claim().person("82");
    if (id == null || rendering == null) {
      return;
    }
    String type = rendering.organization() ? "Organization" : "Practitioner";
    eob.addCareTeam().setSequence(1).setProvider(Elements.reference(type, id)).setRole(RENDERING);
  }

  private static void insurance(
      ClaimView view, List<String> otherCoverages, ExplanationOfBenefit eob) {
    InsuranceComponent focal = eob.addInsurance().setFocal(true).setCoverage(view.coverage());
    for (var reference : view.claim().references()) {
      if (reference.qualifier().equals("G1")) {
        focal.addPreAuthRef(reference.value());
      }
    }
    for (String other : otherCoverages) {
      eob.addInsurance().setFocal(false).setCoverage(Elements.reference("Coverage", other));
    }
  }

  private static void item(ClaimView view, int index, ItemComponent item) {
    ServicePayment line = view.claim().lines().get(index);
    Elements elements = view.check().elements();
    item.setSequence(index + 1);
    for (var reference : line.references()) {
      item.addExtension(reference(reference, elements));
    }
    Procedure billed = line.submittedProcedure();
    if (billed != null) {
      item.addExtension(Procedures.submitted(billed, elements));
    }
    if (view.renderingId() != null) {
      item.addCareTeamSequence(1);
    }
    if (line.procedure().qualifier().equals("NU")) {
      item.setRevenue(elements.code(Systems.REVENUE, line.procedure().code()));
    } else if (line.revenueCode() != null) {
      item.setRevenue(elements.code(Systems.REVENUE, line.revenueCode()));
    }
    item.setProductOrService(Procedures.concept(line.procedure(), elements));
    for (String modifier : line.procedure().modifiers()) {
      item.addModifier(Procedures.modifier(line.procedure(), modifier, elements));
    }
    Type serviced = serviced(line, elements);
    if (serviced != null) {
      item.setServiced(serviced);
    }
    BigDecimal units = line.unitsBilled() == null ? line.unitsPaid() : line.unitsBilled();
    if (units != null) {
      item.setQuantity(Elements.quantity(units));
    }
    for (Decision decision : view.lineDecisions().get(index)) {
      decision.toEob(item.addAdjudication());
    }
  }

  static @Nullable Type serviced(ServicePayment line, Elements elements) {
    LocalDate day = ClaimView.date(line.dates(), "472");
    if (day != null) {
      return elements.date(day);
    }
    LocalDate start = ClaimView.date(line.dates(), "150");
    LocalDate end = ClaimView.date(line.dates(), "151");
    if (start == null && end == null) {
      return null;
    }
    return period(elements, new @Nullable LocalDate[] {start, end});
  }

  static void payment(ClaimView view, PaymentComponent payment) {
    RemittanceView check = view.check();
    payment.setType(view.paymentStatus());
    payment.setAmount(check.money(view.claim().paid()));
    LocalDate date = check.remittance().payment().date();
    if (date != null) {
      payment.setDateElement(check.elements().date(date));
    }
    if (check.trace() != null) {
      payment.setIdentifier(check.trace());
    }
  }
}
