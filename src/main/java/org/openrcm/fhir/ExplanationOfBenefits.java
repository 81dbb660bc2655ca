package org.openrcm.fhir;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactDetail;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.ItemComponent;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.SupportingInformationComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.CodeList;
import org.openrcm.remittance.Figure;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.ServicePayment;

/**
 * One claim of an 835 as an ExplanationOfBenefit: what the patient's insurer says of it. An 835
 * alone lacks diagnoses, places of service and network status, so the profile is ours and none of
 * C4BB's; where C4BB has a place for something, it stands there.
 */
final class ExplanationOfBenefits {
  private static final CodeList STATUS = CodeList.load("claim-status");
  private static final CodeableConcept PAYEE_PROVIDER =
      Elements.concept(Systems.PAYEE_TYPE, "provider");
  private static final CodeableConcept CLAIM_NUMBER =
      Elements.concept(Systems.C4BB_IDENTIFIER, "uc");
  private static final CodeableConcept RENDERING =
      Elements.concept(Systems.C4BB_CARE_TEAM, "rendering");
  private static final CodeableConcept PRIOR = Elements.concept(Systems.RELATED_CLAIM, "prior");

  private final Elements elements;

  ExplanationOfBenefits(Elements elements) {
    this.elements = elements;
  }

  ExplanationOfBenefit of(ClaimView view, java.util.List<String> otherCoverages) {
    ClaimPayment claim = view.claim();
    ExplanationOfBenefit eob = new ExplanationOfBenefit();
    Source.stamp(
        eob, view.id(), view.remittance().source(), claim.segment(), Systems.EOB_PROFILE);
    extensions(claim, eob);
    String number = claim.payerClaimControlNumber();
    if (number != null) {
      eob.addIdentifier(Elements.identifier(null, number).setType(CLAIM_NUMBER));
    }
    eob.setStatus(
        claim.isReversal()
            ? ExplanationOfBenefit.ExplanationOfBenefitStatus.CANCELLED
            : ExplanationOfBenefit.ExplanationOfBenefitStatus.ACTIVE);
    eob.setType(type(view));
    eob.setUse(
        claim.isPredetermination()
            ? ExplanationOfBenefit.Use.PREDETERMINATION
            : ExplanationOfBenefit.Use.CLAIM);
    eob.setPatient(Elements.reference("Patient", view.patientId()));
    eob.setBillablePeriod(period(view));
    eob.setCreatedElement(elements.dateTime(view.created()));
    eob.setInsurer(Elements.reference("Organization", view.payerId()));
    eob.setProvider(Elements.reference("Organization", view.payeeId()));
    if (view.priorClaimNumber() != null) {
      eob.addRelated()
          .setRelationship(PRIOR)
          .setReference(
              Elements.identifier(null, view.priorClaimNumber()).setType(CLAIM_NUMBER));
    }
    eob.getPayee()
        .setType(PAYEE_PROVIDER)
        .setParty(Elements.reference("Organization", view.payeeId()));
    eob.setClaim(submitted(claim));
    eob.setClaimResponse(Elements.reference("ClaimResponse", view.id()));
    eob.setOutcome(ExplanationOfBenefit.RemittanceOutcome.COMPLETE);
    STATUS.words(claim.status(), null).ifPresent(eob::setDisposition);
    careTeam(view, eob);
    supportingInfo(view, eob);
    eob.addInsurance()
        .setFocal(true)
        .setCoverage(Elements.reference("Coverage", view.coverageId()));
    for (String other : otherCoverages) {
      eob.addInsurance().setFocal(false).setCoverage(Elements.reference("Coverage", other));
    }
    int sequence = 0;
    for (ServicePayment line : claim.lines()) {
      item(line, ++sequence, view, eob.addItem());
    }
    view.decisions().forEach(decision -> decision.toEob(eob.addAdjudication()));
    view.totals()
        .forEach(
            (category, sum) ->
                eob.addTotal().setCategory(category).setAmount(Elements.money(sum)));
    payment(view, eob);
    return eob;
  }

