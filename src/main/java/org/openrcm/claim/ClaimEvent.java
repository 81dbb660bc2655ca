package org.openrcm.claim;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * Something that came back for a claim, as it is kept.
 *
 * @param number in the order of arrival
 * @param on the day that the sender dates it
 * @param payerClaimNumber REF*1K or CLP07
 * @param code IK304, STC01 or CLP02
 * @param amount what was paid by it (CLP04), negative when taken back; null where it pays nothing
 * @param owed what the patient owes by it (group PR)
 * @param fileId of the file that it came in
 * @param claimPaymentId of an 835: its EOB's id
 * @param submissionNumber of the submission that it speaks of, where it says so
 * @param segment in its transaction set, at or behind {@code byteOffset}
 * @param claimNumber the claim that it belongs to; null when it is of none that is here
 */
record ClaimEvent(
    long number,
    Kind kind,
    LocalDate on,
    String patientControlNumber,
    @Nullable String payerClaimNumber,
    String code,
    @Nullable Money amount,
    @Nullable Money owed,
    UUID fileId,
    @Nullable UUID claimPaymentId,
    @Nullable UUID remittanceId,
    @Nullable Long submissionNumber,
    long segment,
    long byteOffset,
    @Nullable Long claimNumber) {

  /** What it says. */
  enum Kind {
    /** A 999 names an error in it. */
    ERROR("999", "Error found"),
    /** A 277CA tells something that changes nothing. */
    STATUS("277CA", "Status told"),
    ACCEPTED("277CA", "Accepted"),
    REJECTED("277CA", "Rejected"),
    FORWARDED("277CA", "Forwarded"),
    PAID("835", "Paid"),
    PARTLY_PAID("835", "Partly paid"),
    DENIED("835", "Denied"),
    REVERSED("835", "Reversed"),
    /** What would be paid (CLP02 25). */
    ESTIMATED("835", "Estimated"),
    /** CLP02 23: not this payer's; sent on. */
    SENT_ON("835", "Sent on");

    private final String set;
    private final String label;

    Kind(String set, String label) {
      this.set = set;
      this.label = label;
    }

    /** The transaction set that says such things. */
    public String set() {
      return set;
    }

    public String label() {
      return label;
    }

    boolean isDecision() {
      return this == PAID || this == PARTLY_PAID || this == DENIED;
    }

    boolean isOfPayment() {
      return set.equals("835");
    }

    boolean isOfStatus() {
      return set.equals("277CA");
    }

    /** Which of the four meanings of colour it has. */
    public String meaning() {
      return switch (this) {
        case ERROR, REJECTED, DENIED -> "wrong";
        case PARTLY_PAID, REVERSED -> "attention";
        case PAID -> "good";
        default -> "neutral";
      };
    }
  }

  static ClaimEvent of(ResultSet row, int index) throws SQLException {
    return new ClaimEvent(
        row.getLong("number"),
        ClaimEvent.Kind.valueOf(row.getString("kind")),
        Objects.requireNonNull(row.getObject("happened_on", LocalDate.class)),
        row.getString("patient_control_number"),
        row.getString("payer_claim_number"),
        row.getString("code"),
        money(row, "amount_cents"),
        money(row, "owed_cents"),
        Objects.requireNonNull(row.getObject("file_id", UUID.class)),
        row.getObject("claim_payment_id", UUID.class),
        row.getObject("remittance_id", UUID.class),
        row.getObject("submission_number", Long.class),
        row.getLong("segment"),
        row.getLong("byte_offset"),
        row.getObject("claim_number", Long.class));
  }

  private static @Nullable Money money(ResultSet row, String column) throws SQLException {
    long cents = row.getLong(column);
    return row.wasNull() ? null : Money.ofCents(cents);
  }
}
