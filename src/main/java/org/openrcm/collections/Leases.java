package org.openrcm.collections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Colleague;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands accounts out, each to one collector at a time, and takes them back. A collector holds one
 * account at most; the database refuses another. Who vanishes loses it when the lease runs out.
 */
@Component
class Leases {
  static final String SUBJECT = "CollectionEntry";

  private static final int RAN_OUT_AT_ONCE = 100;
  private static final String NOT_SKIPPED =
      """
       and not exists (select from collection_skip s
        where s.staff_id = :me and s.day = :today and s.account_number = e.account_number)
      """;
  private static final String MINE = "e.assigned_to = :me";
  private static final String OF_QUEUE = "e.assigned_to is null and e.queue_number = :queue";
  private static final String OPEN_NOW = " and e.open and e.open_until > :now";

  /** What others are taking at the same moment is passed over. One statement, as people wait. */
  private static final String TAKE =
      """
      with next as (
        %s
        limit 1 for update of e skip locked),
      taken as (
        update collection_entry set state = 'HELD', lease = :lease, holder_id = :me,
          holder_name = :name, held_since = :now, leased_until = :until
        where account_number = (select account_number from next)
        returning *),
      noted as (
        insert into collection_step (practice_id, number, account_number, at, staff_id,
          staff_name, kind, lease, words)
        select practice_id, nextval('collection_step_number'), account_number, held_since,
          holder_id, holder_name, 'TAKEN', lease, '' from taken)
      select t.*, (select a.id from account a where a.number = t.account_number) as account_id,
        array(select distinct c.patient_id from account_claim c
          where c.account_number = t.account_number) as patients
      from taken t
      """;

  private final JdbcClient sql;
  private final Steps steps;
  private final Staff staff;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;
  private final Duration length;
  private final TransactionTemplate transaction;

  Leases(
      JdbcClient sql,
      Steps steps,
      Staff staff,
      Accounts accounts,
      AuditTrail audit,
      Clock clock,
      @Value("${openrcm.collections.lease:10m}") Duration length,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.steps = steps;
    this.staff = staff;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
    this.length = length;
    this.transaction = new TransactionTemplate(transactions);
  }

  private static UUID me() {
    return Objects.requireNonNull(Actor.current().id(), "only people hold accounts");
  }

  /** As the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private LocalDate today() {
    return LocalDate.now(clock);
  }

  /**
   * The account that the current collector is to work: the one that they hold; else the first that
   * is meant for them; else the first of these queues, one queue after the other. Those whose
   * patients may be reached now go before the others, those that were skipped today come last.
   *
   * @param queues their numbers, in order
   * @return empty when none waits
   */
  Optional<Lease> next(List<Long> queues) {
    try {
      return transaction.execute(status -> take(queues));
    } catch (DuplicateKeyException e) {
      // the same collector in two windows at once: the other one took it
      return transaction.execute(status -> take(queues));
    }
  }

  /**
   * This account, unless somebody holds it or it is another collector's.
   *
   * @throws Refused when it is not to be had, or the collector holds another one
   */
  Lease takeThis(long account) {
    try {
      return Objects.requireNonNull(transaction.execute(status -> takeFree(account)));
    } catch (DuplicateKeyException e) {
      throw new Refused(Refused.Reason.HOLDS_ANOTHER);
    }
  }

  private Lease takeFree(long account) {
    bringBack();
    Optional<Lease> mine =
        sql.sql(
                """
                select * from collection_entry
                where account_number = ? and holder_id = ? and lease is not null
                """)
            .params(account, me())
            .query(Entries::lease)
            .optional()
            .flatMap(held -> renew(held.id()));
    return mine.or(
            () ->
                take(
                    """
                    select e.account_number from collection_entry e
                    where e.account_number = :account and e.eligible and not e.stale
                      and e.state in ('WAITING', 'SNOOZED')
                      and (e.assigned_to is null or e.assigned_to = :me)
                    """,
                    Map.of("account", account)))
        .orElseThrow(() -> new Refused(Refused.Reason.NOT_FREE));
  }

  private Optional<Lease> take(List<Long> queues) {
    // in one question: what they hold, and whether anything is meant for them
    record Mine(@Nullable Lease held, boolean waits) {}
    Mine mine =
        sql.sql(
                """
                select h.*, exists (select from collection_entry m
                  where m.assigned_to = :me and m.state = 'WAITING') as waits
                from (select) nothing
                left join collection_entry h on h.holder_id = :me and h.lease is not null
                """)
            .param("me", me())
            .query(
                (row, index) ->
                    new Mine(
                        row.getObject("lease") == null ? null : Entries.lease(row, index),
                        row.getBoolean("waits")))
            .single();
    if (mine.held() != null) {
      Optional<Lease> renewed = renew(mine.held().id());
      if (renewed.isPresent()) {
        return renewed;
      }
      bringBack();
    }
    Optional<Lease> taken = takeInTurn(queues, mine.waits());
    return taken.isEmpty() && bringBack() > 0 ? takeInTurn(queues, true) : taken;
  }

