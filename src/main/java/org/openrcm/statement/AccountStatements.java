package org.openrcm.statement;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people of the office see and do about the statements of one account. */
@Component
class AccountStatements {
  private final JdbcClient sql;
  private final AccountPage.Reader pages;
  private final Decisions decisions;
  private final Statements statements;
  private final Policies policies;
  private final Flags flags;
  private final AuditTrail audit;
  private final Clock clock;

  AccountStatements(
      JdbcClient sql,
      AccountPage.Reader pages,
      Decisions decisions,
      Statements statements,
      Policies policies,
      Flags flags,
      AuditTrail audit,
      Clock clock) {
    this.sql = sql;
    this.pages = pages;
    this.decisions = decisions;
    this.statements = statements;
    this.policies = policies;
    this.flags = flags;
    this.audit = audit;
    this.clock = clock;
  }

  /** A statement that was sent. */
  record Sent(
      UUID id, long number, LocalDate issued, LocalDate due, Stage stage, String channel, long cents) {}

  /**
   * The page of an account's statements.
   *
   * @param visits all visits with money of the patient's, or on their way to it
   * @param raised flags that hold today; {@code lowered} those that did
   * @param complete whether the practice has said what every statement must say (P5)
   */
  record View(
      AccountPage account,
      Decisions.Decided decided,
      List<Visit> visits,
      List<Sent> sent,
      List<Flag> raised,
      List<Flag> lowered,
      boolean complete) {

    public boolean passes() {
      return decided.verdict().passes();
    }

    /** Why a visit is not billed; empty for one that is. */
    public List<Reason> reasons(Visit visit) {
      return decided.verdict().waiting().getOrDefault(visit, List.of());
    }

    /** The control number of the visit that a flag is about; null for the whole account. */
    public @Nullable String control(Flag flag) {
      return decided.standing().visits().stream()
          .filter(visit -> Objects.equals(visit.number(), flag.claim()))
          .map(Visit::control)
          .findFirst()
          .orElse(null);
    }
  }

  @Transactional
  public View view(UUID id) {
    AccountPage account = pages.read(id, null, 0);
    Decisions.Decided decided = decide(number(id));
    LocalDate today = LocalDate.now(clock);
    List<Flag> all = decided.standing().flags();
    return new View(
        account,
        decided,
        decided.standing().visits().stream()
            .filter(
                visit -> !visit.sums().share().isZero() || !visit.sums().pending().isZero())
            .sorted(Comparator.comparing(Visit::from).reversed())
            .toList(),
        sent(number(id)),
        all.stream().filter(flag -> flag.holdsOn(today)).toList(),
        all.stream().filter(flag -> !flag.holdsOn(today)).toList(),
        policies.current().isComplete());
  }

  private Decisions.Decided decide(long number) {
    Map<Long, Decisions.Decided> decided =
        decisions.of(List.of(number), policies.current(), LocalDate.now(clock));
    return Objects.requireNonNull(decided.get(number));
  }

  private long number(UUID id) {
    return sql.sql("select number from account where id = ?").param(id).query(Long.class).single();
  }

  private List<Sent> sent(long account) {
    return sql.sql("select * from statement where account_number = ? order by number desc")
        .param(account)
        .query(
            (row, index) ->
                new Sent(
                    Objects.requireNonNull(row.getObject("id", UUID.class)),
                    row.getLong("number"),
                    Objects.requireNonNull(row.getObject("issued_on", LocalDate.class)),
                    Objects.requireNonNull(row.getObject("due_on", LocalDate.class)),
                    Stage.valueOf(row.getString("stage")),
                    row.getString("channel"),
                    row.getLong("owed_cents")))
        .list();
  }

  /**
   * Sends one now.
   *
   * @return whether the gate let it pass
   */
  @Transactional
  public boolean send(UUID id) {
    pages.read(id, null, 0);
    return !statements
        .issue(List.of(number(id)), policies.current(), null, LocalDate.now(clock))
        .numbers()
        .isEmpty();
  }

  /**
   * Raises a flag.
   *
   * @param claim the id of the visit that it is about; null for the account
   */
  @Transactional
  public UUID raise(
      UUID id, FlagKind kind, @Nullable UUID claim, @Nullable LocalDate until, String note) {
    pages.read(id, null, 0);
    long account = number(id);
    Long visit =
        claim == null
            ? null
            : sql.sql(
                    """
                    select claim_number from account_claim
                    where account_number = ? and claim_id = ?
                    """)
                .params(account, claim)
                .query(Long.class)
                .optional()
                .orElse(null);
    UUID flag = flags.raise(account, visit, kind, until, note);
    audit.record(Action.ADD, Subject.of("AccountFlag", flag));
    return flag;
  }

  @Transactional
  public boolean lower(UUID id, UUID flag) {
    pages.read(id, null, 0);
    boolean lowered = flags.lower(flag);
    if (lowered) {
      audit.record(Action.CHANGE, Subject.of("AccountFlag", flag));
    }
    return lowered;
  }
}
