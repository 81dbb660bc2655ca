package org.openrcm.collections;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practices;
import org.openrcm.server.Server;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How fast collectors get their next account, and whether one is ever given twice: 64 of them at
 * once, with leases, the log and the audit record; beside it what PostgreSQL itself can do, the
 * same query and nothing else, by plain JDBC over the same connections.
 *
 * <p>Arguments: accounts that wait (1,000,000), how many of them are handed out (all).
 */
public final class QueueBench {
  private static final int WORKERS = 64;
  private static final int WARMUP = 2_000;

  /** What {@link Leases} asks when nothing is assigned and nothing was skipped. */
  private static final String BARE =
      """
      with next as (
        select account_number from collection_entry e
        where state = 'WAITING' and not stale and assigned_to is null and queue_number = 0
        order by priority desc, account_number limit 1 for update skip locked)
      update collection_entry set state = 'HELD', lease = ?, holder_id = ?, holder_name = 'bare',
        held_since = now(), leased_until = now() + interval '10 minutes'
      where account_number = (select account_number from next) returning account_number
      """;

  private static final String BARE_END =
      """
      update collection_entry set state = 'SNOOZED', lease = null, holder_id = null,
        holder_name = null, held_since = null, leased_until = null
      where account_number = ?
      """;

  private final ConfigurableApplicationContext server;
  private final TransactionTemplate transaction;
  private final JdbcClient sql;
  private final Leases leases;
  private final UUID practice;

  private QueueBench(ConfigurableApplicationContext server) {
    this.server = server;
    this.transaction = server.getBean(TransactionTemplate.class);
    this.sql = server.getBean(JdbcClient.class);
    this.leases = server.getBean(Leases.class);
    this.practice = server.getBean(Practices.class).create("Larkmoor Family Practice", true);
  }

  /** One collector: takes the next account, and puts it away; how long taking took. */
  private interface Collector {
    /** The account; 0 when none waits. */
    long next() throws Exception;

    void putAway(long account) throws Exception;
  }

  /** What came of a round. */
  private record Round(long[] nanos, int given, int twice, double seconds) {
    double millis(int percent) {
      return nanos[Math.min(nanos.length - 1, nanos.length * percent / 100)] / 1e6;
    }

    double perSecond() {
      return given / seconds;
    }
  }

  public static void main(String[] args) throws Exception {
    int accounts = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    int handOuts = args.length < 2 ? accounts : Integer.parseInt(args[1]);
    Path data = Files.createDirectories(Path.of("target", "bench", "queue-" + UUID.randomUUID()));
    try (ConfigurableApplicationContext server =
        Server.start(
            "--openrcm.data=" + data,
            "--server.port=0",
            "--management.server.port=-1",
            "--spring.datasource.hikari.maximum-pool-size=" + WORKERS,
            "--logging.level.root=warn")) {
      QueueBench bench = new QueueBench(server);
      bench.fill(accounts);
      bench.run(Math.min(WARMUP, handOuts), bench.ours());
      bench.reset();
      Round ours = bench.run(handOuts, bench.ours());
      bench.reset();
      Round bare = bench.run(handOuts, bench.bare());
      bench.print(accounts, ours, bare);
    }
    System.exit(0);
  }

  private <T> T in(java.util.function.Supplier<T> work) {
    return Actor.job("bench", practice).get(() -> transaction.execute(status -> work.get()));
  }

  private void fill(int accounts) {
    in(
        () -> {
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
            sql.sql(each).params(practice, accounts).update();
          }
          return true;
        });
  }

  private void reset() {
    in(
        () ->
            sql.sql(
                    """
                    update collection_entry set state = 'WAITING', snoozed_until = null, lease = null,
                      holder_id = null, holder_name = null, held_since = null, leased_until = null
                    where state <> 'WAITING'
                    """)
                .update());
  }

  private Collector ours() {
    return new Collector() {
      private final ThreadLocal<UUID> lease = new ThreadLocal<>();

      @Override
      public long next() {
        Optional<Lease> next = leases.next(List.of(0L));
        lease.set(next.map(Lease::id).orElse(null));
        return next.map(Lease::number).orElse(0L);
      }

      @Override
      public void putAway(long account) {
        transaction.executeWithoutResult(
            status ->
                leases.finished(
                    leases.require(lease.get()),
                    LocalDate.now(java.time.ZoneOffset.UTC).plusDays(3)));
      }
    };
  }

  private Collector bare() {
    DataSource database = server.getBean(DataSource.class);
    return new Collector() {
      @Override
      public long next() throws Exception {
        try (Connection connection = begin();
            PreparedStatement take = connection.prepareStatement(BARE)) {
          take.setObject(1, UUID.randomUUID());
          take.setObject(2, UUID.randomUUID());
          ResultSet row = take.executeQuery();
          long account = row.next() ? row.getLong(1) : 0;
          connection.commit();
          return account;
        }
      }

      @Override
      public void putAway(long account) throws Exception {
        try (Connection connection = begin();
            PreparedStatement end = connection.prepareStatement(BARE_END)) {
          end.setLong(1, account);
          end.executeUpdate();
          connection.commit();
        }
      }

      private Connection begin() throws Exception {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement set =
            connection.prepareStatement("select set_config('app.practice', ?, true)")) {
          set.setString(1, practice.toString());
          set.execute();
        }
        return connection;
      }
    };
  }

  private Round run(int handOuts, Collector collector) throws Exception {
    long[] nanos = new long[handOuts];
    AtomicInteger given = new AtomicInteger();
    AtomicInteger twice = new AtomicInteger();
    Set<Long> seen = ConcurrentHashMap.newKeySet(handOuts);
    ExecutorService people = Executors.newFixedThreadPool(WORKERS);
    long start = System.nanoTime();
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      Actor actor =
          new Actor(
              Actor.Kind.STAFF,
              UUID.randomUUID(),
              "Collector " + i,
              Set.of("collector"),
              practice,
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
                        return null;
                      })));
    }
    for (Future<Void> each : all) {
      each.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    people.shutdown();
    Arrays.sort(nanos);
    return new Round(nanos, handOuts, twice.get(), seconds);
  }

  private void print(int accounts, Round ours, Round bare) {
    System.out.printf(
        Locale.ROOT,
        "| %,d accounts, %,d hand-outs, %d collectors | p50 ms | p99 ms | hand-outs/s |%n",
        accounts,
        ours.given(),
        WORKERS);
    System.out.println("|---|---:|---:|---:|");
    row("take the next, with lease, log and audit record", ours);
    row("the query alone, plain JDBC", bare);
    System.out.printf(
        Locale.ROOT,
        "| of what PostgreSQL can do | %.1f x | %.1f x | %.0f %% |%n",
        ours.millis(50) / bare.millis(50),
        ours.millis(99) / bare.millis(99),
        100 * ours.perSecond() / bare.perSecond());
    System.out.printf(Locale.ROOT, "%nGiven twice: %d of %,d.%n", ours.twice(), ours.given());
  }

  private static void row(String what, Round round) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %,.0f |%n",
        what,
        round.millis(50),
        round.millis(99),
        round.perSecond());
  }
}
