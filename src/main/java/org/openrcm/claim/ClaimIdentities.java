package org.openrcm.claim;

import java.util.UUID;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.SetSource;

/**
 * The ids of submissions, claims and those who are treated, each made from what is said of it: the
 * same set read twice, anywhere, has the same ids.
 */
public final class ClaimIdentities {
  private ClaimIdentities() {}

  /** What tells this transaction set from others of its sender. */
  static String key(Submission submission) {
    SetSource source = submission.source();
    return String.join(
        "\u0000",
        source.sender(),
        source.interchangeControl(),
        source.groupControl(),
        source.setControl(),
        submission.kind().name(),
        String.valueOf(submission.reference()),
        Integer.toString(source.occurrence()));
  }

  /**
   * Of a submission.
   *
   * @param content a digest of all its claims: control numbers start again, and a set under the
   *     same numbers with other claims is another one
   */
  static UUID submissionId(String key, String content) {
    return ContentId.uuid(ContentId.of("submission", key, content));
  }

  /**
   * Of a claim, and of its FHIR Claim.
   *
   * @param key of its submission: {@link #key}
   * @param record the claim as {@link ClaimJson} writes it
   */
  static UUID claimId(String key, String record) {
    return ContentId.uuid(ContentId.of("billed-claim", key, record));
  }

  /** Of a claim, and of its FHIR Claim; for many of one submission the other is faster. */
  public static UUID claimId(Submission submission, Claim claim) {
    return claimId(key(submission), ClaimJson.text(claim));
  }

  /** Of who is treated: the same name, birth date, payer and member number are the same person. */
  public static UUID patientId(Claim claim) {
    Named treated = claim.treated();
    Named.Demographics demographics = treated.demographics();
    Named payer = claim.subscriber().payer();
    return ContentId.uuid(
        ContentId.of(
            "billed-patient",
            treated.person().lastName(),
            treated.person().firstName(),
            treated.person().middleName(),
            treated.person().suffix(),
            demographics == null ? null : demographics.birthDate(),
            payer.person().lastName(),
            payer.person().id(),
            claim.subscriber().person().person().id()));
  }
}
