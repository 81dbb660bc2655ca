package org.openrcm.posting;

import java.util.List;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.claim.ClaimsChanged;
import org.openrcm.claim.RemittanceFollowed;
import org.openrcm.claim.SubmissionLoaded;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.openrcm.jobs.Jobs;
import org.openrcm.ledger.Journal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What posting does by itself: it hears, in the transaction of whatever came, which facts have
 * changed, and settles them in the background.
 */
@Configuration(proxyBeanMethods = false)
class PostingJobs {
  static final String PREPARE = "PREPARE_REMITTANCE";
  static final String POST = "POST_REMITTANCE";
  static final String SETTLE = "SETTLE_CLAIMS";

  private static final int FAMILIES_AT_ONCE = 1000;

  private final JdbcClient sql;
  private final Jobs jobs;
  private final NewChecks newChecks;
  private final Checks checks;
  private final Journal journal;
  private final Settling settling;
  private final Patients patients;
  private final TransactionTemplate transaction;

  PostingJobs(
      JdbcClient sql,
      Jobs jobs,
      NewChecks newChecks,
      Checks checks,
      Journal journal,
      Settling settling,
      Patients patients,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.jobs = jobs;
    this.newChecks = newChecks;
    this.checks = checks;
    this.journal = journal;
    this.settling = settling;
    this.patients = patients;
    this.transaction = new TransactionTemplate(transactions);
  }

  @EventListener
  void remittanceFollowed(RemittanceFollowed event) {
    newChecks.arrived(event.remittanceId(), event.again());
  }

  @EventListener
  void submissionLoaded(SubmissionLoaded event) {
    due("select patient_control_number from claim where submission_number = ?", event.number());
  }

  @EventListener
  void claimsChanged(ClaimsChanged event) {
    due(
        "select patient_control_number from claim where number = any (?)",
        (Object) event.claims().toArray(Long[]::new));
  }

  private void due(String families, Object of) {
    sql.sql(
            "insert into posting_due (practice_id, family) select distinct ?::uuid, f.* from ("
                + families
                + ") f order by 2 on conflict do nothing")
        .param(Actor.currentPractice())
        .param(of)
        .update();
    jobs.enqueue(SETTLE, Actor.currentPractice());
  }

  @Bean
  JobKind prepareRemittanceJob() {
    return new JobKind(PREPARE, checks::prepare, id -> {});
  }

  @Bean
  JobKind postRemittanceJob() {
    return new JobKind(POST, (id, run) -> checks.carryOut(id, run::goOn), checks::giveUp);
  }

  @Bean
  JobKind settleClaimsJob() {
    return new JobKind(SETTLE, this::settle, practice -> {});
  }

  private void settle(UUID practice, JobRun run) {
    while (Boolean.TRUE.equals(transaction.execute(status -> settleSome()))) {
      run.goOn();
    }
  }

  /** Whether there may be more. */
  private boolean settleSome() {
    journal.lock();
    List<String> families =
        sql.sql(
                """
                delete from posting_due where family in (
                  select family from posting_due order by family limit ?)
                returning family
                """)
            .param(FAMILIES_AT_ONCE)
            .query(String.class)
            .list();
    if (families.isEmpty()) {
      return false;
    }
    patients.ofClaims(families);
    settling.families(families, Cause.CLAIMS_BILLED, null);
    return true;
  }
}
