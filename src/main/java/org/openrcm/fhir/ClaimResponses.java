package org.openrcm.fhir;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.CodeList;
import org.openrcm.remittance.ServicePayment;

/** One claim of an 835 as a ClaimResponse: the payer's answer to the provider. */
final class ClaimResponses {
  private static final CodeList STATUS = CodeList.load("claim-status");
  private static final CodeableConcept CLAIM_NUMBER =
      Elements.concept(Systems.C4BB_IDENTIFIER, "uc");
  private static final CodeableConcept PAYEE_PROVIDER =
      Elements.concept(Systems.PAYEE_TYPE, "provider");

  private final Elements elements;

  ClaimResponses(Elements elements) {
    this.elements = elements;
  }

  ClaimResponse of(ClaimView view) {
    ClaimPayment claim = view.claim();
    ClaimResponse response = new ClaimResponse();
    Source.stamp(
        response,
        view.id(),
        view.remittance().source(),
        claim.segment(),
        Systems.CLAIM_RESPONSE_PROFILE);
    response.addExtension(
        Systems.CLAIM_STATUS_EXTENSION, Elements.coding(Systems.CLAIM_STATUS, claim.status()));
    String number = claim.payerClaimControlNumber();
    if (number != null) {
      response.addIdentifier(Elements.identifier(null, number).setType(CLAIM_NUMBER));
    }
    response.setStatus(
        claim.isReversal()
            ? ClaimResponse.ClaimResponseStatus.CANCELLED
            : ClaimResponse.ClaimResponseStatus.ACTIVE);
    response.setType(ExplanationOfBenefits.type(view));
    response.setUse(
        claim.isPredetermination()
            ? ClaimResponse.Use.PREDETERMINATION
            : ClaimResponse.Use.CLAIM);
    response.setPatient(Elements.reference("Patient", view.patientId()));
    response.setCreatedElement(elements.dateTime(view.created()));
    response.setInsurer(Elements.reference("Organization", view.payerId()));
    response.setRequestor(Elements.reference("Organization", view.payeeId()));
    response.setRequest(ExplanationOfBenefits.submitted(claim));
    response.setOutcome(ClaimResponse.RemittanceOutcome.COMPLETE);
    STATUS.words(claim.status(), null).ifPresent(response::setDisposition);
    response.setPayeeType(PAYEE_PROVIDER);
    int sequence = 0;
    for (ServicePayment line : claim.lines()) {
      ClaimResponse.ItemComponent item = response.addItem().setItemSequence(++sequence);
      Decision.of(line).forEach(decision -> decision.toClaimResponse(item.addAdjudication()));
    }
    view.decisions().forEach(decision -> decision.toClaimResponse(response.addAdjudication()));
    view.totals()
        .forEach(
            (category, sum) ->
                response.addTotal().setCategory(category).setAmount(Elements.money(sum)));
    payment(view, response);
    response.addInsurance()
        .setSequence(1)
        .setFocal(true)
        .setCoverage(Elements.reference("Coverage", view.coverageId()));
    return response;
  }

  private void payment(ClaimView view, ClaimResponse response) {
    boolean whole = view.paymentStatus().equals("paid");
    ClaimResponse.PaymentComponent payment = response.getPayment();
    payment.setType(
        Elements.concept(Systems.EX_PAYMENT_TYPE, whole ? "complete" : "partial"));
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
