package org.openrcm.jobs;

import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where work is left to be done in the background. */
@Component
public class Jobs {
  private final JdbcClient database;
  private final JobRunner runner;

  Jobs(JdbcClient database, JobRunner runner) {
    this.database = database;
    this.runner = runner;
  }

  /**
   * Leaves work for the practice of the current actor. It exists if the running transaction commits
   * and starts right after that. Work of this kind for this subject that waits, or is being done,
   * starts anew instead.
   *
   * @throws IllegalStateException when no transaction is running
   */
  public void enqueue(String kind, UUID subject) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a job belongs to the transaction that makes it necessary");
    }
    database
        .sql(
            """
            insert into job (id, practice_id, kind, subject_id) values (?, ?, ?, ?)
            on conflict (practice_id, kind, subject_id) do update
              set run_at = now(), attempts = 0, leased_until = null, leased_by = null
            """)
        .params(UUID.randomUUID(), Actor.currentPractice(), kind, subject)
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            runner.wake();
          }
        });
  }
}
