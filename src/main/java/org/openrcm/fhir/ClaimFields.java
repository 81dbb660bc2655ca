package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What claims, decisions on them and checks can be searched by. In SQL {@code c} is the claim, as
 * billed or as decided, {@code s} its submission, {@code r} its check.
 */
final class ClaimFields {
  private static final String CREATED = "coalesce(r.production_date, r.payment_date)";

  private ClaimFields() {}

  static Stream<SearchField> claim() {
    return Stream.of(
        SearchFields.reference("patient", "Patient", "Claim-patient", "c.patient_id"),
        SearchField.standard(
            "identifier",
            TOKEN,
            "Claim-identifier",
            "The patient control number (CLM01); it has no system",
            values -> SearchFields.withoutSystem(values, "c.patient_control_number")),
        SearchField.standard(
            "created",
            DATE,
            "Claim-created",
            "Day on which the submission was made (BHT04)",
            values -> SearchFields.days(values, "s.submitted_on")));
  }

  static Stream<SearchField> explanationOfBenefit() {
    String type = "ExplanationOfBenefit";
    return Stream.of(
        SearchFields.reference(
            "patient", "Patient", "ExplanationOfBenefit-patient", "c.patient_id"),
        claimNumber("ExplanationOfBenefit-identifier"),
        controlNumber("claim", "ExplanationOfBenefit-claim"),
        SearchFields.day("created", "ExplanationOfBenefit-created", CREATED),
        SearchField.ours(
            "payment-date",
            DATE,
            "explanation-of-benefit-payment-date",
            "Date of the check or transfer (ExplanationOfBenefit.payment.date)",
            ClaimFields::paymentDate),
        status(type, "http://hl7.org/fhir/explanationofbenefit-status"),
        SearchField.ours(
            "insurer",
            REFERENCE,
            "explanation-of-benefit-insurer",
            "Who decided on the claim (ExplanationOfBenefit.insurer)",
            values -> SearchFields.references(values, "Organization", "r.payer_id")),
        SearchFields.reference(
            "provider", "Organization", "ExplanationOfBenefit-provider", "r.payee_id"));
  }

  static Stream<SearchField> claimResponse() {
    String type = "ClaimResponse";
    return Stream.of(
        SearchFields.reference("patient", "Patient", "ClaimResponse-patient", "c.patient_id"),
        claimNumber("ClaimResponse-identifier"),
        controlNumber("request", "ClaimResponse-request"),
        SearchFields.day("created", "ClaimResponse-created", CREATED),
        SearchField.standard(
            "payment-date",
            DATE,
            "ClaimResponse-payment-date",
            "Date of the check or transfer",
            ClaimFields::paymentDate),
        status(type, "http://hl7.org/fhir/fm-status"),
        SearchFields.reference("insurer", "Organization", "ClaimResponse-insurer", "r.payer_id"),
        SearchFields.reference(
            "requestor", "Organization", "ClaimResponse-requestor", "r.payee_id"));
  }

  static Stream<SearchField> paymentReconciliation() {
    return Stream.of(
        SearchField.ours(
            "posting-state",
            TOKEN,
            "payment-reconciliation-posting-state",
            "Where the check is on its way into the books",
            BookFields::postingState),
        SearchField.ours(
            "identifier",
            TOKEN,
            "payment-reconciliation-identifier",
            "Number of the check or transfer (PaymentReconciliation.paymentIdentifier)",
            values -> SearchFields.withoutSystem(values, "r.trace_number")),
        SearchFields.reference(
            "payment-issuer", "Organization", "PaymentReconciliation-payment-issuer", "r.payer_id"),
        SearchFields.reference(
            "requestor", "Organization", "PaymentReconciliation-requestor", "r.payee_id"),
        SearchFields.day("created", "PaymentReconciliation-created", CREATED),
        SearchField.ours(
            "payment-date",
            DATE,
            "payment-reconciliation-payment-date",
            "Date of the check or transfer (PaymentReconciliation.paymentDate)",
            values -> SearchFields.days(values, "r.payment_date")),
        SearchField.standard(
            "status",
            TOKEN,
            "PaymentReconciliation-status",
            "All are active",
            values -> BookFields.always(values, "http://hl7.org/fhir/fm-status")));
  }

  /** A predetermination (CLP02 25) says what would be paid: it has no payment. */
  private static Condition paymentDate(SearchValues values) {
    return SearchFields.days(values, "r.payment_date").and(Condition.of("c.status <> '25'"));
  }

  private static SearchField claimNumber(String definition) {
    return SearchField.standard(
        "identifier",
        TOKEN,
        definition,
        "The payer's claim control number (CLP07); it has no system",
        values -> SearchFields.withoutSystem(values, "c.payer_claim_control_number"));
  }

  /** The claim that was submitted is known by its number alone. */
  private static SearchField controlNumber(String name, String definition) {
    return SearchField.standard(
        name,
        REFERENCE,
        definition,
        "With the modifier :identifier only: the patient control number (CLP01)",
        values -> SearchFields.withoutSystem(values.identifiers(), "c.patient_control_number"));
  }

  private static SearchField status(String type, String system) {
    return SearchField.standard(
        "status",
        TOKEN,
        type + "-status",
        "active, or cancelled where it is a reversal (CLP02 22)",
        values -> {
          List<Condition> conditions = new ArrayList<>();
          for (SearchValues.Token token : values.tokens()) {
            if (SearchFields.is(token, system, "active")) {
              conditions.add(Condition.of("c.status <> '22'"));
            }
            if (SearchFields.is(token, system, "cancelled")) {
              conditions.add(Condition.of("c.status = '22'"));
            }
          }
          return Condition.any(conditions);
        });
  }
}