  private Optional<Lease> takeInTurn(List<Long> queues, boolean mine) {
    for (String when : List.of(OPEN_NOW + NOT_SKIPPED, NOT_SKIPPED)) {
      Optional<Lease> lease = mine ? takeFirst(MINE + when, null) : Optional.empty();
      for (int i = 0; i < queues.size() && lease.isEmpty(); i++) {
        lease = takeFirst(OF_QUEUE + when, queues.get(i));
      }
      if (lease.isPresent()) {
        return lease;
      }
    }
    return takeSkipped(queues);
  }

  private Optional<Lease> takeFirst(String which, @Nullable Long queue) {
    Map<String, Object> values = new HashMap<>();
    if (queue != null) {
      values.put("queue", queue);
    }
    return take(
        "select e.account_number from collection_entry e where e.state = 'WAITING' and not e.stale"
            + " and "
            + which
            + " order by e.priority desc, e.account_number",
        values);
  }

  private Optional<Lease> takeSkipped(Collection<Long> queues) {
    return take(
        """
        select e.account_number from collection_skip s
        join collection_entry e on e.account_number = s.account_number
        where s.staff_id = :me and s.day = :today and e.state = 'WAITING' and not e.stale
          and (e.assigned_to = :me
            or (e.assigned_to is null and e.queue_number = any (:queues::bigint[])))
        order by s.at, e.account_number
        """,
        Map.of("queues", queues.toArray(Long[]::new)));
  }

  /** What was taken, and whose it is. */
  private record Taken(Lease lease, UUID account, List<UUID> patients) {}

  private Optional<Lease> take(String first, Map<String, Object> values) {
    Instant now = now();
    return sql.sql(TAKE.formatted(first))
        .params(values)
        .param("me", me())
        .param("name", Actor.current().name())
        .param("today", today())
        .param("lease", UUID.randomUUID())
        .param("now", Steps.at(now))
        .param("until", Steps.at(now.plus(length)))
        .query(
            (row, index) ->
                new Taken(
                    Entries.lease(row, index),
                    Objects.requireNonNull(row.getObject("account_id", UUID.class)),
                    List.of((UUID[]) row.getArray("patients").getArray())))
        .optional()
        .map(
            taken -> {
              audit.record(Action.CHANGE, Subject.of(SUBJECT, taken.account()), taken.patients());
              return taken.lease();
            });
  }

  /** Leaves what ran out to be taken again; a renewal that comes later is too late. */
  @Transactional
  public int bringBack() {
    List<Lease> lost =
        sql.sql(
                """
                with lost as (
                  select account_number, lease, holder_id, holder_name, held_since, leased_until
                  from collection_entry where state = 'HELD' and leased_until <= :now
                  order by leased_until limit :most for update skip locked)
                update collection_entry e set state = %s, lease = null, holder_id = null,
                  holder_name = null, held_since = null, leased_until = null
                from lost where e.account_number = lost.account_number returning lost.*
                """
                    .formatted(Entries.AT_REST))
            .param("now", Steps.at(now()))
            .param("today", today())
            .param("most", RAN_OUT_AT_ONCE)
            .query(Entries::lease)
            .list();
    for (Lease lease : lost) {
      steps.add(
          lease.number(), Step.Kind.RAN_OUT, lease.id(), "It was " + lease.holderName() + "'s.");
    }
    return lost.size();
  }

  /** The lease as it is; empty when the current collector does not hold it now. */
  @Transactional
  public Optional<Lease> look(UUID lease) {
    return sql.sql(
            """
            select * from collection_entry
            where lease = ? and holder_id = ? and leased_until > ?
            """)
        .params(lease, me(), Steps.at(now()))
        .query(Entries::lease)
        .optional();
  }

  /** What the current collector holds; empty when nothing. */
  @Transactional
  public Optional<Lease> mine() {
    return sql.sql(
            """
            select * from collection_entry
            where holder_id = ? and lease is not null and leased_until > ?
            """)
        .params(me(), Steps.at(now()))
        .query(Entries::lease)
        .optional();
  }

  /** Holds it for the full time again; empty when the current collector does not hold it now. */
  @Transactional
  public Optional<Lease> renew(UUID lease) {
    Instant now = now();
    return sql.sql(
            """
            update collection_entry set leased_until = ?
            where lease = ? and holder_id = ? and leased_until > ? returning *
            """)
        .params(Steps.at(now.plus(length)), lease, me(), Steps.at(now))
        .query(Entries::lease)
        .optional();
  }

