package org.openrcm.statement;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.account.Accounts;
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
  private final Accounts accounts;
  private final Decisions decisions;
  private final Statements statements;
  private final Policies policies;
  private final Flags flags;
  private final AuditTrail audit;
  private final Clock clock;

  AccountStatements(
      JdbcClient sql,
      AccountPage.Reader pages,
      Accounts accounts,
      Decisions decisions,
      Statements statements,
      Policies policies,
      Flags flags,
      AuditTrail audit,
      Clock clock) {
    this.sql = sql;
    this.pages = pages;
    this.accounts = accounts;
    this.decisions = decisions;
    this.statements = statements;
    this.policies = policies;
    this.flags = flags;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A statement that was sent.
   *
   * @param delivery what became of one by e-mail; null while nothing did, and of those by mail
   */
  record Sent(
      UUID id,
      long number,
      LocalDate issued,
      LocalDate due,
      Stage stage,
      boolean email,
      @Nullable Delivery delivery,
      long cents) {

    /** By which way it went, or goes. */
    public String way() {
      return email ? "E-mail" : "Mail";
    }

    /** Whether somebody can say that its e-mail came back. */
    public boolean canComeBack() {
      return delivery != null && delivery.state() == Delivery.State.SENT;
    }
  }

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

    /** Why the last e-mail did not arrive, while bills go on paper for it; null otherwise. */
    public @Nullable Undelivered trouble() {
      Delivery last =
          sent.stream().filter(Sent::email).findFirst().map(Sent::delivery).orElse(null);
      Undelivered why = last == null ? null : last.why();
      return why != null && why.isOfAddress() && decided.account().paper() ? why : null;
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
  public View view(String id) {
    AccountPage account = pages.head(id);
    long number = pages.number(id, Action.VIEW);
    Decisions.Decided decided = decide(number);
    LocalDate today = LocalDate.now(clock);
    List<Flag> all = decided.standing().flags();
    return new View(
        account,
        decided,
        decided.standing().visits().stream()
            .filter(visit -> !visit.sums().share().isZero() || !visit.sums().pending().isZero())
            .sorted(Comparator.comparing(Visit::from).reversed())
            .toList(),
        sent(number),
        all.stream().filter(flag -> flag.holdsOn(today)).toList(),
        all.stream().filter(flag -> !flag.holdsOn(today)).toList(),
        policies.current().isComplete());
  }

  LocalDate today() {
    return LocalDate.now(clock);
  }

  private Decisions.Decided decide(long number) {
    Map<Long, Decisions.Decided> decided =
        decisions.of(List.of(number), policies.current(), LocalDate.now(clock));
    return Objects.requireNonNull(decided.get(number));
  }

  private List<Sent> sent(long account) {
    return sql.sql(
            """
            select s.id, s.number, s.issued_on, s.due_on, s.stage, s.channel, s.owed_cents,
              d.state, d.at, d.why
            from statement s
            left join lateral (
              select state, at, why from statement_delivery
              where statement_number = s.number order by number desc limit 1) d on true
            where s.account_number = ? order by s.number desc
            """)
        .param(account)
        .query(
            (row, index) ->
                new Sent(
                    Objects.requireNonNull(row.getObject("id", UUID.class)),
                    row.getLong("number"),
                    Objects.requireNonNull(row.getObject("issued_on", LocalDate.class)),
                    Objects.requireNonNull(row.getObject("due_on", LocalDate.class)),
                    Stage.valueOf(row.getString("stage")),
                    row.getString("channel").equals("EMAIL"),
                    row.getString("state") == null ? null : Deliveries.delivery(row, index),
                    row.getLong("owed_cents")))
        .list();
  }

  /**
   * Sends one now.
   *
   * @return whether it was sent: the gate let it pass, and the policy says who sends it
   */
  @Transactional
  public boolean send(String id) {
    long account = pages.number(id, Action.ADD);
    Policy policy = policies.current();
    return policy.isComplete()
        && !statements
            .issue(List.of(account), policy, null, LocalDate.now(clock))
            .numbers()
            .isEmpty();
  }

  /**
   * Raises a flag.
   *
   * @param claim the id of the visit that it is about; null for the account
   * @throws NoSuchStatement when the account has no such visit: a flag that is meant for one visit
   *     is not to hold back all of them
   */
  @Transactional
  public UUID raise(
      String id, FlagKind kind, @Nullable UUID claim, @Nullable LocalDate until, String note) {
    long account = pages.number(id, Action.ADD);
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
                .orElseThrow(NoSuchStatement::new);
    return raise(account, visit, kind, until, note);
  }

  private UUID raise(
      long account, @Nullable Long visit, FlagKind kind, @Nullable LocalDate until, String note) {
    UUID flag = flags.raise(account, visit, kind, until, note);
    audit.record(Action.ADD, Subject.of("AccountFlag", flag), accounts.patients(List.of(account)));
    return flag;
  }

  /**
   * What came of a bill that came back.
   *
   * @param flag that was raised; null when there was one already
   */
  record Returned(UUID account, @Nullable UUID flag) {}

  /**
   * Notes that a bill came back from the address of its account.
   *
   * @return null when there is no bill of this number
   */
  @Transactional
  public @Nullable Returned returned(long number) {
    Optional<Map<String, Object>> bill =
        sql
            .sql(
                """
                select a.number, a.id from statement s join account a on a.number = s.account_number
                where s.number = ? for update of a
                """)
            .param(number)
            .query()
            .listOfRows()
            .stream()
            .findFirst();
    if (bill.isEmpty()) {
      return null;
    }
    long account = (Long) Objects.requireNonNull(bill.get().get("number"));
    UUID id = (UUID) Objects.requireNonNull(bill.get().get("id"));
    LocalDate today = LocalDate.now(clock);
    boolean known =
        flags.of(List.of(account)).getOrDefault(account, List.of()).stream()
            .anyMatch(flag -> flag.kind() == FlagKind.RETURNED_MAIL && flag.holdsOn(today));
    return known
        ? new Returned(id, null)
        : new Returned(
            id,
            raise(account, null, FlagKind.RETURNED_MAIL, null, "Bill " + number + " came back"));
  }

  @Transactional
  public boolean lower(String id, UUID flag) {
    long account = pages.number(id, Action.CHANGE);
    boolean lowered = flags.lower(account, flag);
    if (lowered) {
      audit.record(
          Action.CHANGE, Subject.of("AccountFlag", flag), accounts.patients(List.of(account)));
    }
    return lowered;
  }
}
