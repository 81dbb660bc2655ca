package org.openrcm.fhir;

import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.remittance.ClaimParties;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.Remittance;

/**
 * Payers, payees, patients, subscribers, providers and coverages of an 835; their ids are in {@link
 * org.openrcm.remittance.Identities}.
 */
final class Parties {
  private static final CodeableConcept PAYER =
      Elements.concept("http://terminology.hl7.org/CodeSystem/organization-type", "pay");
  private static final CodeableConcept PROVIDER =
      Elements.concept("http://terminology.hl7.org/CodeSystem/organization-type", "prov");

  private Parties() {}

  /** Loop 1000A, with BPR10 as one more identifier. */
  static Organization payer(Remittance remittance) {
    Organization payer = organization(remittance.payer());
    String originator = remittance.payment().originatorId();
    if (originator != null) {
      payer.addIdentifier(typed(Elements.identifier(null, originator), "XX"));
    }
    payer.addType(PAYER);
    return payer;
  }

  /** Loop 1000B; RDM, how it wants its remittances, is one more contact. */
  static Organization payee(Remittance remittance) {
    Organization payee = organization(remittance.payee());
    payee.addType(PROVIDER);
    Party.Delivery delivery = remittance.payee().delivery();
    if (delivery != null) {
      payee.addContact(Contacts.delivery(delivery));
    }
    return payee;
  }

  private static Organization organization(Party party) {
    Organization organization = new Organization();
    String id = party.id();
    if (id != null) {
      organization.addIdentifier(identifier(66, party.idQualifier(), id));
    }
    for (org.openrcm.billing.Reference reference : party.references()) {
      organization.addIdentifier(identifier(128, reference.qualifier(), reference.value()));
    }
    organization.setActive(true);
    String name = party.name();
    if (name != null) {
      organization.setName(name);
    } else if (id == null) {
      organization.setNameElement(Elements.absent(new StringType()));
    }
    org.openrcm.billing.Address address = party.address();
    if (address != null) {
      organization.addAddress(address(address));
    }
    for (Contact contact : party.contacts()) {
      organization.addContact(Contacts.contact(contact));
    }
    return organization;
  }

  static Address address(org.openrcm.billing.Address from) {
    Address address = new Address();
    from.lines().forEach(address::addLine);
    address.setCity(from.city());
    // N407 is for countries other than those whose states N402 has codes for
    address.setState(from.state() == null ? from.subdivision() : from.state());
    address.setPostalCode(from.postalCode());
    address.setCountry(from.country());
    return address;
  }

  /**
   * NM1*QC or IL, with NM1*74 as the name that the payer has.
   *
   * @param corrected NM1*74, or null
   * @param payerId of the payer whose member number it is, empty when not known
   */
  static Patient patient(Person person, @Nullable Person corrected, String payerId) {
    Patient patient = new Patient();
    memberId(patient, corrected, payerId);
    if (corrected == null || !same(corrected.id(), person.id())) {
      memberId(patient, person, payerId);
    }
    boolean renamed = corrected != null && corrected.lastName() != null;
    if (renamed && corrected != null) {
      patient.addName(name(corrected).setUse(HumanName.NameUse.OFFICIAL));
    }
    if (person.lastName() != null || person.firstName() != null) {
      patient.addName(
          name(person).setUse(renamed ? HumanName.NameUse.OLD : HumanName.NameUse.OFFICIAL));
    }
    if (!patient.hasName() && !patient.hasIdentifier()) {
      patient.addName(Elements.absent(new HumanName()));
    }
    return patient;
  }

  static boolean same(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }

  private static void memberId(Patient patient, @Nullable Person person, String payerId) {
    String id = person == null ? null : person.id();
    if (id == null || person == null) {
      return;
    }
    Identifier identifier =
        "34".equals(person.idQualifier())
            ? typed(Elements.identifier(Systems.SSN, id), "SS")
            : typed(Elements.identifier(null, id), memberType(person.idQualifier()));
    if (!payerId.isEmpty()) {
      identifier.setAssigner(Elements.reference("Organization", payerId));
    }
    patient.addIdentifier(identifier);
  }

