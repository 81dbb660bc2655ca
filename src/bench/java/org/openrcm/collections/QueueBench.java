package org.openrcm.collections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.openrcm.audit.Actor;
import org.openrcm.bench.Figure;
import org.openrcm.bench.Figures;
import org.openrcm.bench.Latencies;
import org.openrcm.bench.ServedPractice;
import org.openrcm.bench.Size;
import org.openrcm.bench.Table;

/**
 * How fast collectors get their next account, and whether one is ever given twice: 64 of them at
 * once, with leases, the log and the audit record; beside it what PostgreSQL itself can do, the
 * same query and nothing else, by plain JDBC over the same connections, and by pgbench.
 */
public final class QueueBench {
  private static final int WORKERS = 64;

  private final ServedPractice practice;

  private QueueBench(ServedPractice practice) {
    this.practice = practice;
  }

  public static void measure(Size size, Figures figures) throws Exception {
    int accounts = size.of(1_000_000, 20_000);
    // suffice to know what PostgreSQL can do
    int peers = size.of(100_000, 5_000);
    int warmUp = size.of(2_000, 500);
    try (ServedPractice practice =
        ServedPractice.start("--spring.datasource.hikari.maximum-pool-size=" + WORKERS)) {
      QueueBench bench = new QueueBench(practice);
      bench.fill(accounts);
      bench.run(warmUp, Collector.bare(practice));
      bench.reset();
      Round bare = bench.run(peers, Collector.bare(practice));
      bench.reset();
      Optional<String> version = Pgbench.version();
      Optional<Latencies> pgbench = Optional.empty();
      if (version.isPresent()) {
        pgbench = Optional.of(Pgbench.run(practice, WORKERS, peers));
        bench.reset();
      } else {
        System.err.println("queue: pgbench is not on the PATH, its row is left out");
      }
      bench.run(warmUp, Collector.ours(practice));
      bench.reset();
      Round ours = bench.run(accounts, Collector.ours(practice));
      Table table =
          Latencies.table("%s accounts, %d collectors".formatted(Figure.count(accounts), WORKERS));
      ours.latencies.row(table, "take the next, with lease, log and audit record");
      bare.latencies.row(table, "the query alone, plain JDBC");
      pgbench.ifPresent(
          latencies ->
              latencies.row(table, "the query and putting away, " + version.orElseThrow()));
      figures.table(table);
      figures.say(
          "Given twice: %s of %s (%s). Beside the query alone taking lasts %s times as long (p50), and it is %s of the rate."
              .formatted(
                  Figure.count(ours.twice),
                  Figure.count(accounts),
                  Figure.aim("none", ours.twice == 0),
                  Figure.rate((double) ours.latencies.nanos(50) / bare.latencies.nanos(50)),
                  Figure.percent(ours.latencies.perSecond() / bare.latencies.perSecond())));
    }
  }

  private void fill(int accounts) throws Exception {
    for (String each :
        List.of(
            """
            insert into account (practice_id, number, id, last_name, first_name, sort_name, said)
            select ?, n, gen_random_uuid(), 'QUILLBY' || n, 'TANSY', 'QUILLBY' || n, '{}'
            from generate_series(1, ?) n
            """,
            """
            insert into account_claim (practice_id, claim_number, account_number, claim_id,
              patient_id, control, on_day)
            select ?, n, n, gen_random_uuid(), gen_random_uuid(), 'Q' || n, current_date - 200
            from generate_series(1, ?) n
            """,
            """
            insert into collection_entry (practice_id, account_number, state, eligible,
              owed_cents, asked_on, priority, stale, worked_out_on)
            select ?, n, 'WAITING', true, 500 + n % 90000, current_date - 90 - n % 300,
              (n::bigint * 7919) % 200117, false, current_date + 1
            from generate_series(1, ?) n
            """)) {
      practice.ask(() -> practice.sql().sql(each).params(practice.id(), accounts).update());
    }
    vacuum();
  }

  private void reset() throws Exception {
    practice.ask(
        () ->
            practice
                .sql()
                .sql(
                    """
                    update collection_entry set state = 'WAITING', snoozed_until = null,
                      lease = null, holder_id = null, holder_name = null, held_since = null,
                      leased_until = null
                    where state <> 'WAITING'
                    """)
                .update());
    vacuum();
  }

  /** So that no round has to look past what another has left. */
  private void vacuum() throws Exception {
    practice.asOwner("vacuum analyze account", "vacuum analyze collection_entry");
  }

  /**
   * What came of a round.
   *
   * @param latencies of taking; the rate is of taking and putting away
   */
  private record Round(Latencies latencies, int twice) {}

  private Round run(int handOuts, Collector collector) throws Exception {
    long[] nanos = new long[handOuts];
    AtomicInteger given = new AtomicInteger();
    AtomicInteger twice = new AtomicInteger();
    Set<Long> seen = ConcurrentHashMap.newKeySet(handOuts);
    ExecutorService people = Executors.newFixedThreadPool(WORKERS);
    long start = System.nanoTime();
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      Actor actor =
          new Actor(
              Actor.Kind.STAFF,
              UUID.randomUUID(),
              "Collector " + i,
              Set.of("collector"),
              practice.id(),
              Actor.PAYMENT,
              null,
              "bench");
      all.add(
          people.submit(
              () ->
                  actor.call(
                      () -> {
                        for (int at = given.getAndIncrement();
                            at < handOuts;
                            at = given.getAndIncrement()) {
                          long before = System.nanoTime();
                          long account = collector.next();
                          nanos[at] = System.nanoTime() - before;
                          if (account == 0) {
                            throw new IllegalStateException("nothing waits any more");
                          }
                          twice.addAndGet(seen.add(account) ? 0 : 1);
                          collector.putAway(account);
                        }
                        return true;
                      })));
    }
    for (Future<Boolean> each : all) {
      each.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    people.shutdown();
    return new Round(new Latencies(nanos, seconds), twice.get());
  }
}
