package org.openrcm.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.Named;
import org.openrcm.claim.PatientFacts;

/**
 * Patients, subscribers, providers, payers and places of an 837; their ids are {@link BilledIds}.
 */
final class BilledParties {
  private static final String ORGANIZATION_TYPE =
      "http://terminology.hl7.org/CodeSystem/organization-type";
  private static final CodeableConcept PAYER = Elements.concept(ORGANIZATION_TYPE, "pay");
  private static final CodeableConcept PROVIDER = Elements.concept(ORGANIZATION_TYPE, "prov");

  private BilledParties() {}

  /** NM1*PR. */
  static Organization payer(Named payer) {
    return organization(payer).addType(PAYER);
  }

  /** Any other company, with the taxonomy of its PRV. */
  static Organization provider(Named provider, @Nullable String taxonomy) {
    Organization organization = organization(provider).addType(PROVIDER);
    if (taxonomy != null) {
      organization.addType(Elements.concept(Systems.TAXONOMY, taxonomy));
    }
    return organization;
  }

  /** Any company that is named, whatever it does. */
  static Organization organization(Named named) {
    Organization organization = new Organization();
    organization.setIdentifier(identifiers(named));
    organization.setActive(true);
    String name = named.person().lastName();
    if (name != null) {
      organization.setName(name);
    } else if (!organization.hasIdentifier()) {
      organization.setNameElement(Elements.absent(new StringType()));
    }
    if (named.address() != null) {
      organization.addAddress(Parties.address(named.address()));
    }
    for (Contact contact : named.contacts()) {
      organization.addContact(Contacts.contact(contact));
    }
    return organization;
  }

  static Practitioner practitioner(Named named) {
    Practitioner practitioner = new Practitioner();
    practitioner.setIdentifier(identifiers(named));
    practitioner.addName(name(named.person()));
    if (named.address() != null) {
      practitioner.addAddress(Parties.address(named.address()));
    }
    Contacts.add(named.contacts(), practitioner, practitioner::addTelecom);
    return practitioner;
  }

  /** A place: where services were given, where a ride began or ended, where payments go. */
  static Location location(Named named, @Nullable Reference organization) {
    Location location = new Location();
    location.setIdentifier(identifiers(named));
    location.setMode(Location.LocationMode.INSTANCE);
    String name = named.person().lastName();
    if (name != null) {
      location.setName(name);
    }
    if (named.address() != null) {
      location.setAddress(Parties.address(named.address()));
    }
    Contacts.add(named.contacts(), location, location::addTelecom);
    if (organization != null) {
      location.setManagingOrganization(organization);
    }
    return location;
  }

  /**
   * Who was treated. A dependent has the subscriber's member number: the family shares it (one who
   * has a number of their own is billed as a subscriber).
   */
  static Patient patient(Claim claim, @Nullable Reference payer, Elements elements) {
    Named treated = claim.treated();
    Patient patient = new Patient();
    member(claim, payer, patient);
    for (ClaimReference reference : treated.references()) {
      patient.addIdentifier(reference(reference));
    }
    patient.addName(name(treated.person()));
    person(treated, elements, patient);
    PatientFacts facts =
        claim.patient() == null ? claim.subscriber().facts() : claim.patient().facts();
    if (facts != null && facts.deathDate() != null) {
      patient.setDeceased(new DateTimeType(facts.deathDate().toString()));
    }
    if (treated.address() != null) {
      patient.addAddress(Parties.address(treated.address()));
    }
    Contacts.add(treated.contacts(), patient, patient::addTelecom);
    return patient;
  }

  private static void member(Claim claim, @Nullable Reference payer, Patient patient) {
    Person own = claim.treated().person();
    Person subscriber = claim.subscriber().person().person();
    Person insured = own.id() == null ? subscriber : own;
    String number = insured.id();
    if (number == null) {
      return;
    }
    Identifier member = Elements.identifier(memberSystem(claim.subscriber().payer()), number);
    Parties.typed(member, "MB");
    if (payer != null) {
      member.setAssigner(payer);
    }
    patient.addIdentifier(member);
  }

