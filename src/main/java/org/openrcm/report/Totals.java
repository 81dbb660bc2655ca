package org.openrcm.report;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.jobs.Jobs;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings what the report adds up (V21__report.sql) to the journal's last entry. Entries of a
 * practice become visible in the order of their numbers, so that none is passed over. Of a claim
 * that new entries touch all rows are made anew from all of its lines, and the totals get the
 * difference: whatever was posted, taken back or undone, a total is the sum of its rows.
 */
@Component
public class Totals {
  static final String JOB = "REPORT_TOTALS";

  /** About how many entries are added in one transaction: a fraction of a second. */
  private static final int ENTRIES = 5_000;

  private static final int CLAIMS = 2_000;
  private static final int MANY = 100_000;

  private final JdbcClient sql;
  private final Jobs jobs;
  private final ClaimRows rows;
  private final TransactionTemplate transaction;

  Totals(JdbcClient sql, Jobs jobs, ClaimRows rows, PlatformTransactionManager transactions) {
    this.sql = sql;
    this.jobs = jobs;
    this.rows = rows;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Adds some of what was posted since the last time, and leaves the rest to a job. Somebody else
   * who adds at this moment is not waited for.
   */
  @Transactional
  public void catchUpSome() {
    if (step(" skip locked")) {
      jobs.enqueue(JOB, Actor.currentPractice());
    }
  }

  /** Adds all that was posted, in several transactions; outside of any. */
  @Transactional(propagation = Propagation.NEVER)
  public void catchUp(Runnable goOn) {
    while (Boolean.TRUE.equals(transaction.execute(status -> step("")))) {
      goOn.run();
    }
  }

  /** The last entry that the totals have in them; 0 before the first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long entry() {
    return sql.sql("select entry from report_mark").query(Long.class).optional().orElse(0L);
  }

  /** How many entries are not in the totals yet; of very many not all are counted. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long behind() {
    return sql.sql(
            """
            select count(*) from (
              select 1 from journal_entry where number > ? order by number limit ?) e
            """)
        .params(entry(), MANY)
        .query(Long.class)
        .single();
  }

  /** Whether there may be more. */
  private boolean step(String locking) {
    UUID practice = Actor.currentPractice();
    sql.sql("insert into report_mark (practice_id, entry) values (?, 0) on conflict do nothing")
        .param(practice)
        .update();
    Optional<Long> mark =
        sql.sql("select entry from report_mark for update" + locking).query(Long.class).optional();
    if (mark.isEmpty()) {
      return false;
    }
    // tables that were filled a moment ago have no statistics: see Journal.lock
    sql.sql("select set_config('enable_seqscan', 'off', true)")
        .query((row, index) -> true)
        .single();
    long from = mark.get();
    Long end = end(from);
    long until = end == null ? from : end;
    List<Long> due =
        sql.sql(
                """
                delete from report_due where claim_number in (
                  select claim_number from report_due order by claim_number limit ?)
                returning claim_number
                """)
            .param(CLAIMS)
            .query(Long.class)
            .list();
    List<Long> touched =
        sql.sql(
                """
                select distinct claim_number from (
                  select claim_number from journal_line where entry > ? and entry <= ?
                  union all select unnest(?::bigint[])) t
                where claim_number is not null order by 1
                """)
            .params(from, until, due.toArray(Long[]::new))
            .query(Long.class)
            .list();
    for (int at = 0; at < touched.size(); at += CLAIMS) {
      rows.renew(touched.subList(at, Math.min(at + CLAIMS, touched.size())), until);
    }
    sql.sql("update report_mark set entry = ? where entry <> ?").params(until, until).update();
    return until > from || due.size() == CLAIMS;
  }

  /** The last entry of the batch with the last entry that is to be added; null for none. */
  private @Nullable Long end(long from) {
    return sql.sql(
            """
            select b.last_entry from (
              select batch from (
                select number, batch from journal_entry where number > ? order by number limit ?) e
              order by number desc limit 1) l
            join journal_batch b on b.number = l.batch
            """)
        .params(from, ENTRIES)
        .query(Long.class)
        .optional()
        .orElse(null);
  }
}