  /** The claim as submitted is not ours to refer to; its number (CLP01) is. */
  static Reference submitted(ClaimPayment claim) {
    Reference reference = new Reference();
    reference.setType("Claim");
    reference.setIdentifier(Elements.identifier(null, claim.patientControlNumber()));
    return reference;
  }

  static CodeableConcept type(ClaimView view) {
    String type = view.type();
    return type == null
        ? Elements.absent(new CodeableConcept())
        : Elements.concept(Systems.CLAIM_TYPE, type);
  }

  private static void extensions(ClaimPayment claim, ExplanationOfBenefit eob) {
    eob.addExtension(
        Systems.CLAIM_STATUS_EXTENSION, Elements.coding(Systems.CLAIM_STATUS, claim.status()));
    for (org.openrcm.remittance.Reference reference : claim.references()) {
      eob.addExtension(reference(reference));
    }
    for (Party.Contact contact : claim.contacts()) {
      ContactDetail detail = new ContactDetail();
      if (contact.name() != null) {
        detail.setName(contact.name());
      }
      contact.channels().forEach(channel -> detail.addTelecom(Parties.telecom(channel)));
      if (!detail.isEmpty()) {
        eob.addExtension(Systems.CONTACT_EXTENSION, detail);
      }
    }
    claim
        .unmapped()
        .forEach(
            segment ->
                eob.addExtension(Systems.UNMAPPED_EXTENSION, new StringType(segment.text())));
  }

  private static Extension reference(org.openrcm.remittance.Reference reference) {
    return new Extension(
        Systems.REFERENCE_EXTENSION,
        Elements.identifier(null, reference.value())
            .setType(Elements.concept(Systems.x12(128), reference.qualifier())));
  }

  private Period period(ClaimView view) {
    @Nullable LocalDate[] days = view.period();
    Period period = new Period();
    if (days[0] != null) {
      period.setStartElement(elements.dateTime(days[0]));
    }
    if (days[1] != null) {
      period.setEndElement(elements.dateTime(days[1]));
    }
    return period;
  }

  private static void careTeam(ClaimView view, ExplanationOfBenefit eob) {
    String id = view.renderingId();
    var rendering = view.claim().person("82");
    if (id == null || rendering == null) {
      return;
    }
    String type = rendering.organization() ? "Organization" : "Practitioner";
    eob.addCareTeam()
        .setSequence(1)
        .setProvider(Elements.reference(type, id))
        .setRole(RENDERING);
  }

  private void supportingInfo(ClaimView view, ExplanationOfBenefit eob) {
    ClaimPayment claim = view.claim();
    info(eob, Systems.C4BB_SUPPORTING_INFO, "patientaccountnumber")
        .setValue(new StringType(text(claim.patientControlNumber())));
    LocalDate received = ClaimView.date(claim.dates(), "050");
    if (received != null) {
      info(eob, Systems.C4BB_SUPPORTING_INFO, "clmrecvddate")
          .setTiming(elements.date(received));
    }
    LocalDate expired = ClaimView.date(claim.dates(), "036");
    if (expired != null) {
      info(eob, Systems.REMITTANCE, "coverage-expiration").setTiming(elements.date(expired));
    }
    facility(view, eob);
    if (claim.drg() != null) {
      info(eob, Systems.C4BB_SUPPORTING_INFO, "drg")
          .setCode(Elements.concept(Systems.DRG, claim.drg()));
    }
    figure(eob, "CLP12", claim.drgWeight());
    figure(eob, "CLP13", claim.dischargeFraction());
    for (Outcome outcome : ClaimView.outcomes(claim)) {
      for (Figure figure : outcome.figures()) {
        figure(eob, figure.designator(), figure.value());
      }
    }
    claim
        .quantities()
        .forEach(
            quantity ->
                info(eob, Systems.REMITTANCE, "quantity")
                    .setCode(Elements.concept(Systems.x12(673), quantity.qualifier()))
                    .setValue(Elements.quantity(quantity.value())));
  }