  /** Whose member numbers they are: the payer's, by what the claim knows it. */
  private static String memberSystem(Named payer) {
    Person person = payer.person();
    String key =
        person.id() == null
            ? String.valueOf(person.lastName())
            : person.idQualifier() + "-" + person.id();
    return Systems.OURS
        + "member-number/"
        + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void person(Named named, Elements elements, Patient patient) {
    Named.Demographics demographics = named.demographics();
    patient.setGender(gender(demographics));
    if (demographics != null && demographics.birthDate() != null) {
      patient.setBirthDateElement(elements.date(demographics.birthDate()));
    }
  }

  /** DMG03; what was not sent is not known. */
  private static AdministrativeGender gender(Named.@Nullable Demographics demographics) {
    String sex = demographics == null ? null : demographics.sex();
    return "F".equals(sex)
        ? AdministrativeGender.FEMALE
        : "M".equals(sex) ? AdministrativeGender.MALE : AdministrativeGender.UNKNOWN;
  }

  /**
   * A subscriber who is not the patient.
   *
   * @param relationship of the patient to them (PAT01, SBR02)
   */
  static RelatedPerson subscriber(
      Named named, Reference patient, @Nullable String relationship, Elements elements) {
    RelatedPerson person = new RelatedPerson();
    person.setIdentifier(identifiers(named));
    person.setActive(true);
    person.setPatient(patient);
    String role = "01".equals(relationship) ? "SPS" : "19".equals(relationship) ? "PRN" : null;
    if (role != null) {
      person.addRelationship(
          Elements.concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode", role));
    }
    person.addName(name(named.person()));
    Named.Demographics demographics = named.demographics();
    if (demographics != null) {
      person.setGender(gender(demographics));
      if (demographics.birthDate() != null) {
        person.setBirthDateElement(elements.date(demographics.birthDate()));
      }
    }
    if (named.address() != null) {
      person.addAddress(Parties.address(named.address()));
    }
    Contacts.add(named.contacts(), person, person::addTelecom);
    return person;
  }

  /** A subscriber as a resource: a RelatedPerson, or an Organization where a company insures. */
  static Resource holder(
      Named named, Reference patient, @Nullable String relationship, Elements elements) {
    return named.person().organization()
        ? organization(named)
        : subscriber(named, patient, relationship, elements);
  }

  private static HumanName name(Person person) {
    HumanName name = Parties.name(person);
    return name.isEmpty() ? Elements.absent(new HumanName()) : name;
  }

  private static List<Identifier> identifiers(Named named) {
    List<Identifier> identifiers = new ArrayList<>(1 + named.references().size());
    Person person = named.person();
    if (person.id() != null) {
      identifiers.add(identifier(66, String.valueOf(person.idQualifier()), person.id()));
    }
    for (ClaimReference reference : named.references()) {
      identifiers.add(reference(reference));
    }
    return identifiers;
  }

  /** REF; with REF04 the payer that gave the number. */
  private static Identifier reference(ClaimReference reference) {
    Identifier identifier = identifier(128, reference.qualifier(), reference.value());
    if (reference.payer() != null) {
      Reference payer = new Reference().setType("Organization");
      identifier.setAssigner(payer.setIdentifier(Elements.identifier(null, reference.payer())));
    }
    return identifier;
  }

  /**
   * An identifier by its X12 qualifier, always with a system: US Core wants one.
   *
   * @param dataElement that the qualifier is a code of: 66 (NM108) or 128 (REF01)
   */
  private static Identifier identifier(int dataElement, String qualifier, String value) {
    return switch (qualifier) {
      case "XX", "HPI" -> Parties.typed(Elements.identifier(Systems.NPI, value), "NPI");
      case "FI", "TJ", "EI", "24" ->
          Parties.typed(Elements.identifier(Systems.TAX_ID, value), "TAX");
      case "34", "SY" -> Parties.typed(Elements.identifier(Systems.SSN, value), "SS");
      case "NF" -> {
        Identifier identifier = Elements.identifier(Systems.NAIC, value);
        yield identifier.setType(Elements.concept(Systems.C4BB_IDENTIFIER, "naiccode"));
      }
      case "PI" -> {
        Identifier identifier = Elements.identifier(Systems.x12(dataElement) + "/PI", value);
        yield identifier.setType(Elements.concept(Systems.C4BB_IDENTIFIER, "payerid"));
      }
      default -> {
        Identifier identifier =
            Elements.identifier(Systems.x12(dataElement) + "/" + qualifier, value);
        yield identifier.setType(Elements.concept(Systems.x12(dataElement), qualifier));
      }
    };
  }
}
