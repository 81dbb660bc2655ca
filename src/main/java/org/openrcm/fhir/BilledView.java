package org.openrcm.fhir;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimKind;
import org.openrcm.claim.Named;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.claim.Submission;

/**
 * What all resources of a claim as billed say alike, worked out once: ids of all it names, those
 * who care, its kind and its days.
 *
 * @param id of the Claim
 * @param source of all its resources, but for the segment's number
 * @param coverages in the order of payment; one of them is the one billed
 * @param team those who care, each in each role once, of the claim first and then of lines
 */
record BilledView(
    Submission submission,
    Claim claim,
    Amounts amounts,
    String id,
    String source,
    String patientId,
    String billingId,
    List<BilledCoverage> coverages,
    List<Carer> team) {

  /**
   * Somebody who cares in a role.
   *
   * @param line index of the line that names them, -1 when the claim does
   */
  record Carer(Named named, String id, int line) {
    String role() {
      return named.person().entity();
    }

    boolean isPerson() {
      return !named.person().organization();
    }

    Reference reference() {
      return Elements.reference(isPerson() ? "Practitioner" : "Organization", id);
    }
  }

  static BilledView of(Submission submission, Claim claim, Elements elements) {
    String patientId = BilledIds.patient(claim);
    return new BilledView(
        submission,
        claim,
        Amounts.in(claim.billing().currency(), elements),
        BilledIds.claim(submission, claim),
        Source.prefix(submission.source()),
        patientId,
        BilledIds.billing(claim.billing()),
        BilledCoverage.of(claim, patientId),
        team(claim));
  }

  private static List<Carer> team(Claim claim) {
    List<Carer> team = new ArrayList<>();
    for (Named provider : claim.providers()) {
      carer(provider, -1, team);
    }
    for (int i = 0; i < claim.lines().size(); i++) {
      for (Named provider : claim.lines().get(i).providers()) {
        carer(provider, i, team);
      }
    }
    return List.copyOf(team);
  }

  private static void carer(Named provider, int line, List<Carer> team) {
    if (!isPlace(provider)) {
      team.add(new Carer(provider, BilledIds.party(provider), line));
    }
  }

  /** Where services are given (77), and where a ride begins (PW) and ends (45). */
  static boolean isPlace(Named named) {
    return switch (named.person().entity()) {
      case "77", "PW", "45" -> true;
      default -> false;
    };
  }

  Elements elements() {
    return amounts.elements();
  }

  Reference patient() {
    return Elements.reference("Patient", patientId);
  }

  Reference self() {
    return Elements.reference("Claim", id);
  }

  /** The coverage that the claim is billed to. */
  BilledCoverage focal() {
    return coverages.stream().filter(BilledCoverage::isFocal).findFirst().orElseThrow();
  }

  /** 2010AA. */
  Reference billing() {
    Person person = claim.billing().provider().person();
    return Elements.reference(person.organization() ? "Organization" : "Practitioner", billingId);
  }

  String type() {
    return switch (submission.kind()) {
      case PROFESSIONAL -> "professional";
      case INSTITUTIONAL -> "institutional";
      case DENTAL -> "oral";
    };
  }

  boolean isInstitutional() {
    return submission.kind() == ClaimKind.INSTITUTIONAL;
  }

  boolean isOral() {
    return submission.kind() == ClaimKind.DENTAL;
  }

  /**
   * Whether the type of bill is one of a stay: inpatient and swing bed of hospitals, skilled
   * nursing and religious institutions, intermediate and residential care.
   */
  boolean isInpatient() {
    if (!isInstitutional() || claim.facilityType() == null) {
      return false;
    }
    return switch (claim.facilityType()) {
      case "11", "18", "21", "28", "41", "65", "66", "86" -> true;
      default -> false;
    };
  }

  /** Inpatient or outpatient, of an institutional claim; null otherwise. */
  @Nullable CodeableConcept subType() {
    if (!isInstitutional()) {
      return null;
    }
    return elements().code(Systems.C4BB_SUBTYPE, isInpatient() ? "inpatient" : "outpatient");
  }

  /** First and last day: the statement's (DTP*434), else of the lines; may hold nulls. */
  @Nullable LocalDate[] period() {
    Period statement = claim.period("434");
    if (statement != null && statement.start() != null) {
      return new @Nullable LocalDate[] {statement.start(), statement.last()};
    }
    LocalDate start = null;
    LocalDate end = null;
    for (ServiceLine line : claim.lines()) {
      Period served = line.period("472");
      if (served == null || served.start() == null) {
        continue;
      }
      LocalDate first = served.start();
      LocalDate last = Objects.requireNonNullElse(served.last(), first);
      start = start == null || first.isBefore(start) ? first : start;
      end = end == null || last.isAfter(end) ? last : end;
    }
    return new @Nullable LocalDate[] {start, end};
  }

  /**
   * When the submitter made the transaction set (BHT04, BHT05), taken as UTC since X12 knows no
   * zones: what is said here is as of then. Null when not sent.
   */
  @Nullable InstantType asOf() {
    LocalDate day = submission.date();
    if (day == null) {
      return null;
    }
    LocalTime time = submission.time() == null ? LocalTime.MIDNIGHT : submission.time();
    return instant(day, time);
  }

  static InstantType instant(LocalDate day, LocalTime time) {
    return new InstantType(
        day + "T" + time.format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME) + "Z");
  }
}
