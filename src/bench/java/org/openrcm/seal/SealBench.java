package org.openrcm.seal;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.bench.Figure;
import org.openrcm.bench.Figures;
import org.openrcm.bench.Latencies;
import org.openrcm.bench.ServedPractice;
import org.openrcm.bench.Size;
import org.openrcm.bench.Table;
import org.springframework.core.env.Environment;

/**
 * What sealing costs those who write, and how far it is behind them: 32 writers with transactions
 * of their own, once with the trigger that hands entries to the sealer and once without; then how
 * long it takes to verify a record.
 */
public final class SealBench {
  private static final int WRITERS = 32;

  private final ServedPractice practice;
  private final AuditTrail trail;

  private SealBench(ServedPractice practice) {
    this.practice = practice;
    this.trail = practice.bean(AuditTrail.class);
  }

  public static void measure(Size size, Figures figures) throws Exception {
    int soak = size.of(100_000, 4_000);
    try (ServedPractice practice = ServedPractice.start()) {
      SealBench bench = new SealBench(practice);
      bench.write(soak / 20);
      double without = bench.unsealed(soak);
      double with = bench.write(soak);
      bench.settle();
      figures.table(
          new Table(
                  "%s entries by %d writers".formatted(Figure.count(soak), WRITERS),
                  "a second",
                  "of those without seals")
              .row("without seals", Figure.rate(without), "")
              .row(
                  "sealed behind them, each second",
                  Figure.rate(with),
                  Figure.percent(with / without)));
      bench.lag(figures);
      bench.fill(size.of(1_000_000, 20_000));
      bench.settle();
      bench.verify(figures);
    }
  }

  /** As before there were seals: no trigger, and so nothing to do for the sealer. */
  private double unsealed(long entries) throws Exception {
    practice.asOwner("alter table audit_event disable trigger audit_event_awaits_seal");
    try {
      return write(entries);
    } finally {
      practice.asOwner(
          "alter table audit_event enable trigger audit_event_awaits_seal",
          "select set_config('app.sealing', 'yes', false)",
          """
          insert into audit_pending select id from audit_event e
          where not exists (select from audit_batch b where e.id = any(b.events))
          on conflict do nothing
          """);
      settle();
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
              () -> {
                while (written.getAndIncrement() < entries) {
                  one();
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    writers.shutdown();
    return entries / ((System.nanoTime() - start) / 1e9);
  }

  private void one() throws Exception {
    practice.ask(
        () -> {
          trail.record(
              Action.VIEW, Subject.of("Claim", UUID.randomUUID()), List.of(UUID.randomUUID()));
          return true;
        });
  }

  private void settle() throws InterruptedException {
    while (practice
        .sql()
        .sql("select exists (select from audit_pending)")
        .query(Boolean.class)
        .single()) {
      Thread.sleep(100);
    }
    Thread.sleep(1_500);
  }

  /** From the moment in the entry to the one in its batch, of those of the soak. */
  private void lag(Figures figures) throws Exception {
    try (Connection owner = practice.asOwner();
        var statement = owner.createStatement()) {
      statement.execute("select set_config('app.sealing', 'yes', false)");
      try (var row =
          statement.executeQuery(
              """
              select lag[1], lag[2], lag[3] from (
                select percentile_disc(array[0.5, 0.99, 1]) within group (order by
                  extract(epoch from b.sealed_at - e.recorded_at)) as lag
                from (select * from audit_batch order by sealed_at desc limit 30) b,
                  unnest(b.events) as s (id) join audit_event e on e.id = s.id) l
              """)) {
        row.next();
        figures.say(
            "The sealer was behind by %s (p50), %s (p99), %s (most)."
                .formatted(
                    Figure.seconds(row.getDouble(1)),
                    Figure.seconds(row.getDouble(2)),
                    Figure.seconds(row.getDouble(3))));
      }
    }
  }

  /** The rest of the record, as it would be after years. */
  private void fill(long entries) throws Exception {
    practice.asOwner(
        """
        insert into audit_event (practice_id, actor_kind, actor_id, actor_name, roles, action,
          subject_type, subject_id, patient_id, purpose, address, request_id, outcome)
        select '%s', 'STAFF', gen_random_uuid(), 'Ana Poster', 'poster', 'VIEW', 'Claim',
          gen_random_uuid()::text, gen_random_uuid(), 'HPAYMT', '192.0.2.17',
          gen_random_uuid()::text, 0
        from generate_series(1, %d)
        """
            .formatted(practice.id(), Math.max(0, entries - practice.count("audit_event"))));
  }

  /** The second time counts. */
  private void verify(Figures figures) throws Exception {
    Path folder = Path.of(practice.bean(Environment.class).getRequiredProperty(FOLDER));
    verification(folder);
    Verification.Report[] report = new Verification.Report[1];
    long nanos = Latencies.nanos(() -> report[0] = verification(folder));
    figures.say(
        "%s entries under %s checkpoints are verified in %s: %s."
            .formatted(
                Figure.count(report[0].entries()),
                Figure.count(report[0].checkpoints()),
                Figure.seconds(nanos / 1e9),
                report[0].isClean() ? "whole" : report[0].faults().get(0)));
  }

  private static final String FOLDER = "openrcm.audit.folder";

  private Verification.Report verification(Path folder) throws Exception {
    Checkpoints checkpoints = Checkpoints.read(List.of(folder), List.of());
    try (Connection owner = practice.asOwner()) {
      Verification.Report report = Verification.of(StoredLog.at(owner), checkpoints);
      owner.rollback();
      return report;
    }
  }
}
