package org.openrcm.account;

import java.util.Optional;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is open of each claim (table {@code claim_owing}), brought up to the journal whenever it is
 * read: only what was posted since then is added up. Entries of a practice become visible in the
 * order of their numbers, so that none is passed over.
 */
@Component
public class Owing {
  private final JdbcClient sql;

  Owing(JdbcClient sql) {
    this.sql = sql;
  }

  /** Adds what was posted since the last time. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void catchUp() {
    Optional<Long> last =
        sql.sql("select last_entry from journal_batch order by number desc limit 1")
            .query(Long.class)
            .optional();
    if (last.isEmpty() || last.get() <= mark("")) {
      return;
    }
    sql.sql(
            """
            insert into claim_owing_mark (practice_id, entry) values (?, 0) on conflict do nothing
            """)
        .param(Actor.currentPractice())
        .update();
    long from = mark("for update");
    long until = last.get();
    if (from >= until) {
      return;
    }
    sql.sql(
            """
            insert into claim_owing as known (practice_id, claim_number, insurance_cents,
              patient_cents)
            select ?, claim_number,
              coalesce(sum(amount_cents) filter (where account = 'INSURANCE_RECEIVABLE'), 0),
              coalesce(sum(amount_cents) filter (where account = 'PATIENT_RECEIVABLE'), 0)
            from journal_line
            where entry > ? and entry <= ? and claim_number is not null
              and account in ('INSURANCE_RECEIVABLE', 'PATIENT_RECEIVABLE')
            group by claim_number
            on conflict (practice_id, claim_number) do update set
              insurance_cents = known.insurance_cents + excluded.insurance_cents,
              patient_cents = known.patient_cents + excluded.patient_cents
            """)
        .params(Actor.currentPractice(), from, until)
        .update();
    sql.sql("delete from claim_owing where insurance_cents = 0 and patient_cents = 0").update();
    sql.sql("update claim_owing_mark set entry = ?").param(until).update();
  }

  private long mark(String lock) {
    return sql.sql("select entry from claim_owing_mark " + lock)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }
}