  private static String memberType(@Nullable String qualifier) {
    if (qualifier == null) {
      return "MB";
    }
    return switch (qualifier) {
      case "HN" -> "MC";
      case "MR" -> "MA";
      default -> "MB";
    };
  }

  /** Who holds a policy: a Patient, or an Organization where a company does. */
  static Resource policyHolder(ClaimParties.Insured insured) {
    Person person = insured.person();
    Person corrected = insured.corrected();
    if (!person.organization()) {
      return patient(person, corrected, insured.payerId());
    }
    Organization now = organization(corrected == null ? person : corrected);
    if (corrected != null) {
      organization(person).getIdentifier().forEach(now::addIdentifier);
      now.addAlias(person.lastName());
    }
    return now;
  }

  static HumanName name(Person person) {
    return name(person.lastName(), person.firstName(), person.middleName(), person.suffix());
  }

  /** A name of what of it is known, which may be nothing. */
  static HumanName name(
      @Nullable String last,
      @Nullable String first,
      @Nullable String middle,
      @Nullable String suffix) {
    HumanName name = new HumanName();
    if (last != null) {
      name.setFamily(last);
    }
    if (first != null) {
      name.addGiven(first);
    }
    if (middle != null) {
      name.addGiven(middle);
    }
    if (suffix != null) {
      name.addSuffix(suffix);
    }
    return name;
  }

  /** NM1*82 as a person. */
  static Practitioner practitioner(Person person) {
    Practitioner practitioner = new Practitioner();
    if (person.id() != null) {
      practitioner.addIdentifier(identifier(66, person.idQualifier(), person.id()));
    }
    practitioner.addName(
        person.lastName() == null ? Elements.absent(new HumanName()) : name(person));
    return practitioner;
  }

  /** Any NM1 that names an organisation: a provider, or another payer. */
  static Organization organization(Person person) {
    Organization organization = new Organization();
    if (person.id() != null) {
      organization.addIdentifier(identifier(66, person.idQualifier(), person.id()));
    }
    if (person.lastName() != null) {
      organization.setName(person.lastName());
    } else {
      organization.setNameElement(Elements.absent(new StringType()));
    }
    return organization;
  }

  /**
   * A coverage; the 835 says little of it: who, with which payer, by which member number.
   *
   * @param memberId of the subscriber
   * @param insured who holds the policy, null when that is the patient
   */
  static Coverage coverage(
      Reference patient,
      @Nullable String memberId,
      ClaimParties.@Nullable Insured insured,
      Reference payor,
      @Nullable String filingIndicator) {
    Coverage coverage = new Coverage();
    coverage.setStatus(Coverage.CoverageStatus.ACTIVE);
    if (filingIndicator != null) {
      coverage.setType(Elements.concept(Systems.x12(1032), filingIndicator));
    }
    if (insured != null && insured.person().organization()) {
      coverage.setPolicyHolder(Elements.reference("Organization", insured.id()));
    } else if (insured != null) {
      coverage.setSubscriber(Elements.reference("Patient", insured.id()));
    }
    if (memberId != null) {
      coverage.setSubscriberId(memberId);
    }
    coverage.setBeneficiary(patient);
    coverage.addPayor(payor);
    return coverage;
  }

  /**
   * An identifier whose system or type is known by its X12 qualifier.
   *
   * @param dataElement that the qualifier is a code of: 66 (N103, NM108) or 128 (REF01)
   */
  private static Identifier identifier(int dataElement, @Nullable String qualifier, String value) {
    if (qualifier == null) {
      return Elements.identifier(null, value);
    }
    return switch (qualifier) {
      case "XX", "HPI" -> typed(Elements.identifier(Systems.NPI, value), "NPI");
      case "FI", "TJ" -> typed(Elements.identifier(Systems.TAX_ID, value), "TAX");
      case "34", "SY" -> typed(Elements.identifier(Systems.SSN, value), "SS");
      case "NI", "NF" -> Elements.identifier(Systems.NAIC, value);
      default -> {
        Identifier identifier = Elements.identifier(null, value);
        identifier.setType(Elements.concept(Systems.x12(dataElement), qualifier));
        yield identifier;
      }
    };
  }

  static Identifier typed(Identifier identifier, String type) {
    identifier.setType(Elements.concept(Systems.IDENTIFIER_TYPE, type));
    return identifier;
  }
}
