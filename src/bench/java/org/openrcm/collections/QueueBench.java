package org.openrcm.collections;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
 * same query and nothing else, by plain JDBC over the same connections, and by pgbench.
 *
 * <p>Arguments: accounts that wait (1,000,000), how many of them are handed out (all).
 */
public final class QueueBench {
  private static final int WORKERS = 64;
  private static final int WARMUP = 2_000;

  /** Hand-outs that suffice to know what PostgreSQL can do. */
  private static final int PEERS = 100_000;

  /** What {@link HandingOut} asks when nothing is assigned and nothing was skipped. */
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
  private final HandingOut handingOut;
  private final Leases leases;
  private final UUID practice;

  private QueueBench(ConfigurableApplicationContext server) {
    this.server = server;
    this.transaction = server.getBean(TransactionTemplate.class);
    this.sql = server.getBean(JdbcClient.class);
    this.handingOut = server.getBean(HandingOut.class);
    this.leases = server.getBean(Leases.class);
    this.practice = server.getBean(Practices.class).create("Larkmoor Family Practice", true);
  }

  /** One collector: takes the next account, and puts it away; how long taking took. */
  private interface Collector {
    /** The account; 0 when none waits. */
    long next() throws Exception;

    void putAway(long account) throws Exception;
  }

  /**
   * What came of a round.
   *
   * @param p50 milliseconds until half of the hand-outs were there
   * @param p99 of 99 in a hundred
   */
  private record Round(double p50, double p99, int given, int twice, double perSecond) {
    static Round of(long[] nanos, int twice, double seconds) {
      Arrays.sort(nanos);
      return new Round(
          millis(nanos, 50), millis(nanos, 99), nanos.length, twice, nanos.length / seconds);
    }

    private static double millis(long[] sorted, int percent) {
      return sorted[(int) Math.min(sorted.length - 1L, sorted.length * (long) percent / 100)] / 1e6;
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
      int limit = Math.min(handOuts, PEERS);
      bench.run(Math.min(WARMUP, limit), bench.bare());
      bench.reset();
      Round bare = bench.run(limit, bench.bare());
      bench.reset();
      Optional<Round> pgbench = bench.pgbench(limit);
      bench.reset();
      bench.run(Math.min(WARMUP, limit), bench.ours());
      bench.reset();
      Round ours = bench.run(handOuts, bench.ours());
      bench.print(accounts, ours, bare, pgbench);
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
      private final Map<Long, UUID> held = new ConcurrentHashMap<>();

      @Override
      public long next() {
        Optional<Lease> next = handingOut.next(List.of(0L));
        next.ifPresent(lease -> held.put(lease.number(), lease.id()));
        return next.map(Lease::number).orElse(0L);
      }

      @Override
      public void putAway(long account) {
        UUID lease = Objects.requireNonNull(held.remove(account));
        transaction.executeWithoutResult(
            status ->
                leases.finished(
                    leases.require(lease), LocalDate.now(java.time.ZoneOffset.UTC).plusDays(3)));
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
    return Round.of(nanos, twice.get(), seconds);
  }

  /**
   * The same by PostgreSQL's own client in C: it times taking and putting away as one.
   *
   * @return empty where {@code pgbench} is not on the PATH
   */
  private Optional<Round> pgbench(int handOuts) throws Exception {
    Path folder = Files.createTempDirectory("queue-bench");
    String begin = "begin;\nselect set_config('app.practice', '" + practice + "', true) \\gset\n";
    Path script =
        Files.writeString(
            folder.resolve("next.sql"),
            begin
                + BARE.strip().replaceAll("= \\?", "= gen_random_uuid()")
                + " \\gset\ncommit;\n"
                + begin
                + BARE_END.strip().replace("?", ":account_number")
                + ";\ncommit;\n");
    HikariDataSource pool = server.getBean(DataSource.class).unwrap(HikariDataSource.class);
    pool.setMinimumIdle(0);
    pool.getHikariPoolMXBean().softEvictConnections();
    URI database = URI.create(pool.getJdbcUrl().substring("jdbc:".length()));
    ProcessBuilder command =
        new ProcessBuilder(
            "pgbench",
            "--no-vacuum",
            "--client=" + WORKERS,
            "--jobs=2",
            "--transactions=" + handOuts / WORKERS,
            "--protocol=prepared",
            "--log",
            "--file=" + script,
            "--host=" + database.getHost(),
            "--port=" + database.getPort(),
            "--username=" + pool.getUsername(),
            database.getPath().substring(1));
    command.environment().put("PGPASSWORD", Objects.requireNonNullElse(pool.getPassword(), ""));
    command.directory(folder.toFile()).redirectErrorStream(true);
    command.redirectOutput(folder.resolve("said").toFile());
    long start = System.nanoTime();
    try {
      if (command.start().waitFor() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve("said")));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    // one line each: client, transaction, microseconds, ...
    List<Long> nanos = new ArrayList<>();
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log :
          logs.filter(file -> file.getFileName().toString().startsWith("pgbench_log")).toList()) {
        for (String line : Files.readAllLines(log)) {
          nanos.add(1000 * Long.parseLong(line.split(" ", 4)[2]));
        }
      }
    }
    return Optional.of(Round.of(nanos.stream().mapToLong(Long::longValue).toArray(), 0, seconds));
  }

  private void print(int accounts, Round ours, Round bare, Optional<Round> pgbench) {
    System.out.printf(
        Locale.ROOT,
        "| %,d accounts, %,d hand-outs, %d collectors | p50 ms | p99 ms | hand-outs/s |%n",
        accounts,
        ours.given(),
        WORKERS);
    System.out.println("|---|---:|---:|---:|");
    row("take the next, with lease, log and audit record", ours);
    row("the query alone, plain JDBC", bare);
    pgbench.ifPresent(round -> row("the query and putting away, pgbench", round));
    System.out.printf(
        Locale.ROOT,
        "| of what PostgreSQL can do | %.1f x | %.1f x | %.0f %% |%n",
        ours.p50() / bare.p50(),
        ours.p99() / bare.p99(),
        100 * ours.perSecond() / bare.perSecond());
    System.out.printf(Locale.ROOT, "%nGiven twice: %d of %,d.%n", ours.twice(), ours.given());
  }

  private static void row(String what, Round round) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %,.0f |%n",
        what,
        round.p50(),
        round.p99(),
        round.perSecond());
  }
}
