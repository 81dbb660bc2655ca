package org.openrcm.claim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.PatientSearches;
import org.openrcm.billing.Person;
import org.openrcm.remittance.CopyRows;
import org.openrcm.remittance.GuardedNumbers;

/** Claims of one submission as rows of its two stages, and a digest of all that they say. */
final class ClaimRows {
  static final String CLAIMS = "pg_temp.staged_claim";
  static final String WORDS = "pg_temp.staged_billed_word";
  static final String COLUMNS =
      """
      id, ordinal, kind, patient_control_number, charged_cents, frequency, prior_claim_number, \
      payer_name, payer_id, patient_id, patient_name, service_from, service_until, submitted_on, \
      lines, segment, byte_offset, byte_length, record\
      """;

  private final Submission submission;
  private final GuardedNumbers numbers;
  private final String key;
  private final MessageDigest digest = sha256();
  private CopyRows claims = new CopyRows();
  private CopyRows words = new CopyRows();
  private int waiting;

  ClaimRows(Submission submission, GuardedNumbers numbers) {
    this.submission = submission;
    this.numbers = numbers;
    this.key = ClaimIdentities.key(submission);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  CopyRows claims() {
    return claims;
  }

  CopyRows words() {
    return words;
  }

  /** How many claims wait to be written. */
  int waiting() {
    return waiting;
  }

  /** What waited is written. */
  void written() {
    claims = new CopyRows();
    words = new CopyRows();
    waiting = 0;
  }

  /** The submission's id; to be asked for once, when all claims were added. */
  UUID submissionId() {
    return ClaimIdentities.submissionId(key, HexFormat.of().formatHex(digest.digest()));
  }

  void add(Claim claim) {
    waiting++;
    String record = ClaimJson.text(claim);
    digest.update(record.getBytes(StandardCharsets.UTF_8));
    UUID patientId = ClaimIdentities.patientId(claim);
    Person payer = claim.subscriber().payer().person();
    Days days = Days.of(claim);
    claims
        .add(ClaimIdentities.claimId(key, record))
        .add(claim.ordinal())
        .add(submission.kind().name())
        .add(claim.patientControlNumber())
        .add(claim.charged())
        .add(claim.frequency())
        .add(claim.priorClaimNumber())
        .add(payer.lastName())
        .add(payer.id())
        .add(patientId)
        .add(name(claim.treated().person()))
        .add(days.first())
        .add(days.last())
        .add(submission.date())
        .add(claim.lines().size())
        .add(claim.segment())
        .add(claim.byteOffset())
        .add(claim.byteLength())
        .add(numbers.close(record))
        .endRow();
    Person treated = claim.treated().person();
    word(treated.lastName(), patientId);
    word(treated.firstName(), patientId);
    word(treated.middleName(), patientId);
    word(treated.shownId(), patientId);
    word(claim.subscriber().person().person().shownId(), patientId);
  }

  /** Each part of a name can be looked for: MARY ANN by mary and by ann. */
  private void word(@Nullable String text, UUID patientId) {
    if (text != null) {
      for (String word : PatientSearches.cut(text)) {
        words.add(word).add(patientId).endRow();
      }
    }
  }

  /** Last name and first name, as lists show them. */
  static String name(Person person) {
    String last = person.lastName() == null ? "" : person.lastName();
    return person.firstName() == null ? last : last + ", " + person.firstName();
  }

  /**
   * The days of a claim's services: of its lines where they say so, otherwise of the claim.
   *
   * @param first null when it tells no day
   */
  record Days(@Nullable LocalDate first, @Nullable LocalDate last) {
    private static final Days NONE = new Days(null, null);

    static Days of(Claim claim) {
      Days days = NONE;
      for (ServiceLine line : claim.lines()) {
        days = days.with(line.period("472"));
      }
      for (String qualifier : List.of("472", "434", "435")) {
        if (days.first == null) {
          days = days.with(claim.period(qualifier));
        }
      }
      return days;
    }

    private Days with(@Nullable Period period) {
      LocalDate start = period == null ? null : period.start();
      LocalDate end = period == null ? null : period.last();
      if (start == null || end == null) {
        return this;
      }
      return new Days(
          first == null || start.isBefore(first) ? start : first,
          last == null || end.isAfter(last) ? end : last);
    }
  }
}
