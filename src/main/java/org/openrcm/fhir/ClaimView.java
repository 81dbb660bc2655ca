package org.openrcm.fhir;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.Adjustment;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Dated;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.Person;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.ServicePayment;

/**
 * What the ExplanationOfBenefit and the ClaimResponse of one claim say alike, worked out once: ids
 * of those it names, kind of claim, dates, adjudications and totals.
 *
 * @param id of both resources
 * @param priorClaimNumber CLP07 of the reversal that this claim corrects, if it stood before it
 */
record ClaimView(
    Remittance remittance,
    ClaimPayment claim,
    String id,
    @Nullable String priorClaimNumber,
    String payerId,
    String payeeId,
    Person patient,
    String patientId,
    @Nullable String subscriberPatientId,
    String coverageId,
    @Nullable String renderingId,
    List<Decision> decisions) {

  private static final Person NOBODY =
      new Person("QC", false, null, null, null, null, null, null);

  static ClaimView of(
      Remittance remittance, ClaimPayment claim, String id, @Nullable String priorClaimNumber) {
    String payerId = Parties.payerId(remittance);
    Person insured = claim.person("IL");
    Person patient = claim.person("QC");
    if (patient == null) {
      patient = insured == null ? NOBODY : insured;
    }
    Person corrected = claim.person("74");
    // NM1*74 corrects the subscriber where one is named apart from the patient
    boolean correctsInsured = insured != null && corrected != null && corrected.id() != null;
    String patientId = Parties.patientId(patient, correctsInsured ? null : corrected, payerId);
    String subscriber =
        insured == null
            ? null
            : Parties.patientId(insured, correctsInsured ? corrected : null, payerId);
    Person rendering = claim.person("82");
    String coverageId =
        ContentId.of("coverage", patientId, subscriber, payerId, claim.filingIndicator());
    return new ClaimView(
        remittance,
        claim,
        id,
        priorClaimNumber,
        payerId,
        Parties.payeeId(remittance),
        patient,
        patientId,
        subscriber,
        coverageId,
        rendering == null ? null : Parties.providerId(rendering),
        decisions(claim));
  }

  private static List<Decision> decisions(ClaimPayment claim) {
    List<Decision> decisions = new ArrayList<>();
    Decision.adjustments(claim.adjustments(), decisions);
    Decision.amounts(claim.amounts(), "AU", decisions);
    for (Outcome outcome : outcomes(claim)) {
      for (String remark : outcome.remarks()) {
        decisions.add(Decision.remark(Systems.RARC, remark));
      }
    }
    return decisions;
  }

  static List<Outcome> outcomes(ClaimPayment claim) {
    List<Outcome> outcomes = new ArrayList<>(2);
    if (claim.inpatient() != null) {
      outcomes.add(claim.inpatient());
    }
    if (claim.outpatient() != null) {
      outcomes.add(claim.outpatient());
    }
    return outcomes;
  }

  boolean correctsInsured() {
    Person corrected = claim.person("74");
    return claim.person("IL") != null && corrected != null && corrected.id() != null;
  }

  /** The kind of claim, as far as the 835 tells it; null where it does not. */
  @Nullable String type() {
    if (isInstitutional()) {
      return "institutional";
    }
    if (claim.lines().isEmpty()) {
      return null;
    }
    return switch (claim.lines().get(0).procedure().qualifier()) {
      case "AD" -> "oral";
      case "N4", "N6" -> "pharmacy";
      default -> "professional";
    };
  }

  boolean isInstitutional() {
    if (claim.inpatient() != null || claim.drg() != null) {
      return true;
    }
    for (ServicePayment line : claim.lines()) {
      if (line.revenueCode() != null || line.procedure().qualifier().equals("NU")) {
        return true;
      }
    }
    return false;
  }

  /** The day on which the payer decided: DTM*405, else BPR16. */
  @Nullable LocalDate created() {
    LocalDate produced = remittance.productionDate();
    return produced == null ? remittance.payment().date() : produced;
  }

  /** First and last day of service: DTM*232 and 233, else the lines' own; may hold nulls. */
  @Nullable LocalDate[] period() {
    LocalDate start = date(claim.dates(), "232");
    LocalDate end = date(claim.dates(), "233");
    if (start == null && end == null) {
      for (ServicePayment line : claim.lines()) {
        for (Dated dated : line.dates()) {
          LocalDate day = dated.date();
          start = start == null || day.isBefore(start) ? day : start;
          end = end == null || day.isAfter(end) ? day : end;
        }
      }
    }
    return new @Nullable LocalDate[] {start, end};
  }

  static @Nullable LocalDate date(List<Dated> dates, String qualifier) {
    for (Dated dated : dates) {
      if (dated.qualifier().equals(qualifier)) {
        return dated.date();
      }
    }
    return null;
  }

  /** Category to sum, over claim and lines; memberliability is the sum of all PR. */
  Map<CodeableConcept, Money> totals() {
    Map<CodeableConcept, Money> totals = new LinkedHashMap<>();
    totals.put(Decision.SUBMITTED, claim.charged());
    totals.put(Decision.BENEFIT, claim.paid());
    byCategory().forEach((code, sum) -> totals.put(Decision.category(code), sum));
    totals.put(Decision.MEMBER_LIABILITY, claim.adjustedToPatient());
    return totals;
  }

  private Map<String, Money> byCategory() {
    Map<String, Money> sums = new LinkedHashMap<>();
    add(claim.adjustments(), sums);
    claim.lines().forEach(line -> add(line.adjustments(), sums));
    return sums;
  }

  private static void add(List<Adjustment> adjustments, Map<String, Money> into) {
    for (Adjustment adjustment : adjustments) {
      into.merge(Decision.categoryCode(adjustment), adjustment.amount(), Money::plus);
    }
  }

  /**
   * {@code paid}, {@code denied} or {@code partiallypaid}, of C4BB's payment status codes. A claim
   * that pays nothing because the patient's deductible or share takes all of it is not denied.
   */
  String paymentStatus() {
    boolean denied = false;
    boolean shared = false;
    for (Map.Entry<String, Money> entry : byCategory().entrySet()) {
      boolean any = !entry.getValue().isZero();
      switch (entry.getKey()) {
        case "noncovered" -> denied |= any;
        case "deductible", "coinsurance", "copay", "priorpayerpaid" -> shared |= any;
        default -> {
          // a discount says nothing about a denial
        }
      }
    }
    if (!denied) {
      return "paid";
    }
    return claim.paid().isZero() && !shared ? "denied" : "partiallypaid";
  }
}
