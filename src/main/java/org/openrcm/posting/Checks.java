package org.openrcm.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.jobs.JobRun;
import org.openrcm.jobs.Jobs;
import org.openrcm.ledger.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks on their way into the books: prepared when they have come ({@link NewChecks}), so that
 * their preview can be shown; posted and undone whole, each in one transaction.
 */
@Component
class Checks {
  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);
  private static final int FAMILIES_AT_ONCE = 1000;

  private final JdbcClient sql;
  private final Journal journal;
  private final Settling settling;
  private final Patients patients;
  private final Jobs jobs;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final TransactionTemplate apart;

  Checks(
      JdbcClient sql,
      Journal journal,
      Settling settling,
      Patients patients,
      Jobs jobs,
      AuditTrail audit,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.journal = journal;
    this.settling = settling;
    this.patients = patients;
    this.jobs = jobs;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Works out what posting a check does; posts it when its payer's checks post by themselves. */
  void prepare(UUID id, JobRun run) {
    long number = number(id);
    transaction.executeWithoutResult(
        status ->
            sql.sql(
                    """
                    insert into payment_posting (practice_id, remittance_number, ordinal,
                      claim_payment_id, family)
                    select cp.practice_id, cp.remittance_number, cp.ordinal, cp.id,
                      coalesce(c.patient_control_number, cp.patient_control_number)
                    from claim_payment cp
                    left join claim_event e on e.claim_payment_id = cp.id
                    left join claim c on c.number = e.claim_number
                    where cp.remittance_number = ? on conflict do nothing
                    """)
                .param(number)
                .update());
    List<String> families = Objects.requireNonNull(transaction.execute(status -> families(number)));
    for (List<String> some : chunks(families)) {
      run.goOn();
      transaction.executeWithoutResult(
          status -> {
            journal.lock();
            settling.families(some, Cause.CLAIMS_BILLED, null);
          });
    }
    transaction.executeWithoutResult(
        status -> {
          journal.lock();
          settling.check(number, Cause.CHECK_POSTED, id);
          patients.ofCheck(number);
          move(number, "PREPARING", "WAITING");
          if (isAutomatic(number)) {
            move(number, "WAITING", "POSTING");
            jobs.enqueue(PostingJobs.POST, id);
          }
        });
  }

  private boolean isAutomatic(long number) {
    return sql.sql(
            """
            select exists (select from remittance_posting p
              join payer_mode m on m.payer = p.payer
              where p.remittance_number = ? and m.mode = 'AUTOMATIC' and p.state = 'WAITING'
                and p.postable and p.whole and p.difference_cents = 0 and p.unbalanced = 0)
            """)
        .param(number)
        .query(Boolean.class)
        .single();
  }

  /** Posts a check, or takes its posting back, whichever its state asks for. */
  void carryOut(UUID id, Runnable goOn) {
    transaction.executeWithoutResult(status -> carryOut(id, number(id), goOn));
  }

  private void carryOut(UUID id, long number, Runnable goOn) {
    journal.lock();
    boolean posting = move(number, "POSTING", "POSTED");
    if (!posting && !move(number, "UNDOING", "UNDONE")) {
      return;
    }
    sql.sql(
            """
            update remittance_posting set posted_at = case when ? then now() end,
              posted_by = case when ? then coalesce((select actor_name from posting_command
                where remittance_number = ? and kind = 'POST'
                order by number desc limit 1), ?) end
            where remittance_number = ?
            """)
        .params(posting, posting, number, "automatic posting", number)
        .update();
    Cause cause = posting ? Cause.CHECK_POSTED : Cause.CHECK_UNDONE;
    List<String> families = families(number);
    int done = 0;
    for (List<String> some : chunks(families)) {
      goOn.run();
      settling.families(some, cause, id);
      done += some.size();
      progress(number, done, families.size());
    }
    settling.check(number, cause, id);
    sql.sql("delete from posting_progress where remittance_number = ?").param(number).update();
    audit.record(Action.CHANGE, Subject.of("Remittance", id), patients(number));
  }

  /**
   * Seen by others before the transaction ends. It takes a connection of its own, and who waits for
   * this one to end may hold them all: then there is no progress to be seen.
   */
  private void progress(long number, int done, int total) {
    if (total <= FAMILIES_AT_ONCE) {
      return;
    }
    try {
      apart.executeWithoutResult(
          status ->
              sql.sql(
                      """
                      insert into posting_progress (practice_id, remittance_number, done, total)
                      values (?, ?, ?, ?) on conflict (practice_id, remittance_number)
                        do update set done = excluded.done, total = excluded.total
                      """)
                  .params(Actor.currentPractice(), number, done, total)
                  .update());
    } catch (CannotCreateTransactionException e) {
      LOG.warn("No connection was free to say how far a check has come");
    }
  }

  /** All claim numbers that a check has to do with, takebacks and who was chosen for them too. */
  private List<String> families(long number) {
    return sql.sql(
            """
            select family from payment_posting where remittance_number = :check
            union
            select p.family from provider_adjustment a
            cross join lateral (
              select remittance_number, ordinal from claim_payment
              where payer_claim_control_number = a.reference offset 0) cp
            cross join lateral (
              select family from payment_posting
              where remittance_number = cp.remittance_number and ordinal = cp.ordinal offset 0) p
            where a.remittance_number = :check and a.reason = 'WO'
            union
            select c.patient_control_number from provider_adjustment a
            join takeback_claim t on t.reference = a.reference
            cross join lateral (
              select patient_control_number from claim where number = t.claim_number offset 0) c
            where a.remittance_number = :check and a.reason = 'WO'
            """)
        .param("check", number)
        .query(String.class)
        .list();
  }

  static List<List<String>> chunks(List<String> all) {
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += FAMILIES_AT_ONCE) {
      chunks.add(all.subList(from, Math.min(all.size(), from + FAMILIES_AT_ONCE)));
    }
    return chunks;
  }

  private List<UUID> patients(long number) {
    return sql.sql("select distinct patient_id from claim_payment where remittance_number = ?")
        .param(number)
        .query(UUID.class)
        .list();
  }

  /** Posting failed too often: it is where it was. */
  void giveUp(UUID id) {
    long number = number(id);
    if (!move(number, "POSTING", "WAITING")) {
      move(number, "UNDOING", "POSTED");
    }
  }

  boolean move(long number, String from, String to) {
    return sql.sql(
                "update remittance_posting set state = ? where remittance_number = ? and state = ?")
            .params(to, number, from)
            .update()
        == 1;
  }

  private long number(UUID id) {
    Long number =
        transaction.execute(
            status ->
                sql.sql("select number from remittance where id = ?")
                    .param(id)
                    .query(Long.class)
                    .single());
    return number;
  }
}
