package org.openrcm.fhir;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.openrcm.account.Portrait;
import org.openrcm.account.Seen;
import org.openrcm.billing.ContentId;
import org.openrcm.money.Money;

/**
 * The account of a patient: who it is, who pays in which order, and what is owed. People and
 * coverages are contained, as the account has them: they are of this practice's making, and stand
 * nowhere else.
 */
final class PatientAccounts {
  /** Claims that an account names by their numbers, the latest; it is found by all of them. */
  static final int MOST_NUMBERS = 100;

  private static final CodeableConcept TYPE =
      Elements.concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PBILLACCT");
  private static final CodeableConcept CONTROL_NUMBER =
      Elements.concept(Systems.CLAIM_INFORMATION, "patient-control-number");
  private static final Amounts AMOUNTS = Amounts.in(null, new Elements());

  private PatientAccounts() {}

  /**
   * What is owed for a claim, or all of them, by whose turn it is; below zero more was paid than
   * owed.
   *
   * @param credit how much of both is below zero, without its sign: claim by claim, as one claim's
   *     credit does not pay for another
   */
  record Owed(Money insurance, Money patient, Money credit) {
    static final Owed NOTHING = new Owed(Money.ZERO, Money.ZERO, Money.ZERO);

    static Owed of(Money insurance, Money patient) {
      return new Owed(insurance, patient, below(insurance).plus(below(patient)));
    }

    private static Money below(Money amount) {
      return amount.isNegative() ? amount.negated() : Money.ZERO;
    }

    Owed plus(Owed other) {
      return new Owed(
          insurance.plus(other.insurance), patient.plus(other.patient), credit.plus(other.credit));
    }
  }

  /**
   * An account.
   *
   * @param owed by the number of the claim; those of which nothing is open are left out
   * @param patients ids of Patients here who are the one whose account it is
   */
  static Account of(Portrait portrait, Map<Long, Owed> owed, Collection<UUID> patients) {
    Account account = new Account();
    account.setId(ContentId.text(portrait.id()));
    account.getMeta().addProfile(Systems.ACCOUNT_PROFILE);
    account.addExtension(balance(portrait, owed));
    portrait.claims().stream()
        .map(Portrait.Billed::control)
        .filter(control -> !control.isEmpty())
        .distinct()
        .limit(MOST_NUMBERS)
        .forEach(control -> account.addIdentifier(control(control)));
    account.setStatus(Account.AccountStatus.ACTIVE);
    account.setType(TYPE);
    String name = name(portrait.patient());
    if (!name.isEmpty()) {
      account.setName(name);
    }
    Reference patient = contain(AccountParties.patient(portrait), account);
    account.addSubject(patient);
    for (UUID id : patients) {
      account.addSubject(Elements.reference("Patient", ContentId.text(id)));
    }
    coverages(portrait, patient, account);
    Seen.Person guarantor = portrait.guarantor();
    account
        .addGuarantor()
        .setParty(
            guarantor == null
                ? patient
                : contain(
                    AccountParties.guarantor(guarantor, portrait.relationship(), patient),
                    account));
    return account;
  }

  /** As lists of accounts show it: last name first. */
  private static String name(Seen.Person person) {
    String last = person.lastName();
    String first = person.firstName();
    return last == null ? first == null ? "" : first : first == null ? last : last + ", " + first;
  }

  /** With the claims that it is made of: the lines of each are in the ledger by its number. */
  private static Extension balance(Portrait portrait, Map<Long, Owed> owed) {
    Extension balance = new Extension(Systems.BALANCE_EXTENSION);
    Owed all = owed.values().stream().reduce(Owed.NOTHING, Owed::plus);
    amounts(all, balance);
    balance.addExtension("credit", AMOUNTS.money(all.credit()));
    for (Portrait.Billed claim : portrait.claims()) {
      Owed open = owed.get(claim.number());
      if (open != null) {
        Extension part = new Extension("claim");
        part.addExtension("claim", reference(claim));
        amounts(open, part);
        balance.addExtension(part);
      }
    }
    return balance;
  }

  private static void amounts(Owed owed, Extension to) {
    to.addExtension("insurance", AMOUNTS.money(owed.insurance()));
    to.addExtension("patient", AMOUNTS.money(owed.patient()));
  }

  private static Reference reference(Portrait.Billed claim) {
    Reference reference = Elements.reference("Claim", ContentId.text(claim.id()));
    if (!claim.control().isEmpty()) {
      reference.setIdentifier(control(claim.control()));
    }
    return reference;
  }

  /** The number of a claim (CLM01). */
  static Identifier control(String number) {
    return Elements.identifier(null, number).setType(CONTROL_NUMBER);
  }

  private static Reference contain(Resource resource, Account account) {
    account.addContained(resource);
    return new Reference("#" + resource.getIdPart());
  }

  /** Those that are to be billed have their place; those that ended have none any more. */
  private static void coverages(Portrait portrait, Reference patient, Account account) {
    int place = 0;
    for (Portrait.Insured insured : portrait.coverages()) {
      place++;
      Account.CoverageComponent coverage = account.addCoverage();
      coverage.setCoverage(
          contain(AccountParties.coverage(insured, "coverage-" + place, patient), account));
      if (insured.endedOn() == null) {
        coverage.setPriority(place);
      }
    }
  }
}
