package org.openrcm.fhir;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.CodeList;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimParties;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.ServicePayment;

/**
 * What the ExplanationOfBenefit and the ClaimResponse of one claim say alike, worked out once: ids
 * of those it names, kind of claim, dates, adjudications and totals.
 *
 * @param id of both resources
 * @param priorClaims the payer's numbers of earlier forms of this claim: REF*F8, and CLP07 of the
 *     reversal before it
 * @param parties everybody it names
 * @param decisions of the claim
 * @param lineDecisions of each line
 * @param joined the claim of the 837 that it answers, null where none is known
 * @param categories what the adjustments of claim and lines come to, by category
 */
record ClaimView(
    RemittanceView check,
    ClaimPayment claim,
    String id,
    Iterable<String> priorClaims,
    ClaimParties parties,
    Reference patientReference,
    List<Decision> decisions,
    List<List<Decision>> lineDecisions,
    @Nullable Joined joined,
    Map<String, Money> categories) {

  private static final CodeList STATUS = CodeList.load("claim-status");
  private static final CodeableConcept PAID = status("paid");
  private static final CodeableConcept DENIED = status("denied");
  private static final CodeableConcept PARTIALLY_PAID = status("partiallypaid");

  private static CodeableConcept status(String code) {
    return Elements.concept(Systems.C4BB_STATUS, code);
  }

  static ClaimView of(
      RemittanceView check,
      ClaimPayment claim,
      String id,
      @Nullable String priorClaimNumber,
      @Nullable BilledView billed) {
    ClaimParties parties = ClaimParties.of(claim, check.payerId());
    Joined joined = billed == null ? null : Joined.of(check.remittance(), claim, parties, billed);
    return new ClaimView(
        check,
        claim,
        id,
        priorClaims(claim, priorClaimNumber),
        parties,
        joined == null
            ? Elements.reference("Patient", parties.patientId())
            : joined.billed().patient(),
        decisions(claim, check),
        claim.lines().stream().map(line -> Decision.of(line, check)).toList(),
        joined,
        categories(claim));
  }

  /** The coverage as the payer has it: that of the 837 where the payer says nothing else of it. */
  Reference coverage() {
    return joined != null && joined.agrees()
        ? joined.coverage().reference()
        : Elements.reference("Coverage", coverageId());
  }

  /** The id of the coverage as the 835 tells it. */
  String coverageId() {
    return known(parties.coverageId());
  }

  /** An id of something of the 835 that says whose it is, where that is the 837's patient. */
  String known(String id) {
    return joined == null ? id : ContentId.of("joined", id, joined.billed().patientId());
  }

  /** The claim as billed: by its number (CLP01), and itself where it is known. */
  Reference request() {
    Reference reference = joined == null ? new Reference() : joined.billed().self();
    reference.setType("Claim");
    reference.setIdentifier(Elements.identifier(null, claim.patientControlNumber()));
    return reference;
  }

  private static Iterable<String> priorClaims(ClaimPayment claim, @Nullable String number) {
    TreeSet<String> numbers = new TreeSet<>();
    if (number != null) {
      numbers.add(number);
    }
    for (var reference : claim.references()) {
      if (reference.qualifier().equals("F8")) {
        numbers.add(reference.value());
      }
    }
    return numbers;
  }

  private static List<Decision> decisions(ClaimPayment claim, RemittanceView check) {
    List<Decision> decisions = new ArrayList<>();
    Decision.adjustments(claim.adjustments(), check.amounts(), decisions);
    Decision.amounts(claim.amounts(), "AU", check.amounts(), decisions);
    for (Outcome outcome : outcomes(claim)) {
      for (String remark : outcome.remarks()) {
        decisions.add(Decision.remark(remark, check.elements()));
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

  /** CLP02, as a code of X12's own where it is none of those that the 835 guide has. */
  Extension status() {
    String system =
        STATUS.row(claim.status(), null).isPresent() ? Systems.CLAIM_STATUS : Systems.x12(1029);
    Coding coding = Elements.coding(system, claim.status());
    return new Extension(Systems.CLAIM_STATUS_EXTENSION, coding);
  }

  /** What CLP02 means, in plain words. */
  @Nullable String disposition() {
    return STATUS.words(claim.status(), null).orElse(null);
  }

  /** The kind of claim, as far as the 835 tells it. */
  CodeableConcept type() {
    if (isInstitutional()) {
      return check.elements().code(Systems.CLAIM_TYPE, "institutional");
    }
    if (claim.lines().isEmpty()) {
      return Elements.absent(new CodeableConcept());
    }
    String type =
        switch (claim.lines().get(0).procedure().qualifier()) {
          case "AD" -> "oral";
          case "N4", "N6" -> "pharmacy";
          default -> "professional";
        };
    return check.elements().code(Systems.CLAIM_TYPE, type);
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

  /** The day on which the payer decided. */
  @Nullable LocalDate created() {
    return check.decided();
  }

  /** The id of the one who gave the services (NM1*82), where the 837 does not name them. */
  @Nullable String renderingId() {
    String id = parties.renderingId();
    if (id == null || joined == null) {
      return id;
    }
    Person rendering = parties.rendering();
    boolean named =
        rendering != null
            && joined.billed().team().stream()
                .map(carer -> carer.named().person())
                .anyMatch(person -> Objects.equals(person.id(), rendering.id()));
    return named ? null : known(id);
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

  /** Each category's sum over claim and lines; memberliability is the sum of all PR. */
  void totals(BiConsumer<CodeableConcept, org.hl7.fhir.r4.model.Money> to) {
    to.accept(Decision.SUBMITTED, check.money(claim.charged()));
    to.accept(Decision.BENEFIT, check.money(claim.paid()));
    categories.forEach((code, sum) -> to.accept(Decision.category(code), check.money(sum)));
    to.accept(Decision.MEMBER_LIABILITY, check.money(claim.adjustedToPatient()));
  }

  private static Map<String, Money> categories(ClaimPayment claim) {
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
  CodeableConcept paymentStatus() {
    boolean denied = false;
    boolean shared = false;
    for (Map.Entry<String, Money> entry : categories.entrySet()) {
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
      return PAID;
    }
    return claim.paid().isZero() && !shared ? DENIED : PARTIALLY_PAID;
  }
}
