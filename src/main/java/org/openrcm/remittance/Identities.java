package org.openrcm.remittance;

import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.Person;
import org.openrcm.billing.SetSource;

/**
 * The ids of all that an 835 names, each made from what is said of it (see {@link ContentId}): two
 * that share an id are the same in every word.
 */
public final class Identities {
  /**
   * Claims and provider adjustments in one PaymentReconciliation; the 835 guide asks for no more
   * claims than this in one transaction set.
   */
  public static final int DETAILS_IN_PAYMENT = 10_000;

  private Identities() {}

  /** What tells this transaction set from any other, wherever it is read (rules X24). */
  public static String key(Remittance remittance) {
    SetSource source = remittance.source();
    return String.join(
        "\u0000",
        source.sender(),
        source.interchangeControl(),
        source.groupControl(),
        source.setControl(),
        String.valueOf(remittance.payer().name()),
        remittance.trace().number(),
        String.valueOf(remittance.trace().originator()),
        Integer.toString(source.occurrence()));
  }

  /**
   * Of the check, and of its PaymentReconciliation.
   *
   * @param part from 1; a very long check's PaymentReconciliation has more than one
   */
  public static String paymentId(Remittance remittance, int part) {
    return ContentId.of("payment", key(remittance), part);
  }

  /** How many PaymentReconciliations a check of so many claims and adjustments makes. */
  public static int payments(int details) {
    return Math.max(1, (details + DETAILS_IN_PAYMENT - 1) / DETAILS_IN_PAYMENT);
  }

  /** The id that a claim's ExplanationOfBenefit and ClaimResponse share. */
  public static String claimId(Remittance remittance, ClaimPayment claim) {
    return claimId(key(remittance), claim);
  }

  /**
   * As {@link #claimId(Remittance, ClaimPayment)}, for many claims of one check.
   *
   * @param key of the check: {@link #key}
   */
  static String claimId(String key, ClaimPayment claim) {
    return ContentId.of(
        "claim",
        key,
        claim.ordinal(),
        claim.patientControlNumber(),
        claim.status(),
        claim.payerClaimControlNumber());
  }

  public static String payerId(Remittance remittance) {
    return ContentId.of("payer", remittance.payer(), remittance.payment().originatorId());
  }

  public static String payeeId(Remittance remittance) {
    return ContentId.of("payee", remittance.payee());
  }

  /** Of a patient, or of a person who holds a policy, with the correction that the payer sent. */
  static String patientId(Person person, @Nullable Person corrected, String payerId) {
    return ContentId.of("patient", person, corrected, payerId);
  }

  /** Of an organisation that holds a policy. */
  static String policyHolderId(Person organization, @Nullable Person corrected) {
    return ContentId.of("policy-holder", organization, corrected);
  }

  /** Of a provider, or of another payer. */
  static String providerId(Person person) {
    return ContentId.of("provider", person);
  }

  static String coverageId(
      String patientId,
      @Nullable String holderId,
      String payerId,
      @Nullable String filingIndicator) {
    return ContentId.of("coverage", patientId, holderId, payerId, filingIndicator);
  }

  static String otherCoverageId(String patientId, String payerId, @Nullable String holderId) {
    return ContentId.of("other-coverage", patientId, payerId, holderId);
  }
}