  /**
   * The account of a lease that the current collector holds. It is not locked: what is done with it
   * locks the books and the account first, and the entry last, as everybody does. Giving it up
   * tells whether it was held until then.
   *
   * @throws Refused LEASE_RAN_OUT
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Lease require(UUID lease) {
    return look(lease).orElseThrow(() -> new Refused(Refused.Reason.LEASE_RAN_OUT));
  }

  /** Puts the account back where it was, for whoever is next. */
  @Transactional
  public void putBack(UUID lease) {
    Lease held = require(lease);
    release(held);
    steps.add(held.number(), Step.Kind.PUT_BACK, lease, "");
  }

  /** Puts it at the end of the queue for this collector, today. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void skipped(Lease held) {
    sql.sql(
            """
            insert into collection_skip (practice_id, staff_id, day, account_number, at)
            values (?, ?, ?, ?, ?)
            on conflict (practice_id, staff_id, day, account_number) do update set at = excluded.at
            """)
        .params(Actor.currentPractice(), me(), today(), held.number(), Steps.at(now()))
        .update();
    release(held);
  }

  /** How long an account can rest at most. */
  static final int REST_DAYS = 90;

  /**
   * The day itself, if an account may rest until its morning.
   *
   * @throws Refused when it is not later, or too late
   */
  LocalDate restUntil(LocalDate day) {
    if (!day.isAfter(today())) {
      throw new Refused(Refused.Reason.SNOOZE_NOT_LATER);
    }
    if (day.isAfter(today().plusDays(REST_DAYS))) {
      throw new Refused(Refused.Reason.SNOOZE_TOO_FAR);
    }
    return day;
  }

  /**
   * Gives it up, worked.
   *
   * @param rest until the morning of which day it rests; null for no day
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void finished(Lease held, @Nullable LocalDate rest) {
    sql.sql(
            "update collection_entry set snoozed_until = ?, snoozed_by = ? where account_number = ?")
        .param(rest)
        .param(rest == null ? null : Actor.current().name())
        .param(held.number())
        .update();
    release(held);
  }

  /** Ends its rest now. */
  @Transactional
  public void wake(long account) {
    int woken =
        sql.sql(
                """
                update collection_entry set snoozed_until = null,
                  state = case when state = 'SNOOZED' then 'WAITING' else state end
                where account_number = ? and snoozed_until is not null
                """)
            .param(account)
            .update();
    if (woken > 0) {
      steps.add(account, Step.Kind.WOKEN, null, "");
      record(Action.CHANGE, account);
    }
  }

  /** Gives it to a collector, who finds it before all others. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void transferred(Lease held, Colleague to) {
    assign(held.number(), to);
    release(held);
  }

  private void assign(long account, @Nullable Colleague to) {
    sql.sql(
            """
            update collection_entry set assigned_to = ?, assigned_name = ?, assigned_by = ?
            where account_number = ?
            """)
        .param(to == null ? null : to.id())
        .param(to == null ? null : to.name())
        .param(to == null ? null : Actor.current().name())
        .param(account)
        .update();
  }

  /** Takes it from whoever holds it; what they typed is kept, and their lease is worth nothing. */
  @Transactional
  public void takeBack(long account) {
    sql.sql(
            "select * from collection_entry where account_number = ? and lease is not null for update")
        .param(account)
        .query(Entries::lease)
        .optional()
        .ifPresent(
            held -> {
              release(held);
              steps.add(
                  account, Step.Kind.TAKEN_BACK, held.id(), "It was " + held.holderName() + "'s.");
            });
  }

  /**
   * Says whose it is from now on.
   *
   * @param to null for any collector
   */
  @Transactional
  public void reassign(long account, @Nullable Colleague to) {
    assign(account, to);
    steps.add(
        account,
        Step.Kind.TRANSFERRED,
        null,
        to == null ? "To everybody." : "To " + to.name() + ".");
    record(Action.CHANGE, account);
  }

  /**
   * What was for earlier days, and for collectors who are none any more, is for everybody again.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void forget(LocalDate today) {
    sql.sql("delete from collection_skip where day < ?").param(today).update();
    sql.sql(
            """
            update collection_entry set assigned_to = null, assigned_name = null, assigned_by = null
            where assigned_to is not null and not assigned_to = any (?::uuid[])
            """)
        .param(staff.with(Role.COLLECTOR).stream().map(Colleague::id).toArray(UUID[]::new))
        .update();
  }

  private void release(Lease held) {
    int released =
        sql.sql(
                """
            update collection_entry set state = %s, lease = null, holder_id = null,
              holder_name = null, held_since = null, leased_until = null
            where account_number = :account and lease = :lease
            """
                    .formatted(Entries.AT_REST))
            .param("today", today())
            .param("account", held.number())
            .param("lease", held.id())
            .update();
    if (released == 0) {
      throw new Refused(Refused.Reason.LEASE_RAN_OUT);
    }
    record(Action.CHANGE, held.number());
  }

  private void record(Action action, long account) {
    UUID id =
        sql.sql("select id from account where number = ?")
            .param(account)
            .query(UUID.class)
            .single();
    audit.record(action, Subject.of(SUBJECT, id), accounts.patients(List.of(account)));
  }
}
