package org.openrcm.fhir;

import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Portrait;
import org.openrcm.account.Seen;

/** The people and coverages of an account, contained in it. */
final class AccountParties {
  static final String ROLES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

  private AccountParties() {}

  static Patient patient(Portrait portrait) {
    Seen.Person person = portrait.patient();
    Patient patient = new Patient();
    patient.setId("patient");
    patient.addName(name(person));
    if (person.phone() != null) {
      patient.addTelecom(point(ContactPointSystem.PHONE, person.phone()));
    }
    if (portrait.email() != null) {
      patient.addTelecom(point(ContactPointSystem.EMAIL, portrait.email()));
    }
    if (person.sex() != null) {
      patient.setGender(gender(person.sex()));
    }
    if (person.birthDate() != null) {
      patient.setBirthDateElement(new DateType(person.birthDate().toString()));
    }
    Address address = address(person);
    if (!address.isEmpty()) {
      patient.addAddress(address);
    }
    return patient;
  }

  /**
   * Who pays what insurers do not.
   *
   * @param relationship to the patient: SPOUSE, PARENT, PARTNER, OTHER
   */
  static RelatedPerson guarantor(
      Seen.Person person, @Nullable String relationship, Reference patient) {
    RelatedPerson guarantor = new RelatedPerson();
    guarantor.setId("guarantor");
    guarantor.setPatient(patient);
    CodeableConcept role = role(relationship);
    if (role != null) {
      guarantor.addRelationship(role);
    }
    guarantor.addName(name(person));
    if (person.phone() != null) {
      guarantor.addTelecom(point(ContactPointSystem.PHONE, person.phone()));
    }
    if (person.birthDate() != null) {
      guarantor.setBirthDateElement(new DateType(person.birthDate().toString()));
    }
    Address address = address(person);
    if (!address.isEmpty()) {
      guarantor.addAddress(address);
    }
    return guarantor;
  }

  private static @Nullable CodeableConcept role(@Nullable String relationship) {
    return switch (relationship == null ? "" : relationship) {
      case "SPOUSE" -> Elements.concept(ROLES, "SPS");
      case "PARENT" -> Elements.concept(ROLES, "PRN");
      case "PARTNER" -> Elements.concept(ROLES, "DOMPART");
      default -> null;
    };
  }

  static Coverage coverage(Portrait.Insured insured, String id, Reference patient) {
    Seen.SeenCoverage said = insured.said();
    Coverage coverage = new Coverage();
    coverage.setId(id);
    memberNumbers(insured, coverage);
    coverage.setStatus(
        insured.endedOn() == null
            ? Coverage.CoverageStatus.ACTIVE
            : Coverage.CoverageStatus.CANCELLED);
    if (said.filingIndicator() != null) {
      coverage.setType(Elements.concept(Systems.x12(1032), said.filingIndicator()));
    }
    if ("18".equals(said.relationship())) {
      coverage.setSubscriber(patient);
    } else if (said.subscriberName() != null) {
      coverage.setSubscriber(new Reference().setDisplay(said.subscriberName()));
    }
    coverage.setBeneficiary(patient);
    if (said.relationship() != null) {
      coverage.setRelationship(BilledCoverage.relationship(said.relationship()));
    }
    if (insured.endedOn() != null) {
      Period period = new Period();
      period.setEndElement(new DateTimeType(insured.endedOn().toString()));
      coverage.setPeriod(period);
    }
    coverage.addPayor(payor(said));
    BilledCoverage.group(said.group(), said.groupName(), coverage);
    return coverage;
  }

  /** By the payer's word where it has one; what claims say then stands beside it. */
  private static void memberNumbers(Portrait.Insured insured, Coverage coverage) {
    String said = insured.said().memberId();
    String payers = insured.payersMemberId();
    if (payers != null) {
      coverage.setSubscriberId(payers);
    } else if (said != null) {
      coverage.setSubscriberId(said);
    }
    if (said != null && payers != null && !said.equals(payers)) {
      coverage.addIdentifier(Parties.typed(Elements.identifier(null, said), "MB"));
    }
  }

  private static Reference payor(Seen.SeenCoverage said) {
    Reference payor = new Reference();
    if (said.payerName() == null && said.payerId() == null) {
      return Elements.absent(payor);
    }
    payor.setType("Organization");
    if (said.payerId() != null) {
      payor.setIdentifier(Elements.identifier(null, said.payerId()));
    }
    if (said.payerName() != null) {
      payor.setDisplay(said.payerName());
    }
    return payor;
  }

  private static HumanName name(Seen.Person person) {
    HumanName name =
        Parties.name(person.lastName(), person.firstName(), person.middleName(), person.suffix());
    return name.isEmpty() ? Elements.absent(name) : name;
  }

  private static Address address(Seen.Person person) {
    Address address = new Address();
    person.addressLines().forEach(address::addLine);
    address.setCity(person.city());
    address.setState(person.state());
    address.setPostalCode(person.postalCode());
    address.setCountry(person.country());
    return address;
  }

  private static ContactPoint point(ContactPointSystem system, String value) {
    return new ContactPoint().setSystem(system).setValue(value);
  }

  private static AdministrativeGender gender(String sex) {
    return switch (sex) {
      case "F" -> AdministrativeGender.FEMALE;
      case "M" -> AdministrativeGender.MALE;
      default -> AdministrativeGender.UNKNOWN;
    };
  }
}
