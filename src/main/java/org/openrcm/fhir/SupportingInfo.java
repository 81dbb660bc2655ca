package org.openrcm.fhir;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.SupportingInformationComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Figure;
import org.openrcm.remittance.Outcome;

/**
 * What a claim tells beside its money, as supporting information of its ExplanationOfBenefit:
 * numbers, dates, place, DRG, figures of CLP, MIA and MOA, quantities.
 */
final class SupportingInfo {
  private final ClaimView view;
  private final Elements elements;
  private final ExplanationOfBenefit eob;
  private int sequence;

  private SupportingInfo(ClaimView view, ExplanationOfBenefit eob) {
    this.view = view;
    this.elements = view.check().elements();
    this.eob = eob;
  }

  static void add(ClaimView view, ExplanationOfBenefit eob) {
    SupportingInfo info = new SupportingInfo(view, eob);
    info.numbers();
    info.dates();
    info.facility();
    info.figures();
  }

  private SupportingInformationComponent info(String system, String category) {
    return eob.addSupportingInfo()
        .setSequence(++sequence)
        .setCategory(elements.code(system, category));
  }

  private SupportingInformationComponent c4bb(String category) {
    return info(Systems.C4BB_SUPPORTING_INFO, category);
  }

  private void numbers() {
    String account = view.claim().patientControlNumber();
    if (!account.isEmpty()) {
      c4bb("patientaccountnumber").setValue(new StringType(account));
    }
    for (Reference reference : view.claim().references()) {
      if (reference.qualifier().equals("EA")) {
        c4bb("medicalrecordnumber").setValue(new StringType(reference.value()));
      }
    }
  }

  private void dates() {
    LocalDate received = ClaimView.date(view.claim().dates(), "050");
    if (received != null) {
      c4bb("clmrecvddate").setTiming(elements.date(received));
    }
    LocalDate expired = ClaimView.date(view.claim().dates(), "036");
    if (expired != null) {
      info(Systems.REMITTANCE, "coverage-expiration").setTiming(elements.date(expired));
    }
  }

  private void facility() {
    String facility = view.claim().facilityType();
    String frequency = view.claim().frequency();
    if (facility != null && view.isInstitutional()) {
      String bill = frequency == null ? facility : facility + frequency;
      c4bb("typeofbill").setCode(elements.code(Systems.TYPE_OF_BILL, bill));
      return;
    }
    if (facility != null) {
      info(Systems.REMITTANCE, "place-of-service")
          .setCode(elements.code(Systems.PLACE_OF_SERVICE, facility));
    }
    if (frequency != null) {
      info(Systems.REMITTANCE, "claim-frequency")
          .setCode(elements.code(Systems.x12(1325), frequency));
    }
  }

  private void figures() {
    ClaimPayment claim = view.claim();
    // CLP05 is what the adjustments of group PR come to, and told only where it is not
    Money responsibility = claim.patientResponsibility();
    if (responsibility != null && !responsibility.equals(claim.adjustedToPatient())) {
      figure("CLP05", responsibility.toDecimal());
    }
    if (claim.drg() != null) {
      c4bb("drg").setCode(elements.code(Systems.DRG, claim.drg()));
    }
    figure("CLP12", claim.drgWeight());
    figure("CLP13", claim.dischargeFraction());
    for (Outcome outcome : ClaimView.outcomes(claim)) {
      for (Figure figure : outcome.figures()) {
        figure(figure.designator(), figure.value());
      }
    }
    for (Quantity quantity : claim.quantities()) {
      info(Systems.REMITTANCE, "quantity")
          .setCode(elements.code(Systems.x12(673), quantity.qualifier()))
          .setValue(Elements.quantity(quantity.value()));
    }
  }

  private void figure(String designator, @Nullable BigDecimal value) {
    if (value != null) {
      info(Systems.REMITTANCE, "figure")
          .setCode(elements.code(Systems.REMITTANCE, designator))
          .setValue(Figures.quantity(view.check(), designator, value));
    }
  }
}
