package org.openrcm.claim;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.openrcm.audit.AuditTrail;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.GuardedNumbers;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/**
 * The claims of the actor's practice, loaded and read back as they were parsed, and what
 * remittances say of them.
 *
 * <p>Reading joins the caller's transaction and writes no audit rows: who shows a patient's data
 * records it, in the same transaction.
 */
@Component
public class Claims {
  static final String SUBJECT = "Claim";
  static final String SUBMISSION = "Submission";

  private static final int PAYMENTS_AT_ONCE = 500;
  private static final String SELECT =
      """
      select c.*, s.file_id, s.loaded_at, s.record as submission
      from claim c join submission s on s.number = c.submission_number
      """;

  private final JdbcClient sql;
  private final DataSource database;
  private final PlatformTransactionManager transactions;
  private final AuditTrail audit;
  private final ClaimStates states;
  private final ClaimEvents events;
  private final ApplicationEventPublisher listeners;
  private final AcknowledgementWriter acknowledgements;
  private final Remittances remittances;
  private final GuardedNumbers numbers;
  private final Clock clock;

  Claims(
      JdbcClient sql,
      DataSource database,
      PlatformTransactionManager transactions,
      AuditTrail audit,
      ClaimStates states,
      ClaimEvents events,
      ApplicationEventPublisher listeners,
      AcknowledgementWriter acknowledgements,
      Remittances remittances,
      GuardedNumbers numbers,
      Clock clock) {
    this.sql = sql;
    this.database = database;
    this.transactions = transactions;
    this.audit = audit;
    this.states = states;
    this.events = events;
    this.listeners = listeners;
    this.acknowledgements = acknowledgements;
    this.remittances = remittances;
    this.numbers = numbers;
    this.clock = clock;
  }

  /**
   * Takes up what a {@link ClaimReader} reads of a received file; works for the practice of the
   * current actor.
   *
   * @param fileId of a received_file that is committed
   */
  public ClaimLoad load(UUID fileId) {
    return new ClaimLoad(
        new SubmissionWriter(
            sql, database, transactions, audit, states, listeners, clock, numbers, fileId),
        numbers);
  }

  /** Takes up what an {@link AcknowledgementReader} reads of a received file, likewise. */
  public AcknowledgementLoad acknowledgements(UUID fileId) {
    return new AcknowledgementLoad(fileId, acknowledgements, events, states, clock, transactions);
  }

  /**
   * Brings a remittance, loaded before, together with the claims that it decides.
   *
   * @param fileId of the file that was read: another one than it was loaded from when it came again
   */
  @Transactional
  public void follow(UUID remittanceId, UUID fileId) {
    StoredRemittance remittance = remittances.find(remittanceId).orElseThrow();
    listeners.publishEvent(
        new RemittanceFollowed(remittanceId, !remittance.fileId().equals(fileId)));
    LocalDate paid = Wording.day(remittance.remittance());
    LocalDate day =
        paid == null ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) : paid;
    states.lock();
    int after = 0;
    while (true) {
      List<StoredClaim> claims = remittances.claims(remittance.number(), after, PAYMENTS_AT_ONCE);
      if (claims.isEmpty()) {
        return;
      }
      List<ClaimEvents.Arrived> arrived = new ArrayList<>();
      List<String> controls = new ArrayList<>();
      for (StoredClaim claim : claims) {
        arrived.add(event(claim, day, remittance.id()));
        controls.add(claim.claim().patientControlNumber());
      }
      events.write(remittance.fileId(), arrived);
      states.settle(controls);
      after = claims.get(claims.size() - 1).key().ordinal();
    }
  }

  private static ClaimEvents.Arrived event(StoredClaim stored, LocalDate day, UUID remittanceId) {
    ClaimPayment claim = stored.claim();
    ClaimEvent.Kind kind = Verdict.of(claim);
    boolean paying = kind.isDecision() || kind == ClaimEvent.Kind.REVERSED;
    return new ClaimEvents.Arrived(
        ClaimEvents.Arrived.id("835", stored.id()),
        kind,
        day,
        claim.patientControlNumber(),
        claim.payerClaimControlNumber(),
        claim.status(),
        paying ? claim.paid() : null,
        paying ? Verdict.owed(claim) : null,
        stored.id(),
        remittanceId,
        null,
        claim.segment(),
        claim.byteOffset());
  }

  @Transactional
  public Optional<StoredBill> find(UUID id) {
    return sql.sql(SELECT + " where c.id = ?").param(id).query(this::bill).optional();
  }

  /** The claims of these ids, as far as the practice has them; in no order. */
  @Transactional
  public List<StoredBill> find(Collection<UUID> ids) {
    return sql.sql(SELECT + " where c.id = any(?::uuid[])")
        .param(ids.toArray(UUID[]::new))
        .query(this::bill)
        .list();
  }

  /** All claims of these numbers (CLM01); in no order. */
  @Transactional
  public List<StoredBill> ofControlNumbers(Collection<String> patientControlNumbers) {
    Map<String, Submission> read = new HashMap<>();
    return sql.sql(SELECT + " where c.patient_control_number = any(?)")
        .param(patientControlNumbers.toArray(String[]::new))
        .query(
            (row, index) ->
                bill(row, read.computeIfAbsent(row.getString("submission"), this::submission)))
        .list();
  }

  /** The claims of a submission in their order, from behind an ordinal on. */
  @Transactional
  public List<StoredBill> ofSubmission(UUID submissionId, int afterOrdinal, int limit) {
    return sql.sql(SELECT + " where s.id = ? and c.ordinal > ? order by c.ordinal limit ?")
        .params(submissionId, afterOrdinal, limit)
        .query(this::bill)
        .list();
  }

  private Submission submission(String json) {
    return ClaimJson.submission(numbers.open(json));
  }

  private StoredBill bill(ResultSet row, int index) throws SQLException {
    return bill(row, submission(row.getString("submission")));
  }

  private StoredBill bill(ResultSet row, Submission submission) throws SQLException {
    return new StoredBill(
        row.getLong("number"),
        uuid(row, "id"),
        row.getLong("submission_number"),
        uuid(row, "file_id"),
        row.getObject("loaded_at", OffsetDateTime.class).toInstant(),
        uuid(row, "patient_id"),
        submission,
        ClaimJson.claim(
            numbers.open(row.getString("record")),
            row.getLong("byte_offset"),
            row.getLong("byte_length")),
        ClaimState.valueOf(row.getString("state")),
        Objects.requireNonNull(row.getObject("state_since", LocalDate.class)),
        row.getString("payer_claim_number"),
        Money.ofCents(row.getLong("paid_cents")),
        Money.ofCents(row.getLong("owed_cents")));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }
}