  private static void facility(ClaimView view, ExplanationOfBenefit eob) {
    String facility = view.claim().facilityType();
    String frequency = view.claim().frequency();
    if (facility == null) {
      return;
    }
    if (view.isInstitutional()) {
      info(eob, Systems.C4BB_SUPPORTING_INFO, "typeofbill")
          .setCode(
              Elements.concept(
                  Systems.TYPE_OF_BILL, frequency == null ? facility : facility + frequency));
      return;
    }
    info(eob, Systems.REMITTANCE, "place-of-service")
        .setCode(Elements.concept(Systems.PLACE_OF_SERVICE, facility));
    if (frequency != null) {
      info(eob, Systems.REMITTANCE, "claim-frequency")
          .setCode(Elements.concept(Systems.x12(1325), frequency));
    }
  }

  private static void figure(
      ExplanationOfBenefit eob, String designator, @Nullable BigDecimal value) {
    if (value != null) {
      info(eob, Systems.REMITTANCE, "figure")
          .setCode(Elements.concept(Systems.REMITTANCE, designator))
          .setValue(new Quantity().setValue(value));
    }
  }

  private static SupportingInformationComponent info(
      ExplanationOfBenefit eob, String system, String category) {
    int sequence = eob.getSupportingInfo().size() + 1;
    return eob.addSupportingInfo()
        .setSequence(sequence)
        .setCategory(Elements.concept(system, category));
  }

  private static @Nullable String text(String value) {
    return value.isEmpty() ? null : value;
  }

  private void item(ServicePayment line, int sequence, ClaimView view, ItemComponent item) {
    item.setSequence(sequence);
    for (org.openrcm.remittance.Reference reference : line.references()) {
      item.addExtension(reference(reference));
    }
    ServicePayment.Procedure billed = line.submittedProcedure();
    if (billed != null) {
      item.addExtension(
          new Extension(Systems.SUBMITTED_PROCEDURE_EXTENSION, Procedures.concept(billed)));
    }
    if (view.renderingId() != null) {
      item.addCareTeamSequence(1);
    }
    if (line.procedure().qualifier().equals("NU")) {
      item.setRevenue(Elements.concept(Systems.REVENUE, line.procedure().code()));
    } else if (line.revenueCode() != null) {
      item.setRevenue(Elements.concept(Systems.REVENUE, line.revenueCode()));
    }
    item.setProductOrService(Procedures.concept(line.procedure()));
    for (String modifier : line.procedure().modifiers()) {
      item.addModifier(Procedures.modifier(line.procedure(), modifier));
    }
    Type serviced = serviced(line);
    if (serviced != null) {
      item.setServiced(serviced);
    }
    BigDecimal units = line.unitsBilled() == null ? line.unitsPaid() : line.unitsBilled();
    if (units != null) {
      item.setQuantity(Elements.quantity(units));
    }
    for (Decision decision : Decision.of(line)) {
      decision.toEob(item.addAdjudication());
    }
  }

  private @Nullable Type serviced(ServicePayment line) {
    LocalDate day = ClaimView.date(line.dates(), "472");
    if (day != null) {
      return elements.date(day);
    }
    LocalDate start = ClaimView.date(line.dates(), "150");
    LocalDate end = ClaimView.date(line.dates(), "151");
    if (start == null && end == null) {
      return null;
    }
    Period period = new Period();
    if (start != null) {
      period.setStartElement(elements.dateTime(start));
    }
    if (end != null) {
      period.setEndElement(elements.dateTime(end));
    }
    return period;
  }

  private void payment(ClaimView view, ExplanationOfBenefit eob) {
    ExplanationOfBenefit.PaymentComponent payment = eob.getPayment();
    payment.setType(Elements.concept(Systems.C4BB_STATUS, view.paymentStatus()));
    payment.setAmount(Elements.money(view.claim().paid()));
    LocalDate date = view.remittance().payment().date();
    if (date != null) {
      payment.setDateElement(elements.date(date));
    }
    String trace = view.remittance().trace().number();
    if (!trace.isEmpty()) {
      payment.setIdentifier(Elements.identifier(null, trace));
    }
  }
}
