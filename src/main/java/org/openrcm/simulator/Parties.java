package org.openrcm.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.claim.Billing;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.Named;
import org.openrcm.claim.Patient;
import org.openrcm.claim.PatientFacts;
import org.openrcm.claim.PlanMembership;
import org.openrcm.claim.Subscriber;

/** The made-up people and organisations as the loops of an 837 name them. */
final class Parties {
  private Parties() {}

  static Billing billing(Practice practice) {
    Named provider =
        new Named(
            "2010AA",
            new Person("85", true, practice.name(), null, null, null, "XX", practice.npi()),
            null,
            practice.address(),
            null,
            List.of(new ClaimReference("EI", practice.tax(), null)),
            List.of(),
            List.of());
    return new Billing(practice.taxonomy(), null, provider, null, null, List.of());
  }

  static Named submitter(Practice practice) {
    Contact.Channel telephone = new Contact.Channel("TE", practice.phone());
    return new Named(
        "1000A",
        new Person("41", true, practice.name(), null, null, null, "46", practice.tax()),
        null,
        null,
        null,
        List.of(),
        List.of(new Contact("IC", "BILLING OFFICE", List.of(telephone))),
        List.of());
  }

  static Named receiver() {
    return named("1000B", organization("40", "TIDEWAY CLEARING", "46", "TIDEWAY"));
  }

  static Subscriber subscriber(
      Household household, Member treated, Payer payer, String sequence, String filing) {
    Member subscriber = household.subscriber();
    boolean self = treated.isSubscriber();
    Named person =
        new Named(
            "2010BA",
            person("IL", subscriber, "MI", household.memberId(payer)),
            null,
            self ? subscriber.address() : null,
            self ? new Named.Demographics(subscriber.birthDate(), subscriber.sex()) : null,
            List.of(),
            List.of(),
            List.of());
    PlanMembership membership =
        new PlanMembership(
            sequence,
            self ? "18" : null,
            household.hasGroup() ? household.group() : null,
            null,
            null,
            filing);
    return new Subscriber(
        membership,
        null,
        person,
        named("2010BB", organization("PR", payer.name(), "PI", payer.id())));
  }

  static @Nullable Patient patient(Member treated) {
    if (treated.isSubscriber()) {
      return null;
    }
    Named person =
        new Named(
            "2010CA",
            person("QC", treated, null, null),
            null,
            treated.address(),
            new Named.Demographics(treated.birthDate(), treated.sex()),
            List.of(),
            List.of(),
            List.of());
    return new Patient(new PatientFacts(treated.relationship(), null, null, false), person);
  }

  /** A rendering ({@code 82}) or attending ({@code 71}) provider with their taxonomy. */
  static Named clinician(String loop, String entity, String role, Practice.Clinician clinician) {
    return new Named(
        loop,
        new Person(
            entity,
            false,
            clinician.lastName(),
            clinician.firstName(),
            null,
            null,
            "XX",
            clinician.npi()),
        new Named.Specialty(role, clinician.taxonomy()),
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  static Named facility(String name, String npi, Address address) {
    return new Named(
        "2310C",
        organization("77", name, "XX", npi),
        null,
        address,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  static Named named(String loop, Person person) {
    return new Named(loop, person, null, null, null, List.of(), List.of(), List.of());
  }

  static Person organization(String entity, String name, String qualifier, String id) {
    return new Person(entity, true, name, null, null, null, qualifier, id);
  }

  static Person person(
      String entity, Member member, @Nullable String qualifier, @Nullable String id) {
    return new Person(
        entity,
        false,
        member.lastName(),
        member.firstName(),
        member.middle().isEmpty() ? null : member.middle(),
        null,
        qualifier,
        id);
  }
}
