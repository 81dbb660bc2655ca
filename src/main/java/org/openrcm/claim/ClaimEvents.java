package org.openrcm.claim;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.billing.ContentId;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes down what came back for claims, each event once. */
@Component
class ClaimEvents {
  private static final String INSERT =
      """
      insert into claim_event (practice_id, number, id, kind, happened_on, patient_control_number,
        payer_claim_number, code, amount_cents, owed_cents, file_id, claim_payment_id,
        remittance_id, submission_number, segment, byte_offset)
      values (?, nextval('claim_event_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (practice_id, id) do nothing
      """;

  private final JdbcTemplate database;

  ClaimEvents(JdbcTemplate database) {
    this.database = database;
  }

  /**
   * Something that came back.
   *
   * @param id made from its content: the same again adds nothing
   */
  record Arrived(
      UUID id,
      ClaimEvent.Kind kind,
      LocalDate on,
      String patientControlNumber,
      @Nullable String payerClaimNumber,
      String code,
      @Nullable Money amount,
      @Nullable Money owed,
      @Nullable UUID claimPaymentId,
      @Nullable UUID remittanceId,
      @Nullable Long submissionNumber,
      long segment,
      long byteOffset) {

    static UUID id(@Nullable Object... parts) {
      return ContentId.uuid(ContentId.of(parts));
    }
  }

  /** Writes events of a file; those that are there already stay as they are. */
  void write(UUID fileId, List<Arrived> events) {
    List<Object[]> rows = new ArrayList<>();
    for (Arrived event : events) {
      rows.add(
          new Object[] {
            Actor.currentPractice(),
            event.id(),
            event.kind().name(),
            event.on(),
            event.patientControlNumber(),
            event.payerClaimNumber(),
            event.code(),
            event.amount() == null ? null : event.amount().cents(),
            event.owed() == null ? null : event.owed().cents(),
            fileId,
            event.claimPaymentId(),
            event.remittanceId(),
            event.submissionNumber(),
            event.segment(),
            event.byteOffset()
          });
    }
    database.batchUpdate(INSERT, rows);
  }
}
