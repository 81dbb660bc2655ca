package org.openrcm.statement;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What accounts were sent before, and what patients did since. */
@Component
class Earlier {
  private final JdbcClient sql;

  Earlier(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * The last statement of an account.
   *
   * @param visits claim numbers that were on it
   * @param paid by the patient since, for visits
   * @param forgiven since
   */
  record Last(
      LocalDate issued, Stage stage, Money owed, List<Long> visits, Money paid, Money forgiven) {}

  /**
   * The last statement of each account that has one.
   *
   * @param until the last entry of the journal that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Last> last(Collection<Long> accounts, long until) {
    Map<Long, Last> found = new HashMap<>();
    sql.sql(
            """
            select s.*, v.claims, coalesce(j.paid, 0) as paid, coalesce(j.forgiven, 0) as forgiven
            from unnest(?::bigint[]) a (number)
            cross join lateral (
              select * from statement where account_number = a.number
              order by number desc limit 1) s
            cross join lateral (
              select array_agg(claim_number) as claims from statement_visit
              where statement_number = s.number) v
            cross join lateral (
              select
                -sum(l.amount_cents) filter (where l.account = 'PATIENT_RECEIVABLE'
                  and e.source in ('PATIENT_PAYMENT', 'REFUND'))::bigint as paid,
                sum(l.amount_cents) filter (where l.account in
                  ('CHARITY', 'SMALL_BALANCE'))::bigint as forgiven
              from account_claim c
              cross join lateral (
                select * from journal_line
                where claim_number = c.claim_number and entry > s.entry and entry <= ?
                offset 0) l
              cross join lateral (
                select source from journal_entry where number = l.entry offset 0) e
              where c.account_number = a.number) j
            """)
        .param(accounts.toArray(Long[]::new))
        .param(until)
        .query(
            row -> {
              found.put(
                  row.getLong("account_number"),
                  new Last(
                      Objects.requireNonNull(row.getObject("issued_on", LocalDate.class)),
                      Stage.valueOf(row.getString("stage")),
                      Money.ofCents(row.getLong("owed_cents")),
                      List.of((Long[]) row.getArray("claims").getArray()),
                      Money.ofCents(row.getLong("paid")),
                      Money.ofCents(row.getLong("forgiven"))));
            });
    return found;
  }

  /** How often a visit was on a statement, and when for the first time. */
  record Asked(int times, LocalDate first) {}

  /** Of each of these visits; those that were on none are left out. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Asked> asked(Collection<Long> claims) {
    Map<Long, Asked> asked = new HashMap<>();
    sql.sql(
            """
            select v.claim_number, count(*)::int, min(s.issued_on)
            from statement_visit v join statement s on s.number = v.statement_number
            where v.claim_number = any (?) group by v.claim_number
            """)
        .param(claims.toArray(Long[]::new))
        .query(
            row -> {
              asked.put(
                  row.getLong(1),
                  new Asked(
                      row.getInt(2), Objects.requireNonNull(row.getObject(3, LocalDate.class))));
            });
    return asked;
  }
}
