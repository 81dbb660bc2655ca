package org.openrcm.collections;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.openrcm.account.AccountsTouched;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.jobs.Failures;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.openrcm.jobs.Jobs;
import org.openrcm.ledger.EntriesPosted;
import org.openrcm.letter.LettersDue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the queue does by itself: it hears, in the transaction of whatever changed, which entries
 * are to be worked out anew; each day it works all of them out, and what ran out it brings back.
 */
@Configuration(proxyBeanMethods = false)
class CollectionJobs {
  static final String WORK_OUT = "WORK_OUT_QUEUE";
  static final String PLACE = "PLACE_IN_QUEUES";

  private static final Logger LOG = LoggerFactory.getLogger(CollectionJobs.class);

  private final JdbcClient sql;
  private final Upkeep upkeep;
  private final Leases leases;
  private final Assignments assignments;
  private final Practices practices;
  private final Jobs jobs;
  private final Clock clock;
  private final TransactionTemplate transaction;

  CollectionJobs(
      JdbcClient sql,
      Upkeep upkeep,
      Leases leases,
      Assignments assignments,
      Practices practices,
      Jobs jobs,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.upkeep = upkeep;
    this.leases = leases;
    this.assignments = assignments;
    this.practices = practices;
    this.jobs = jobs;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  @EventListener
  void accountsTouched(AccountsTouched event) {
    if (upkeep.touch(event.accounts())) {
      workOut();
    }
  }

  @EventListener
  void entriesPosted(EntriesPosted event) {
    if (upkeep.touchPosted(event.first(), event.last())) {
      workOut();
    }
  }

  /**
   * Letters go out with what is known now. The locks are taken here, before any letter's: a job
   * that works entries out takes them in the same order.
   */
  @EventListener
  void lettersDue(LettersDue event) {
    Actor.job(WORK_OUT, Actor.currentPractice()).run(() -> upkeep.workOutNow(event.accounts()));
  }

  private void workOut() {
    jobs.enqueue(WORK_OUT, Actor.currentPractice());
  }

  /** Has all entries put into queues anew. */
  void placeAll() {
    jobs.enqueue(PLACE, Actor.currentPractice());
  }

  @Bean
  JobKind placeInQueuesJob() {
    return new JobKind(PLACE, this::placeAll, practice -> {});
  }

  private void placeAll(UUID practice, JobRun run) {
    long placed = 0;
    do {
      run.goOn();
      placed = upkeep.placeSome(placed);
    } while (placed < Long.MAX_VALUE);
  }

  @Bean
  JobKind workOutQueueJob() {
    return new JobKind(WORK_OUT, this::workOutAll, practice -> {});
  }

  private void workOutAll(UUID practice, JobRun run) {
    while (upkeep.workOutSome() > 0) {
      run.goOn();
    }
  }

  /** Looks after each practice: what ran out comes back, and a new day is begun. */
  @Scheduled(fixedDelayString = "${openrcm.collections.every:30s}")
  void look() {
    try {
      for (Practice practice : practices.all()) {
        Actor.job("collections", practice.id()).run(this::lookAfter);
      }
    } catch (RuntimeException e) {
      LOG.warn("the queues could not be looked after: {}", Failures.describe(e));
    }
  }

  /** For the practice of the current actor. */
  void lookAfter() {
    while (leases.bringBack() > 0) {
      LOG.debug("accounts came back that somebody had left");
    }
    transaction.executeWithoutResult(status -> beginDay());
  }

  /** One server does, whichever is first. */
  private void beginDay() {
    LocalDate today = LocalDate.now(clock);
    int begun =
        sql.sql(
                """
                insert into collection_day as known (practice_id, day)
                select ?, ? where exists (select from statement)
                on conflict (practice_id) do update set day = excluded.day
                  where known.day < excluded.day
                """)
            .params(Actor.currentPractice(), today)
            .update();
    if (begun > 0) {
      upkeep.complete();
      assignments.forget(today);
    }
    if (begun > 0 || upkeep.areDue()) {
      workOut();
    }
  }
}
