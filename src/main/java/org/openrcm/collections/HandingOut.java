package org.openrcm.collections;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands accounts out, each to one collector at a time. A collector holds one account at most; the
 * database refuses another.
 */
@Component
class HandingOut {
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
  private final Leases leases;
  private final AuditTrail audit;
  private final Clock clock;
  private final TransactionTemplate transaction;

  HandingOut(
      JdbcClient sql,
      Leases leases,
      AuditTrail audit,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.leases = leases;
    this.audit = audit;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
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
    leases.bringBack();
    Optional<Lease> mine =
        sql.sql(
                """
                select * from collection_entry
                where account_number = ? and holder_id = ? and lease is not null
                """)
            .params(account, Leases.me())
            .query(Entries::lease)
            .optional()
            .flatMap(held -> leases.renew(held.id()));
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
            .param("me", Leases.me())
            .query(
                (row, index) ->
                    new Mine(
                        row.getObject("lease") == null ? null : Entries.lease(row, index),
                        row.getBoolean("waits")))
            .single();
    if (mine.held() != null) {
      Optional<Lease> renewed = leases.renew(mine.held().id());
      if (renewed.isPresent()) {
        return renewed;
      }
      leases.bringBack();
    }
    Optional<Lease> taken = takeInTurn(queues, mine.waits());
    return taken.isEmpty() && leases.bringBack() > 0 ? takeInTurn(queues, true) : taken;
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
    Instant now = leases.now();
    return sql.sql(TAKE.formatted(first))
        .params(values)
        .param("me", Leases.me())
        .param("name", Actor.current().name())
        .param("today", LocalDate.now(clock))
        .param("lease", UUID.randomUUID())
        .param("now", Steps.at(now))
        .param("until", Steps.at(leases.end(now)))
        .query(
            (row, index) ->
                new Taken(
                    Entries.lease(row, index),
                    Objects.requireNonNull(row.getObject("account_id", UUID.class)),
                    List.of((UUID[]) row.getArray("patients").getArray())))
        .optional()
        .map(
            taken -> {
              audit.record(
                  Action.CHANGE, Subject.of(Leases.SUBJECT, taken.account()), taken.patients());
              return taken.lease();
            });
  }
}
