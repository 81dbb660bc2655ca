package org.openrcm.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.AccountsTouched;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.ledger.Balances;
import org.openrcm.ledger.Journal;
import org.openrcm.money.Money;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Plans to pay in parts: an account has one at a time. */
@Component
public class Plans {
  static final String SUBJECT = "PaymentPlan";

  /** Until when the first part is due. */
  public static final int FIRST_WITHIN_DAYS = 30;

  private static final Money LEAST = Money.of("1");

  private final JdbcClient sql;
  private final Journal journal;
  private final Balances books;
  private final PatientBalances balances;
  private final PaidUp paidUp;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Plans(
      JdbcClient sql,
      Journal journal,
      Balances books,
      PatientBalances balances,
      PaidUp paidUp,
      Accounts accounts,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.sql = sql;
    this.journal = journal;
    this.books = books;
    this.balances = balances;
    this.paidUp = paidUp;
    this.accounts = accounts;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Agrees on a plan.
   *
   * @param account its number
   * @param total of all parts, not above what may be asked for
   * @param instalments how many parts: two to four
   * @param firstDue from today on, within 30 days
   * @param key of the sender's: sent again, it has no second effect
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public Plan make(long account, Money total, int instalments, LocalDate firstDue, String key) {
    journal.lock();
    Wish wish = Wish.of(key, account, total.cents(), instalments, firstDue);
    Optional<Plan> before = before(wish);
    if (before.isPresent()) {
      return before.get();
    }
    LocalDate today = today();
    Refused.Reason reason =
        refusal(balances.of(account).asked(), total, instalments, firstDue, today);
    if (reason == null && of(account).filter(plan -> plan.state().isRunning()).isPresent()) {
      reason = Refused.Reason.PLAN_RUNS;
    }
    if (reason != null) {
      throw new Refused(reason);
    }
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into payment_plan (practice_id, number, id, account_number, total_cents,
              instalments, first_due, made_on, made_at, made_by, idempotency_key, request_hash, entry)
            values (?, nextval('payment_plan_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(id)
        .param(account)
        .param(total.cents())
        .param(instalments)
        .param(firstDue)
        .param(today)
        .param(PatientPaymentRows.at(clock.instant()))
        .param(Actor.current().name())
        .param(wish.key())
        .param(wish.hash())
        .param(books.point(null).entry())
        .update();
    record(Action.ADD, id, account);
    return before(wish).orElseThrow();
  }

  /** Null when such a plan may be made. */
  static Refused.@Nullable Reason refusal(
      Money owed, Money total, int instalments, LocalDate firstDue, LocalDate today) {
    if (total.cents() <= 0) {
      return Refused.Reason.NOT_ABOVE_ZERO;
    }
    if (instalments > Plan.MOST_INSTALMENTS) {
      return Refused.Reason.TOO_MANY_INSTALMENTS;
    }
    if (instalments < 2) {
      return Refused.Reason.NO_INSTALMENTS;
    }
    if (firstDue.isBefore(today)) {
      return Refused.Reason.FIRST_DUE_TOO_EARLY;
    }
    if (firstDue.isAfter(today.plusDays(FIRST_WITHIN_DAYS))) {
      return Refused.Reason.FIRST_DUE_TOO_LATE;
    }
    if (total.compareTo(owed) > 0) {
      return Refused.Reason.PLAN_ABOVE_OWED;
    }
    return total.cents() < LEAST.cents() * instalments ? Refused.Reason.TOO_LITTLE : null;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  private void record(Action action, UUID id, long account) {
    audit.record(action, Subject.of(SUBJECT, id), accounts.patients(List.of(account)));
    events.publishEvent(new AccountsTouched(List.of(account)));
  }

  private Optional<Plan> before(Wish wish) {
    Optional<Plan.Terms> terms =
        sql.sql("select * from payment_plan where idempotency_key = ?")
            .param(wish.key())
            .query(
                (row, index) -> {
                  wish.mustBe(row.getString("request_hash"));
                  return terms(row, index);
                })
            .optional();
    return terms.flatMap(
        each ->
            all(each.account()).stream().filter(plan -> plan.id().equals(each.id())).findFirst());
  }

  /** Ends a plan; what was paid stays paid. Cancelled twice it is cancelled once. */
  @Transactional
  public Plan cancel(UUID id) {
    return change(id, true);
  }

  /**
   * Lets a cancelled plan go on.
   *
   * @throws Refused when there is another one by now
   */
  @Transactional
  public Plan resume(UUID id) {
    return change(id, false);
  }

  private Plan change(UUID id, boolean cancelled) {
    Plan.Terms terms = require(Action.CHANGE, id);
    journal.lock();
    terms = find(id).orElse(terms);
    if (terms.cancelled() != cancelled) {
      boolean another =
          of(terms.account())
              .filter(plan -> plan.state().isRunning() && !plan.id().equals(id))
              .isPresent();
      if (!cancelled && another) {
        throw new Refused(Refused.Reason.PLAN_RUNS);
      }
      sql.sql("update payment_plan set cancelled_at = ?, cancelled_by = ? where id = ?")
          .param(cancelled ? PatientPaymentRows.at(clock.instant()) : null)
          .param(cancelled ? Actor.current().name() : null)
          .param(id)
          .update();
    }
    record(Action.CHANGE, id, terms.account());
    return all(terms.account()).stream()
        .filter(plan -> plan.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Plan.Terms require(Action action, UUID id) {
    return find(id)
        .orElseThrow(
            () -> {
              audit.denied(action, Subject.of(SUBJECT, id), "There is no such plan.");
              return new NoSuchPayment();
            });
  }

  private Optional<Plan.Terms> find(UUID id) {
    return sql.sql("select * from payment_plan where id = ?")
        .param(id)
        .query(Plans::terms)
        .optional();
  }

  /** The plan of an account that is not cancelled, the latest; empty when it has none. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Plan> of(long account) {
    return Optional.ofNullable(of(List.of(account)).get(account));
  }

  /** Likewise of many accounts, by their numbers; without those that have none. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Plan> of(Collection<Long> wanted) {
    Map<Long, Plan> plans = new HashMap<>();
    for (Plan plan : read(wanted)) {
      if (plan.state() != Plan.State.CANCELLED) {
        plans.putIfAbsent(plan.account(), plan);
      }
    }
    return plans;
  }

  /** All plans of an account, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Plan> all(long account) {
    return read(List.of(account));
  }

  /**
   * A row.
   *
   * @param entry the last one of the journal before it was made; null for plans of before that was
   *     kept
   */
  private record Row(Plan.Terms terms, Money paid, @Nullable Long entry) {

    private boolean isOver(@Nullable Long paidUp) {
      return entry != null && paidUp != null && paidUp > entry;
    }
  }

  private List<Plan> read(Collection<Long> wanted) {
    List<Row> rows =
        sql.sql(
                """
                select p.*, paid.cents as paid_cents
                from payment_plan p
                left join lateral (
                  select coalesce(sum(m.amount_cents - coalesce((
                      select sum(r.amount_cents) from patient_refund r
                      where r.payment_number = m.number and r.state <> 'FAILED'), 0)), 0)::bigint
                    as cents
                  from patient_payment m
                  where m.account_number = p.account_number and m.taken_at >= p.made_at
                    and m.voided_at is null) paid on true
                where p.account_number = any (?)
                order by p.number desc
                """)
            .param(wanted.toArray(Long[]::new))
            .query(
                (row, index) ->
                    new Row(
                        terms(row, index),
                        Money.ofCents(row.getLong("paid_cents")),
                        row.getObject("entry", Long.class)))
            .list();
    List<Long> accounts = rows.stream().map(each -> each.terms().account()).distinct().toList();
    Map<Long, Owed> owed = balances.of(accounts);
    Map<Long, Long> paidUp = this.paidUp.accounts(accounts);
    List<Plan> plans = new ArrayList<>();
    LocalDate today = today();
    for (Row row : rows) {
      long account = row.terms().account();
      Money now =
          row.isOver(paidUp.get(account))
              ? Money.ZERO
              : owed.getOrDefault(account, Owed.nothing(account)).owed();
      plans.add(Plan.of(row.terms(), row.paid(), now, today));
    }
    return plans;
  }

  private static Plan.Terms terms(ResultSet row, int index) throws SQLException {
    return new Plan.Terms(
        row.getLong("number"),
        PatientPaymentRows.uuid(row, "id"),
        row.getLong("account_number"),
        Money.ofCents(row.getLong("total_cents")),
        row.getInt("instalments"),
        PatientPaymentRows.day(row, "first_due"),
        PatientPaymentRows.day(row, "made_on"),
        row.getString("made_by"),
        row.getObject("cancelled_at") != null);
  }
}
