package org.openrcm.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The jobs in the database, and who works on them. All times are the database's: the nodes' clocks
 * need not agree.
 */
@Component
class JobTable {
  private final JdbcClient database;
  private final TransactionTemplate transaction;

  JobTable(JdbcClient database, PlatformTransactionManager transactions) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * A job that a worker holds.
   *
   * @param lease by which this hold, and no earlier or later one, is known
   * @param attempts this one included
   */
  record Held(UUID id, UUID practice, String kind, UUID subject, int attempts, String lease) {}

  /** Takes the job that has waited longest, unless another worker is at it. */
  Optional<Held> take(List<String> kinds, String lease, Duration length) {
    return transaction.execute(
        status ->
            database
                .sql(
                    """
                    update job
                    set leased_until = now() + ? * interval '1 millisecond', leased_by = ?,
                      attempts = attempts + 1
                    where id = (
                      select id from job
                      where run_at <= now() and (leased_until is null or leased_until < now())
                        and kind = any (?)
                      order by run_at limit 1
                      for update skip locked)
                    returning id, practice_id as practice, kind, subject_id as subject, attempts,
                      leased_by as lease
                    """)
                .params(length.toMillis(), lease, kinds.toArray(String[]::new))
                .query(Held.class)
                .optional());
  }

  /** Holds it longer; false when it is held no more. */
  boolean renew(Held job, Duration length) {
    return change(
        "update job set leased_until = now() + ? * interval '1 millisecond'",
        job,
        length.toMillis());
  }

  /** It is done. */
  boolean done(Held job) {
    return change("delete from job", job);
  }

  /** Leaves it for anybody to take at once; this try does not count. */
  void letGo(Held job) {
    change("update job set leased_until = null, leased_by = null, attempts = attempts - 1", job);
  }

  /** Leaves it for a later try. */
  void later(Held job, Duration wait) {
    change(
        "update job set leased_until = null, leased_by = null,"
            + " run_at = now() + ? * interval '1 millisecond'",
        job,
        wait.toMillis());
  }

  private boolean change(String sql, Held job, Object... values) {
    Integer rows =
        transaction.execute(
            status ->
                database
                    .sql(sql + " where id = ? and leased_by = ?")
                    .params(values)
                    .param(job.id())
                    .param(job.lease())
                    .update());
    return rows != null && rows > 0;
  }
}
