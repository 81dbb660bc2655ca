package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Named;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.PlanMembership;

/**
 * A coverage that a claim names: 2000B, the one billed, or 2320, another.
 *
 * @param id of the Coverage
 * @param relationship X12 code of the patient's relationship to the subscriber, null when not sent
 * @param subscriber who holds it, null where that is the patient
 * @param subscriberId id of the subscriber's resource, null where that is the patient
 * @param memberNumber the subscriber's (NM109)
 * @param payerId of the payer's Organization, null where none is named
 * @param other null for the one billed
 */
record BilledCoverage(
    String id,
    PlanMembership membership,
    @Nullable String relationship,
    @Nullable Named subscriber,
    @Nullable String subscriberId,
    @Nullable String memberNumber,
    @Nullable Named payer,
    @Nullable String payerId,
    @Nullable OtherCoverage other) {

  private static final String SELF = "18";
  private static final String RELATIONSHIPS =
      "http://terminology.hl7.org/CodeSystem/subscriber-relationship";
  private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/coverage-class";

  /** Whether it is the coverage that the claim is billed to. */
  boolean isFocal() {
    return other == null;
  }

  /** All coverages of a claim, in the order in which their payers pay (SBR01). */
  static List<BilledCoverage> of(Claim claim, String patientId) {
    List<BilledCoverage> coverages = new ArrayList<>();
    coverages.add(billed(claim, patientId));
    for (OtherCoverage other : claim.otherCoverages()) {
      coverages.add(other(other, patientId));
    }
    // stable: those of unknown order stay as they were sent, the one billed first
    coverages.sort(Comparator.comparingInt(coverage -> rank(coverage.membership().sequence())));
    return List.copyOf(coverages);
  }

  private static int rank(@Nullable String sequence) {
    if (sequence == null || sequence.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    int rank = "PSTABCDEFGH".indexOf(sequence.charAt(0));
    return rank < 0 ? Integer.MAX_VALUE : rank;
  }

  private static BilledCoverage billed(Claim claim, String patientId) {
    var dependent = claim.patient();
    boolean self = dependent == null;
    String relationship = dependent == null ? SELF : dependent.facts().relationship();
    Named insured = claim.subscriber().person();
    return of(
        patientId,
        claim.subscriber().membership(),
        relationship,
        insured,
        self && !insured.person().organization(),
        claim.subscriber().payer(),
        null);
  }

  private static BilledCoverage other(OtherCoverage other, String patientId) {
    String relationship = other.membership().relationship();
    Named insured = other.subscriber();
    boolean self =
        insured == null || (SELF.equals(relationship) && !insured.person().organization());
    return of(patientId, other.membership(), relationship, insured, self, other.payer(), other);
  }

  private static BilledCoverage of(
      String patientId,
      PlanMembership membership,
      @Nullable String relationship,
      @Nullable Named insured,
      boolean self,
      @Nullable Named payer,
      @Nullable OtherCoverage other) {
    String payerId = payer == null ? null : BilledIds.payer(payer);
    Named subscriber = self ? null : insured;
    return new BilledCoverage(
        BilledIds.coverage(patientId, membership, relationship, insured, payerId),
        membership,
        relationship,
        subscriber,
        subscriber == null
            ? null
            : subscriber.person().organization()
                ? BilledIds.party(subscriber)
                : BilledIds.subscriber(subscriber, relationship, patientId),
        insured == null ? null : insured.person().id(),
        payer,
        payerId,
        other);
  }

  /** Whether this payer is the one that a check names so. */
  boolean isOf(@Nullable String payerName, List<String> payerIds) {
    Person person = payer == null ? null : payer.person();
    if (person == null) {
      return false;
    }
    String name = person.lastName();
    return (person.id() != null && payerIds.contains(person.id()))
        || (name != null && name.equalsIgnoreCase(payerName));
  }

  Reference reference() {
    return Elements.reference("Coverage", id);
  }

  Coverage toResource(Reference patient) {
    Coverage coverage = new Coverage();
    coverage.setStatus(Coverage.CoverageStatus.ACTIVE);
    type(coverage);
    if (subscriber != null && subscriberId != null) {
      if (subscriber.person().organization()) {
        coverage.setPolicyHolder(Elements.reference("Organization", subscriberId));
      } else {
        coverage.setSubscriber(Elements.reference("RelatedPerson", subscriberId));
      }
    } else {
      coverage.setSubscriber(patient);
    }
    if (memberNumber != null) {
      coverage.setSubscriberId(memberNumber);
    }
    coverage.setBeneficiary(patient);
    if (relationship != null) {
      coverage.setRelationship(relationship(relationship));
    }
    coverage.addPayor(
        payerId == null
            ? Elements.absent(new Reference())
            : Elements.reference("Organization", payerId));
    group(membership.group(), membership.groupName(), coverage);
    return coverage;
  }

  /** SBR09 and SBR05. */
  private void type(Coverage coverage) {
    CodeableConcept type = new CodeableConcept();
    if (membership.filingIndicator() != null) {
      type.addCoding(Elements.coding(Systems.x12(1032), membership.filingIndicator()));
    }
    if (membership.insuranceType() != null) {
      type.addCoding(Elements.coding(Systems.x12(1336), membership.insuranceType()));
    }
    if (!type.isEmpty()) {
      coverage.setType(type);
    }
  }

  /** FHIR knows fewer relationships than X12; X12's code is the text of any other. */
  static CodeableConcept relationship(String code) {
    String known =
        switch (code) {
          case "18" -> "self";
          case "01" -> "spouse";
          case "19" -> "child";
          default -> "other";
        };
    CodeableConcept concept = Elements.concept(RELATIONSHIPS, known);
    return known.equals("other") ? concept.setText(code) : concept;
  }

  /** Number and name of the group, as far as they are known. */
  static void group(@Nullable String number, @Nullable String name, Coverage coverage) {
    if (number == null && name == null) {
      return;
    }
    Coverage.ClassComponent group = coverage.addClass_();
    group.setType(Elements.concept(CLASSES, "group"));
    if (number != null) {
      group.setValue(number);
    } else {
      group.setValueElement(Elements.absent(new StringType()));
    }
    if (name != null) {
      group.setName(name);
    }
  }
}
