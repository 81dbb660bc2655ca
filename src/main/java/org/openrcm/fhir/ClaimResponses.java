package org.openrcm.fhir;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ServicePayment;

/** One claim of an 835 as a ClaimResponse: the payer's answer to the provider. */
final class ClaimResponses {
  private static final CodeableConcept PAYEE_PROVIDER =
      Elements.concept(Systems.PAYEE_TYPE, "provider");

  private ClaimResponses() {}

  static ClaimResponse of(ClaimView view) {
    ClaimPayment claim = view.claim();
    RemittanceView check = view.check();
    ClaimResponse response = new ClaimResponse();
    Source.stamp(response, view.id(), check, claim.segment(), Systems.CLAIM_RESPONSE_PROFILE);
    response.addExtension(view.status());
    String number = claim.payerClaimControlNumber();
    if (number != null) {
      response.addIdentifier(
          Elements.identifier(null, number).setType(ExplanationOfBenefits.CLAIM_NUMBER));
    }
    response.setStatus(
        claim.isReversal()
            ? ClaimResponse.ClaimResponseStatus.CANCELLED
            : ClaimResponse.ClaimResponseStatus.ACTIVE);
    response.setType(view.type());
    response.setUse(
        claim.isPredetermination() ? ClaimResponse.Use.PREDETERMINATION : ClaimResponse.Use.CLAIM);
    response.setPatient(view.patientReference());
    response.setCreatedElement(check.elements().dateTime(view.created()));
    response.setInsurer(check.payer());
    response.setRequestor(check.payee());
    response.setRequest(view.request());
    response.setOutcome(ClaimResponse.RemittanceOutcome.COMPLETE);
    response.setDisposition(view.disposition());
    response.setPayeeType(PAYEE_PROVIDER);
    List<ServicePayment> lines = claim.lines();
    for (int i = 0; i < lines.size(); i++) {
      item(view, i, response.addItem());
    }
    for (Decision decision : view.decisions()) {
      decision.toClaimResponse(response.addAdjudication());
    }
    view.totals((category, sum) -> response.addTotal().setCategory(category).setAmount(sum));
    if (!claim.isPredetermination()) {
      payment(view, response.getPayment());
    }
    response.addInsurance().setSequence(1).setFocal(true).setCoverage(view.coverage());
    return response;
  }

  /** The line, known to its sender by REF*6R. */
  private static void item(ClaimView view, int index, ClaimResponse.ItemComponent item) {
    item.setItemSequence(index + 1);
    for (var reference : view.claim().lines().get(index).references()) {
      if (reference.qualifier().equals("6R")) {
        item.addExtension(ExplanationOfBenefits.reference(reference, view.check().elements()));
      }
    }
    for (Decision decision : view.lineDecisions().get(index)) {
      decision.toClaimResponse(item.addAdjudication());
    }
  }

  private static void payment(ClaimView view, ClaimResponse.PaymentComponent payment) {
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
