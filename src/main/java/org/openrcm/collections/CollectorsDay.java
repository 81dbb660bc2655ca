package org.openrcm.collections;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is a collector's today, in figures: nobody's data are in it.
 *
 * @param holding the lease of the account that they hold; null when none
 * @param waiting accounts in the queues that they work, {@code money} what these owe
 * @param assigned accounts that are for them alone, and wait
 * @param promisesDue promises that were made to them and are due today
 * @param worked accounts that they worked today
 */
public record CollectorsDay(
    @Nullable UUID holding,
    long waiting,
    Money money,
    long assigned,
    long promisesDue,
    long worked) {

  /** Reads it for who is signed in. */
  @Component
  public static class Reader {
    private final JdbcClient sql;
    private final Queues queues;
    private final Leases leases;
    private final Clock clock;

    Reader(JdbcClient sql, Queues queues, Leases leases, Clock clock) {
      this.sql = sql;
      this.queues = queues;
      this.leases = leases;
      this.clock = clock;
    }

    @Transactional
    public CollectorsDay today() {
      UUID me = Objects.requireNonNull(Actor.current().id());
      LocalDate today = LocalDate.now(clock);
      List<Long> mine = queues.of(me).stream().map(WorkQueue::number).toList();
      long count = 0;
      Money money = Money.ZERO;
      for (var each : queues.waiting().entrySet()) {
        if (mine.contains(each.getKey())) {
          count += each.getValue().count();
          money = money.plus(each.getValue().money());
        }
      }
      UUID holding = leases.mine().map(Lease::id).orElse(null);
      long waiting = count;
      Money owed = money;
      return sql.sql(
              """
              select
                (select count(*) from collection_entry
                  where assigned_to = :me and state = 'WAITING') as assigned,
                (select count(*) from collection_promise
                  where made_by_id = :me and due_on = :today and withdrawn_at is null) as promises,
                (select count(distinct account_number) from collection_step
                  where staff_id = :me and at >= :morning and idempotency_key is not null) as worked
              """)
          .param("me", me)
          .param("today", today)
          .param("morning", Steps.at(today.atStartOfDay(clock.getZone()).toInstant()))
          .query(
              (row, index) ->
                  new CollectorsDay(
                      holding,
                      waiting,
                      owed,
                      row.getLong("assigned"),
                      row.getLong("promises"),
                      row.getLong("worked")))
          .single();
    }
  }
}
