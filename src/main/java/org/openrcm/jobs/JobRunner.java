package org.openrcm.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works on jobs with a few threads. A job is held by a lease that is renewed while it is worked on:
 * when the node dies, the lease runs out and another node starts the job again.
 */
@Component
@EnableConfigurationProperties(JobSettings.class)
class JobRunner implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BACK_OFF_FACTOR = 4;
  private static final int LEASE_PARTS = 3;

  private final JobTable table;
  private final JobSettings settings;
  private final ObjectProvider<JobKind> declared;
  private final TransactionTemplate transaction;
  private final Semaphore work = new Semaphore(0);
  private final Map<JobTable.Held, JobRun> running = new ConcurrentHashMap<>();

  private volatile boolean started;
  private Map<String, JobKind> kinds = Map.of();
  private @Nullable ExecutorService workers;
  private @Nullable ExecutorService leases;

  JobRunner(
      JobTable table,
      JobSettings settings,
      ObjectProvider<JobKind> declared,
      PlatformTransactionManager transactions) {
    this.table = table;
    this.settings = settings;
    this.declared = declared;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** There is work: a worker that waits looks for it at once. */
  void wake() {
    if (work.availablePermits() < settings.workers()) {
      work.release();
    }
  }

  @Override
  public void start() {
    kinds = declared.stream().collect(Collectors.toMap(JobKind::name, kind -> kind));
    started = true;
    if (settings.workers() == 0 || kinds.isEmpty()) {
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(settings.workers(), task -> new Thread(task, "job-worker"));
    for (int i = 0; i < settings.workers(); i++) {
      threads.execute(this::workOn);
    }
    workers = threads;
    ExecutorService renewals =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "job-leases"));
    renewals.execute(this::renewLeases);
    leases = renewals;
  }

  /** Leaves what is being worked on to the next node, or to this one when it is back. */
  @Override
  public void stop() {
    started = false;
    running.values().forEach(JobRun::stop);
    work.release(settings.workers());
    ExecutorService threads = workers;
    ExecutorService renewals = leases;
    if (threads == null || renewals == null) {
      return;
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("jobs did not stop in time: they start again when their leases run out");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    renewals.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  private void workOn() {
    List<String> names = List.copyOf(kinds.keySet());
    while (started) {
      try {
        String lease = UUID.randomUUID().toString();
        Optional<JobTable.Held> job = table.take(names, lease, settings.lease());
        if (job.isPresent()) {
          perform(job.get());
        } else {
          pause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warn("no work can be looked for: {}", Failures.describe(e));
        work.drainPermits();
        pauseAfterFailure();
      }
    }
  }

  private void pause() throws InterruptedException {
    work.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void pauseAfterFailure() {
    try {
      pause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void perform(JobTable.Held job) {
    JobKind kind = kinds.get(job.kind());
    if (kind == null) {
      throw new IllegalStateException("a job of a kind that was not asked for");
    }
    JobRun run = new JobRun();
    running.put(job, run);
    if (!started) {
      run.stop();
    }
    try {
      Actor.job(kind.name(), job.practice()).run(() -> attempt(kind, job, run));
    } finally {
      running.remove(job);
    }
  }

  private void attempt(JobKind kind, JobTable.Held job, JobRun run) {
    int attempts = kind.attempts() > 0 ? kind.attempts() : settings.attempts();
    // a job that takes the whole node down with it never gets to say that it failed
    if (job.attempts() > attempts) {
      giveUp(kind, job);
      return;
    }
    try {
      run.goOn();
      kind.work().run(job.subject(), run);
      table.done(job);
    } catch (JobRun.Stopped e) {
      table.letGo(job);
    } catch (Throwable e) {
      LOG.warn(
          "job {} {} failed at try {}: {}",
          kind.name(),
          job.id(),
          job.attempts(),
          Failures.describe(e));
      if (job.attempts() >= attempts) {
        giveUp(kind, job);
      } else {
        table.later(job, backOff(job.attempts()));
      }
    }
  }

  private Duration backOff(int attempts) {
    Duration wait = settings.backOff();
    for (int i = 1; i < attempts; i++) {
      wait = wait.multipliedBy(BACK_OFF_FACTOR);
    }
    return wait;
  }

  private void giveUp(JobKind kind, JobTable.Held job) {
    LOG.warn("job {} {} is given up", kind.name(), job.id());
    transaction.executeWithoutResult(
        status -> {
          if (table.done(job)) {
            kind.giveUp().accept(job.subject());
          }
        });
  }

  /** Goes on until it is interrupted, so that work that is slow to stop keeps its lease. */
  private void renewLeases() {
    try {
      while (true) {
        Thread.sleep(settings.lease().toMillis() / LEASE_PARTS);
        renewAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renewAll() {
    running.forEach(
        (job, run) -> {
          try {
            if (!table.renew(job, settings.lease())) {
              run.stop();
            }
          } catch (RuntimeException e) {
            LOG.warn("job {} may lose its lease: {}", job.id(), Failures.describe(e));
          }
        });
  }
}
