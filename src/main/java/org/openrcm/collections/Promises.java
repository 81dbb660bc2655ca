package org.openrcm.collections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.account.Accounts;
import org.openrcm.account.AccountsTouched;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.money.Money;
import org.openrcm.payment.PatientBalances;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Promises to pay: an account has one that is open at a time, the last. */
@Component
public class Promises {
  static final String SUBJECT = "PromiseToPay";

  /** How far ahead a promise may be. */
  static final int WITHIN_DAYS = 60;

  private final JdbcClient sql;
  private final PatientBalances balances;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Promises(
      JdbcClient sql,
      PatientBalances balances,
      Accounts accounts,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.sql = sql;
    this.balances = balances;
    this.accounts = accounts;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Notes a promise; one that is open is withdrawn for it.
   *
   * @param account its number
   * @param amount above zero, and not above what may be asked for
   * @param dueOn from today on, within 60 days
   * @param key of the sender's: sent again, it has no second effect
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public Promise make(long account, Money amount, LocalDate dueOn, String key) {
    sql.sql("select number from account where number = ? for update")
        .param(account)
        .query(Long.class)
        .single();
    Optional<Promise> before = before(account, key);
    if (before.isPresent()) {
      if (!before.get().amount().equals(amount) || !before.get().dueOn().equals(dueOn)) {
        throw new Refused(Refused.Reason.SENT_BEFORE);
      }
      return before.get();
    }
    LocalDate today = LocalDate.now(clock);
    refuse(amount, dueOn, today, balances.of(account).asked());
    withdrawOpen(account);
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into collection_promise (practice_id, number, id, account_number, amount_cents,
              due_on, made_on, made_at, made_by_id, made_by, idempotency_key)
            values (?, nextval('collection_promise_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(id)
        .param(account)
        .param(amount.cents())
        .param(dueOn)
        .param(today)
        .param(now())
        .param(Actor.current().id())
        .param(Actor.current().name())
        .param(key)
        .update();
    changed(Action.ADD, id, account);
    return before(account, key).orElseThrow();
  }

  private static void refuse(Money amount, LocalDate dueOn, LocalDate today, Money owed) {
    if (amount.cents() <= 0) {
      throw new Refused(Refused.Reason.NOT_ABOVE_ZERO);
    }
    if (dueOn.isBefore(today)) {
      throw new Refused(Refused.Reason.PROMISE_IN_THE_PAST);
    }
    if (dueOn.isAfter(today.plusDays(WITHIN_DAYS))) {
      throw new Refused(Refused.Reason.PROMISE_TOO_FAR);
    }
    if (amount.compareTo(owed) > 0) {
      throw new Refused(Refused.Reason.PROMISE_ABOVE_OWED);
    }
  }

  private OffsetDateTime now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private Optional<Promise> before(long account, String key) {
    return sql.sql("select id from collection_promise where idempotency_key = ?")
        .param(key)
        .query(UUID.class)
        .optional()
        .flatMap(
            id ->
                of(List.of(account)).getOrDefault(account, List.of()).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst());
  }

  private void withdrawOpen(long account) {
    for (Promise each : of(List.of(account)).getOrDefault(account, List.of())) {
      if (each.state() == Promise.State.OPEN) {
        withdraw(each);
      }
    }
  }

  private void withdraw(Promise promise) {
    sql.sql(
            """
            update collection_promise set withdrawn_at = ?, withdrawn_by = ?
            where number = ? and withdrawn_at is null
            """)
        .params(now(), Actor.current().name(), promise.number())
        .update();
  }

  /** Takes a promise of an account back, as if it had not been made; one that is not open stays. */
  @Transactional
  public void withdraw(long account, UUID id) {
    for (Promise each : of(List.of(account)).getOrDefault(account, List.of())) {
      if (each.id().equals(id) && each.state() == Promise.State.OPEN) {
        withdraw(each);
        changed(Action.CHANGE, id, account);
      }
    }
  }

  private void changed(Action action, UUID id, long account) {
    audit.record(action, Subject.of(SUBJECT, id), accounts.patients(List.of(account)));
    events.publishEvent(new AccountsTouched(List.of(account)));
  }

  /** All that were ever made for these accounts, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, List<Promise>> of(Collection<Long> accounts) {
    Map<Long, List<Promise>> promises = new HashMap<>();
    LocalDate today = LocalDate.now(clock);
    sql.sql("select * from promise where account_number = any (?) order by number desc")
        .param(accounts.toArray(Long[]::new))
        .query((row, index) -> promise(row, today))
        .list()
        .forEach(
            each -> promises.computeIfAbsent(each.account(), key -> new ArrayList<>()).add(each));
    return promises;
  }

  private static Promise promise(ResultSet row, LocalDate today) throws SQLException {
    Money amount = Money.ofCents(row.getLong("amount_cents"));
    Money paid = Money.ofCents(row.getLong("paid_cents"));
    LocalDate due = Objects.requireNonNull(row.getObject("due_on", LocalDate.class));
    boolean withdrawn = row.getObject("withdrawn_at") != null;
    return new Promise(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        amount,
        due,
        Objects.requireNonNull(row.getObject("made_on", LocalDate.class)),
        Objects.requireNonNull(row.getObject("made_at", OffsetDateTime.class)).toInstant(),
        row.getString("made_by"),
        paid,
        Money.ofCents(row.getLong("late_cents")),
        Promise.state(amount, paid, due, withdrawn, today));
  }
}
