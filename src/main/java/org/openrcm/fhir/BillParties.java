package org.openrcm.fhir;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.statement.SentStatement;

/**
 * Who sends a statement, whose visits are on it, and who gets it: contained in its resources, as
 * the paper has them. A name on paper has no parts any more, and an address is its lines.
 */
final class BillParties {
  private BillParties() {}

  static Reference issuer(SentStatement sent, DomainResource into) {
    return contain(organization("issuer", sent.issuer()), into);
  }

  private static Organization organization(String id, SentStatement.Party from) {
    Organization organization = new Organization();
    organization.setId(id);
    organization.setName(from.name());
    point(ContactPointSystem.PHONE, from.phone(), organization.getTelecom());
    point(ContactPointSystem.EMAIL, from.email(), organization.getTelecom());
    if (!from.address().isEmpty()) {
      organization.addAddress(address(from.address()));
    }
    return organization;
  }

  /**
   * Whose visits are on it.
   *
   * @param here the id of their Patient, where one can be read here; null otherwise
   */
  static Reference subject(SentStatement sent, @Nullable UUID here, DomainResource into) {
    return here == null
        ? contain(patient(sent), into)
        : Elements.reference("Patient", ContentId.text(here));
  }

  /** Who gets it: the patient, or whoever pays for them. */
  static Reference recipient(SentStatement sent, Reference subject, DomainResource into) {
    SentStatement.Party to = sent.addressee();
    if (to.guardian() || !to.name().equals(sent.patient())) {
      RelatedPerson payer = new RelatedPerson();
      payer.setId("recipient");
      payer.setPatient(subject);
      if (to.guardian()) {
        payer.addRelationship(Elements.concept(AccountParties.ROLES, "GUARD"));
      } else {
        payer.addName(name(to.name()));
      }
      if (!to.address().isEmpty()) {
        payer.addAddress(address(to.address()));
      }
      return contain(payer, into);
    }
    return subject.getReference().startsWith("#") ? subject : contain(patient(sent), into);
  }

  private static Patient patient(SentStatement sent) {
    Patient patient = new Patient();
    patient.setId("patient");
    patient.addName(name(sent.patient()));
    SentStatement.Party to = sent.addressee();
    if (to.name().equals(sent.patient()) && !to.address().isEmpty()) {
      patient.addAddress(address(to.address()));
    }
    return patient;
  }

  private static HumanName name(String text) {
    HumanName name = new HumanName();
    name.setText(text);
    return name;
  }

  private static Address address(List<String> lines) {
    Address address = new Address();
    lines.forEach(address::addLine);
    return address;
  }

  private static void point(
      ContactPointSystem system, @Nullable String value, List<ContactPoint> to) {
    if (value != null && !value.isBlank()) {
      to.add(new ContactPoint().setSystem(system).setValue(value));
    }
  }

  static Reference contain(DomainResource resource, DomainResource into) {
    into.addContained(resource);
    return new Reference("#" + resource.getIdPart());
  }
}
