package org.openrcm.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Owing;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.openrcm.jobs.Jobs;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Statement runs over a whole practice: first worked out, so that people see who would get one and
 * who would not and why; then sent, each account looked at anew, as of the day on which it is sent.
 * What is done is kept with each account, so a run that is cut off goes on where it was.
 */
@Component
class Runs {
  private static final String JOB = "STATEMENT_RUN";
  private static final int AT_ONCE = 50;

  private final JdbcClient sql;
  private final Owing owing;
  private final Policies policies;
  private final Decisions decisions;
  private final Statements statements;
  private final Jobs jobs;
  private final AuditTrail audit;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Runs(
      JdbcClient sql,
      Owing owing,
      Policies policies,
      Decisions decisions,
      Statements statements,
      Jobs jobs,
      AuditTrail audit,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.owing = owing;
    this.policies = policies;
    this.decisions = decisions;
    this.statements = statements;
    this.jobs = jobs;
    this.audit = audit;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Where a run is. */
  enum State {
    PREPARING("Being worked out", "neutral"),
    READY("Ready to send", "attention"),
    SENDING("Being sent", "neutral"),
    SENT("Sent", "good"),
    DROPPED("Dropped", "neutral");

    private final String label;
    private final String meaning;

    State(String label, String meaning) {
      this.label = label;
      this.meaning = meaning;
    }

    public String label() {
      return label;
    }

    public String meaning() {
      return meaning;
    }
  }

  /**
   * A run.
   *
   * @param accounts that it looks at
   * @param decided of these, how many were worked out
   * @param passing of these, how many get a statement
   * @param sent of these, how many were sent
   * @param cents of all that get one
   */
  record Run(
      UUID id,
      State state,
      LocalDate day,
      OffsetDateTime madeAt,
      String madeBy,
      long accounts,
      long decided,
      long passing,
      long sent,
      long cents) {

    public boolean isWorking() {
      return state == State.PREPARING || state == State.SENDING;
    }

    /** How many of how many are done. */
    public long done() {
      return state == State.PREPARING ? decided : sent;
    }

    public long total() {
      return state == State.PREPARING ? accounts : passing;
    }
  }

  private static final String SELECT =
      """
      select r.*, a.* from statement_run r
      cross join lateral (
        select count(*) as accounts, count(reasons) as decided,
          count(*) filter (where reasons = '{}') as passing, count(statement_number) as sent,
          coalesce(sum(owed_cents) filter (where reasons = '{}'), 0)::bigint as cents
        from statement_run_account where run_id = r.id) a
      """;

  @Transactional
  public List<Run> list(int limit) {
    return sql.sql(SELECT + " order by r.made_at desc limit ?")
        .param(limit)
        .query(Runs::run)
        .list();
  }

  @Transactional
  public Optional<Run> find(UUID id) {
    return sql.sql(SELECT + " where r.id = ?").param(id).query(Runs::run).optional();
  }

  private static Run run(ResultSet row, int index) throws SQLException {
    return new Run(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        State.valueOf(row.getString("state")),
        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
        Objects.requireNonNull(row.getObject("made_at", OffsetDateTime.class)),
        row.getString("made_by"),
        row.getLong("accounts"),
        row.getLong("decided"),
        row.getLong("passing"),
        row.getLong("sent"),
        row.getLong("cents"));
  }

  /** Makes a run of all accounts whose patients owe something, and has it worked out. */
  @Transactional
  public UUID make() {
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into statement_run (practice_id, id, state, made_by, day)
            values (?, ?, 'PREPARING', ?, ?)
            """)
        .params(Actor.currentPractice(), id, Actor.current().name(), LocalDate.now(clock))
        .update();
    owing.catchUp();
    sql.sql(
            """
            insert into statement_run_account (practice_id, run_id, account_number)
            select distinct ?, ?::uuid, c.account_number from claim_owing o
            join account_claim c on c.claim_number = o.claim_number
            where o.patient_cents > 0
            """)
        .params(Actor.currentPractice(), id)
        .update();
    audit.record(Action.ADD, Subject.of("StatementRun", id));
    jobs.enqueue(JOB, id);
    return id;
  }

  /**
   * Sends what a run has worked out.
   *
   * @return whether it was ready to be sent
   */
  @Transactional
  public boolean send(UUID id) {
    boolean moved = move(id, State.READY, State.SENDING);
    if (moved) {
      sql.sql("update statement_run set sent_at = clock_timestamp(), sent_by = ? where id = ?")
          .params(Actor.current().name(), id)
          .update();
      audit.record(Action.CHANGE, Subject.of("StatementRun", id));
      jobs.enqueue(JOB, id);
    }
    return moved;
  }

  /** Drops a run that was not sent. */
  @Transactional
  public boolean drop(UUID id) {
    boolean moved =
        move(id, State.READY, State.DROPPED) || move(id, State.PREPARING, State.DROPPED);
    if (moved) {
      audit.record(Action.CHANGE, Subject.of("StatementRun", id));
    }
    return moved;
  }

  private boolean move(UUID id, State from, State to) {
    return sql.sql("update statement_run set state = ? where id = ? and state = ?")
            .params(to.name(), id, from.name())
            .update()
        > 0;
  }

  @Bean
  JobKind statementRunJob() {
    return new JobKind(JOB, this::work, id -> {});
  }

  private void work(UUID id, JobRun run) {
    while (Boolean.TRUE.equals(transaction.execute(status -> some(id)))) {
      run.goOn();
    }
  }

  /** Whether there may be more. */
  private boolean some(UUID id) {
    State state =
        sql.sql("select state from statement_run where id = ? for update")
            .param(id)
            .query((row, index) -> State.valueOf(row.getString(1)))
            .single();
    return switch (state) {
      case PREPARING -> prepare(id);
      case SENDING -> sendSome(id);
      case READY, SENT, DROPPED -> false;
    };
  }

  private boolean prepare(UUID id) {
    List<Long> accounts = next(id, "reasons is null");
    if (accounts.isEmpty()) {
      move(id, State.PREPARING, State.READY);
      return false;
    }
    write(id, decisions.of(accounts, policies.current(), day(id)), Map.of());
    return true;
  }

  private boolean sendSome(UUID id) {
    List<Long> accounts = next(id, "reasons = '{}' and statement_number is null");
    if (accounts.isEmpty()) {
      move(id, State.SENDING, State.SENT);
      return false;
    }
    Statements.Issued issued =
        statements.issue(accounts, policies.current(), id, LocalDate.now(clock));
    write(id, issued.decided(), issued.numbers());
    return true;
  }

  private LocalDate day(UUID id) {
    return sql.sql("select day from statement_run where id = ?")
        .param(id)
        .query(LocalDate.class)
        .single();
  }

  private List<Long> next(UUID id, String open) {
    return sql.sql(
            "select account_number from statement_run_account where run_id = ? and "
                + open
                + " order by account_number limit ?")
        .params(id, AT_ONCE)
        .query(Long.class)
        .list();
  }

  private void write(UUID id, Map<Long, Decisions.Decided> decided, Map<Long, Long> numbers) {
    List<Long> accounts = decided.keySet().stream().sorted().toList();
    List<@Nullable Long> sent = new ArrayList<>();
    List<Long> cents = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Long account : accounts) {
      Gate.Verdict verdict = Objects.requireNonNull(decided.get(account)).verdict();
      sent.add(numbers.get(account));
      cents.add(verdict.owed().cents());
      reasons.add(
          "{"
              + String.join(
                  ",",
                  verdict.reasons().stream()
                      .map(Reason::why)
                      .distinct()
                      .sorted(Comparator.naturalOrder())
                      .map(Withheld::name)
                      .toList())
              + "}");
    }
    sql.sql(
            """
            update statement_run_account a set owed_cents = n.cents,
              reasons = n.reasons::text[], statement_number = n.sent
            from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[])
              n (account, cents, reasons, sent)
            where a.run_id = ? and a.account_number = n.account
            """)
        .param(accounts.toArray(Long[]::new))
        .param(cents.toArray(Long[]::new))
        .param(reasons.toArray(String[]::new))
        .param(sent.toArray(Long[]::new))
        .param(id)
        .update();
  }
}
