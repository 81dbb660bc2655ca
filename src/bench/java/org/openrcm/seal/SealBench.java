package org.openrcm.seal;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.bench.ServedPractice;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What sealing costs those who write, and how far it is behind them: 32 writers with transactions
 * of their own, once with the trigger that hands entries to the sealer and once without; then how
 * long it takes to verify a record.
 *
 * <p>Arguments: entries of the soak (200,000), entries to verify (1,000,000).
 */
public final class SealBench {
  private static final int WRITERS = 32;
  private static final int WARMUP = 5_000;

  private final ServedPractice practice;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final JdbcClient sql;

  private SealBench(ServedPractice practice) {
    this.practice = practice;
    this.trail = practice.bean(AuditTrail.class);
    this.transaction = practice.bean(TransactionTemplate.class);
    this.sql = practice.bean(JdbcClient.class);
  }

  public static void main(String[] args) throws Exception {
    long soak = args.length == 0 ? 200_000 : Long.parseLong(args[0]);
    long all = args.length < 2 ? 1_000_000 : Long.parseLong(args[1]);
    try (ServedPractice practice = ServedPractice.start("seal")) {
      SealBench bench = new SealBench(practice);
      bench.write(WARMUP);
      double without = bench.unsealed(soak);
      double with = bench.write(soak);
      bench.settle();
      System.out.printf(
          Locale.ROOT,
          "%,d entries by %d writers: %,.0f a second, sealed %,.0f a second (%.0f %%)%n",
          soak,
          WRITERS,
          without,
          with,
          100 * with / without);
      bench.lag();
      bench.fill(all);
      bench.settle();
      bench.verify();
    }
    System.exit(0);
  }

  /** As before there were seals: no trigger, and so nothing to do for the sealer. */
  private double unsealed(long entries) throws Exception {
    alter("disable");
    try {
      return write(entries);
    } finally {
      alter("enable");
      try (Connection owner = practice.asOwner();
          var statement = owner.createStatement()) {
        statement.execute("select set_config('app.sealing', 'yes', false)");
        statement.execute(
            "insert into audit_pending select id from audit_event e where not exists (select from"
                + " audit_batch b where e.id = any(b.events)) on conflict do nothing");
      }
      settle();
    }
  }

  private void alter(String how) throws Exception {
    try (Connection owner = practice.asOwner();
        var statement = owner.createStatement()) {
      statement.execute("alter table audit_event " + how + " trigger audit_event_awaits_seal");
    }
  }

  /** Entries a second. */
  private double write(long entries) throws Exception {
    AtomicLong written = new AtomicLong();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < WRITERS; i++) {
      all.add(
          writers.submit(
              () ->
                  practice
                      .actor()
                      .run(
                          () -> {
                            while (written.getAndIncrement() < entries) {
                              one();
                            }
                          })));
    }
    for (Future<?> each : all) {
      each.get();
    }
    writers.shutdown();
    return entries / ((System.nanoTime() - start) / 1e9);
  }

  private void one() {
    transaction.executeWithoutResult(
        status ->
            trail.record(
                Action.VIEW, Subject.of("Claim", UUID.randomUUID()), List.of(UUID.randomUUID())));
  }

  private void settle() throws InterruptedException {
    while (sql.sql("select exists (select from audit_pending)").query(Boolean.class).single()) {
      Thread.sleep(100);
    }
    Thread.sleep(1_500);
  }

  /** From the moment in the entry to the one in its batch, of those of the soak. */
  private void lag() throws Exception {
    try (Connection owner = practice.asOwner();
        var statement = owner.createStatement()) {
      statement.execute("select set_config('app.sealing', 'yes', false)");
      try (var row =
          statement.executeQuery(
              """
              select percentile_disc(array[0.5, 0.99, 1]) within group (order by
                extract(epoch from b.sealed_at - e.recorded_at))::text
              from (select * from audit_batch order by sealed_at desc limit 30) b,
                unnest(b.events) as s (id) join audit_event e on e.id = s.id
              """)) {
        row.next();
        System.out.println("seconds behind, p50, p99, most: " + row.getString(1));
      }
    }
  }

  /** The rest of the record, as it would be after years. */
  private void fill(long entries) throws Exception {
    long there = practice.actor().get(() -> transaction.execute(status -> count("audit_event")));
    try (Connection owner = practice.asOwner();
        var statement = owner.createStatement()) {
      statement.execute(
          "insert into audit_event (practice_id, actor_kind, actor_id, actor_name, roles, action,"
              + " subject_type, subject_id, patient_id, purpose, address, request_id, outcome)"
              + " select '"
              + practice.id()
              + "', 'STAFF', gen_random_uuid(), 'Ana Poster', 'poster', 'VIEW', 'Claim',"
              + " gen_random_uuid()::text, gen_random_uuid(), 'HPAYMT', '192.0.2.17',"
              + " gen_random_uuid()::text, 0 from generate_series(1, "
              + Math.max(0, entries - there)
              + ")");
    }
  }

  private long count(String table) {
    return sql.sql("select count(*) from " + table).query(Long.class).single();
  }

  private void verify() throws Exception {
    Path folder = Path.of(practice.bean(Environment.class).getProperty("openrcm.audit.folder"));
    for (int run = 0; run < 2; run++) {
      long start = System.nanoTime();
      Checkpoints checkpoints = Checkpoints.read(List.of(folder), List.of());
      try (Connection owner = practice.asOwner()) {
        Verification.Report report = Verification.of(StoredLog.at(owner), checkpoints);
        System.out.printf(
            Locale.ROOT,
            "%,d entries under %,d checkpoints verified in %.1f s: %s%n",
            report.entries(),
            report.checkpoints(),
            (System.nanoTime() - start) / 1e9,
            report.isClean() ? "whole" : report.faults().get(0));
        owner.rollback();
      }
    }
  }
}
