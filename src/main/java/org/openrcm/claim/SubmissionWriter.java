package org.openrcm.claim;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.SetSource;
import org.openrcm.remittance.CopyRows;
import org.openrcm.remittance.GuardedNumbers;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Writes one submission after the other, each in a transaction of its own: claims to temporary
 * tables while they come (COPY is refused under row-level security), and all of it to its place at
 * the end, when its content is known and so whether it is there already.
 */
final class SubmissionWriter {
  private final JdbcClient sql;
  private final DataSource database;
  private final PlatformTransactionManager transactions;
  private final AuditTrail audit;
  private final ClaimStates states;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final GuardedNumbers numbers;
  private final UUID fileId;

  private @Nullable TransactionStatus transaction;
  private long number;

  SubmissionWriter(
      JdbcClient sql,
      DataSource database,
      PlatformTransactionManager transactions,
      AuditTrail audit,
      ClaimStates states,
      ApplicationEventPublisher events,
      Clock clock,
      GuardedNumbers numbers,
      UUID fileId) {
    this.sql = sql;
    this.database = database;
    this.transactions = transactions;
    this.audit = audit;
    this.states = states;
    this.events = events;
    this.clock = clock;
    this.numbers = numbers;
    this.fileId = fileId;
  }

  void start() {
    transaction = transactions.getTransaction(new DefaultTransactionDefinition());
    boolean there =
        sql.sql("select to_regclass(?) is not null")
            .param(ClaimRows.WORDS)
            .query(Boolean.class)
            .single();
    if (!there) {
      sql.sql(
              "create temporary table staged_claim on commit delete rows as select "
                  + ClaimRows.COLUMNS
                  + " from claim with no data")
          .update();
      sql.sql(
              "create temporary table staged_billed_word on commit delete rows as"
                  + " select word, patient_id from billed_word with no data")
          .update();
    }
  }

  /** Copies claims to their stage. */
  void write(ClaimRows rows) throws SQLException {
    copy(ClaimRows.CLAIMS + " (" + ClaimRows.COLUMNS + ")", rows.claims());
    copy(ClaimRows.WORDS + " (word, patient_id)", rows.words());
  }

  private void copy(String to, CopyRows rows) throws SQLException {
    if (!rows.isEmpty()) {
      Connection connection = DataSourceUtils.getConnection(database);
      CopyIn copy =
          connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + to + " from stdin");
      copy.writeToCopy(rows.bytes(), 0, rows.length());
      copy.endCopy();
    }
  }

  /**
   * Ends the submission and commits it.
   *
   * @return how many claims were loaded, or -1 when the same submission is there already: then
   *     nothing is written
   */
  int end(Submission submission, UUID id, ClaimHandler.Totals totals) {
    states.lock();
    number = sql.sql("select nextval('submission_number')").query(Long.class).single();
    if (!insert(submission, id, totals)) {
      rollBack();
      return -1;
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    int loaded =
        sql.sql(
                """
                insert into claim (practice_id, number, submission_number, state, state_since, %1$s)
                select ?, nextval('claim_number'), ?, 'READ', ?, %1$s from %2$s order by ordinal
                on conflict do nothing
                """
                    .formatted(ClaimRows.COLUMNS, ClaimRows.CLAIMS))
            .params(Actor.currentPractice(), number, today)
            .update();
    sql.sql(
            """
            insert into billed_word (practice_id, word, patient_id)
            select distinct ?::uuid, word, patient_id from %s order by 2, 3 on conflict do nothing
            """
                .formatted(ClaimRows.WORDS))
        .param(Actor.currentPractice())
        .update();
    audit.record(Action.ADD, Subject.of(Claims.SUBMISSION, id), patients());
    states.joined(number);
    events.publishEvent(new SubmissionLoaded(number));
    transactions.commit(Objects.requireNonNull(transaction));
    transaction = null;
    return loaded;
  }

  private boolean insert(Submission submission, UUID id, ClaimHandler.Totals totals) {
    SetSource source = submission.source();
    return sql.sql(
                """
                insert into submission (practice_id, number, id, file_id, file_name, sender,
                  interchange_control, group_control, set_control, kind, reference, submitted_on,
                  record, claims, unread, charged_cents, set_end)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?)
                on conflict (practice_id, id) do nothing
                """)
            .param(Actor.currentPractice())
            .param(number)
            .param(id)
            .param(fileId)
            .param(source.file())
            .param(source.sender())
            .param(source.interchangeControl())
            .param(source.groupControl())
            .param(source.setControl())
            .param(submission.kind().name())
            .param(submission.reference())
            .param(submission.date())
            .param(numbers.close(ClaimJson.text(submission)))
            .param(totals.claims())
            .param(totals.unread())
            .param(totals.charged().cents())
            .param(totals.end().name())
            .update()
        == 1;
  }

  private List<UUID> patients() {
    return sql.sql("select distinct patient_id from " + ClaimRows.CLAIMS).query(UUID.class).list();
  }

  /** Undoes what was written of the submission; nothing when none is open. */
  void rollBack() {
    TransactionStatus open = transaction;
    transaction = null;
    if (open != null && !open.isCompleted()) {
      transactions.rollback(open);
    }
  }
}
