package org.openrcm.fhir;

import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.Person;
import org.openrcm.claim.Billing;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimIdentities;
import org.openrcm.claim.Named;
import org.openrcm.claim.PlanMembership;
import org.openrcm.claim.Submission;

/**
 * The ids of all that an 837 names, each made from what is said of it (see {@link ContentId}).
 *
 * <p>A patient is told by name, birth date, payer and member number: claims that agree in these are
 * of one Patient. An 835 knows no birth date, so its own Patient never has such an id: there it is
 * the claim itself (CLP01 = CLM01) that shows the two to be one person.
 */
final class BilledIds {
  private BilledIds() {}

  /** As the database has it. */
  static String claim(Submission submission, Claim claim) {
    return ContentId.text(ClaimIdentities.claimId(submission, claim));
  }

  /** As the database has it. */
  static String patient(Claim claim) {
    return ContentId.text(ClaimIdentities.patientId(claim));
  }

  /** Of a subscriber who is not the patient, as that patient's relation. */
  static String subscriber(Named subscriber, @Nullable String relationship, String patientId) {
    return ContentId.of(
        "billed-subscriber",
        saidOf(subscriber),
        subscriber.demographics(),
        relationship,
        patientId);
  }

  static String payer(Named payer) {
    return ContentId.of("billed-payer", saidOf(payer));
  }

  /** Of a provider or company, in whatever part it plays. */
  static String party(Named party) {
    return ContentId.of("billed-party", saidOf(party));
  }

  /** Of the billing provider; of a company with the taxonomy that PRV gives it. */
  static String billing(Billing billing) {
    Named provider = billing.provider();
    return provider.person().organization()
        ? ContentId.of("billing-provider", saidOf(provider), billing.taxonomy())
        : party(provider);
  }

  static String location(Named place) {
    return ContentId.of("billed-location", saidOf(place));
  }

  /** Of a provider's taxonomy in the service of the one who bills. */
  static String role(String practitionerId, String taxonomy, String billingId) {
    return ContentId.of("billed-role", practitionerId, taxonomy, billingId);
  }

  static String coverage(
      String patientId,
      PlanMembership membership,
      @Nullable String relationship,
      @Nullable Named subscriber,
      @Nullable String payerId) {
    return ContentId.of(
        "billed-coverage",
        patientId,
        membership,
        relationship,
        subscriber == null ? null : saidOf(subscriber),
        payerId);
  }

  /** Of an earlier payer's decision about a claim. */
  static String earlierDecision(String claimId, int coverage) {
    return ContentId.of("earlier-decision", claimId, coverage);
  }

  /** All but the part that somebody plays here: neither loop nor NM101, nor days. */
  private static String saidOf(Named named) {
    Person person = named.person();
    return String.join(
        "\u0000",
        Boolean.toString(person.organization()),
        String.valueOf(person.lastName()),
        String.valueOf(person.firstName()),
        String.valueOf(person.middleName()),
        String.valueOf(person.suffix()),
        String.valueOf(person.idQualifier()),
        String.valueOf(person.id()),
        String.valueOf(named.address()),
        String.valueOf(named.references()),
        String.valueOf(named.contacts()));
  }
}
