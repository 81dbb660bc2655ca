package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.ContactDetail;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Organization.OrganizationContactComponent;
import org.openrcm.billing.Contact;
import org.openrcm.remittance.Party;

/** Whom to ask and by which means: PER and RDM. */
final class Contacts {
  private Contacts() {}

  /** PER in loop 1000A. */
  static OrganizationContactComponent contact(Contact from) {
    OrganizationContactComponent contact = new OrganizationContactComponent();
    contact.setPurpose(Elements.concept(Systems.x12(366), from.function()));
    String name = from.name();
    if (name != null) {
      contact.setName(new HumanName().setText(name));
    }
    contact.setTelecom(telecoms(from.channels()));
    return contact;
  }

  /** PER of somebody who has means of contact but no contacts: the name stands beside. */
  static void add(List<Contact> contacts, DomainResource to, Consumer<ContactPoint> means) {
    for (Contact contact : contacts) {
      telecoms(contact.channels()).forEach(means);
      String name = contact.name();
      if (name != null) {
        to.addExtension(Systems.CONTACT_EXTENSION, new ContactDetail().setName(name));
      }
    }
  }

  /** RDM. */
  static OrganizationContactComponent delivery(Party.Delivery from) {
    OrganizationContactComponent contact = new OrganizationContactComponent();
    contact.setPurpose(Elements.concept(Systems.x12(756), from.method()));
    String name = from.name();
    if (name != null) {
      contact.setName(new HumanName().setText(name));
    }
    String address = from.address();
    if (address != null) {
      contact
          .addTelecom()
          .setSystem(from.method().equals("EM") ? ContactPointSystem.EMAIL : ContactPointSystem.URL)
          .setValue(address);
    }
    return contact;
  }

  /** PER03 to PER08; an extension belongs to the telephone number before it. */
  static List<ContactPoint> telecoms(List<Contact.Channel> channels) {
    List<ContactPoint> points = new ArrayList<>();
    for (Contact.Channel channel : channels) {
      ContactPoint before = points.isEmpty() ? null : points.get(points.size() - 1);
      boolean extension = channel.qualifier().equals("EX");
      if (extension && before != null && before.getSystem() == ContactPointSystem.PHONE) {
        before.setValue(before.getValue() + " ext. " + channel.value());
        continue;
      }
      points.add(
          new ContactPoint()
              .setSystem(system(channel.qualifier()))
              .setValue(extension ? "ext. " + channel.value() : channel.value()));
    }
    return points;
  }

  private static ContactPointSystem system(String qualifier) {
    return switch (qualifier) {
      case "TE" -> ContactPointSystem.PHONE;
      case "FX" -> ContactPointSystem.FAX;
      case "EM" -> ContactPointSystem.EMAIL;
      case "UR" -> ContactPointSystem.URL;
      default -> ContactPointSystem.OTHER;
    };
  }
}
