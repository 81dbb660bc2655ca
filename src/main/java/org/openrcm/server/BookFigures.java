package org.openrcm.server;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether the money is where it should be: figures of the home page, no patient's data. */
@Component
class BookFigures {
  private final JdbcClient sql;

  BookFigures(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * What needs somebody.
   *
   * @param waiting checks that wait to be posted
   * @param exceptions open ones
   * @param unappliedCents money that came and is for no known claim yet
   * @param deniedCents refused and not reviewed yet
   * @param insuranceCents what insurers owe
   * @param patientCents what patients owe
   */
  record Books(
      long waiting,
      long waitingCents,
      long exceptions,
      long exceptionCents,
      long unappliedCents,
      long deniedCents,
      long insuranceCents,
      long patientCents) {}

  @Transactional
  public Books books() {
    return sql.sql(
            """
            with totals as (
              select account, balance_cents from (values ('UNAPPLIED_CREDIT'),
                  ('DENIED_PENDING_REVIEW'), ('INSURANCE_RECEIVABLE'), ('PATIENT_RECEIVABLE'))
                as a (account)
              cross join lateral (select balance_cents from ledger_total t
                where t.account = a.account order by batch desc limit 1) t)
            select
              (select count(*) from remittance_posting where state = 'WAITING') as waiting,
              (select coalesce(sum(amount_cents), 0) from remittance_posting
                where state = 'WAITING')::bigint as waiting_cents,
              (select count(*) from posting_exception where state = 'OPEN') as exceptions,
              (select coalesce(sum(amount_cents), 0) from posting_exception
                where state = 'OPEN')::bigint as exception_cents,
              coalesce((select -balance_cents from totals
                where account = 'UNAPPLIED_CREDIT'), 0) as unapplied_cents,
              coalesce((select balance_cents from totals
                where account = 'DENIED_PENDING_REVIEW'), 0) as denied_cents,
              coalesce((select balance_cents from totals
                where account = 'INSURANCE_RECEIVABLE'), 0) as insurance_cents,
              coalesce((select balance_cents from totals
                where account = 'PATIENT_RECEIVABLE'), 0) as patient_cents
            """)
        .query(Books.class)
        .single();
  }
}
