package org.openrcm.statement;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.payment.PaidUp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What accounts were sent before, and what patients did since. */
@Component
class Earlier {
  private final JdbcClient sql;
  private final PaidUp paidUp;

  Earlier(JdbcClient sql, PaidUp paidUp) {
    this.sql = sql;
    this.paidUp = paidUp;
  }

  /**
   * The last statement of an account.
   *
   * @param visits claim numbers that were on it
   * @param paid by the patient since, for visits or kept as credit
   * @param forgiven since
   * @param givenUp since: bad debt
   */
  record Last(
      LocalDate issued,
      Stage stage,
      Money owed,
      List<Long> visits,
      Money paid,
      Money forgiven,
      Money givenUp) {}

  /**
   * The last statement of each account that has one.
   *
   * @param credits that accounts have now
   * @param until the last entry of the journal that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Last> last(Collection<Long> accounts, Map<Long, Money> credits, long until) {
    Map<Long, Last> found = new HashMap<>();
    sql.sql(
            """
            select s.*, (s.content -> 'credit' ->> 'cents')::bigint as credit, v.claims,
              coalesce(j.paid, 0) as paid, coalesce(j.forgiven, 0) as forgiven,
              coalesce(j.given_up, 0) as given_up
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
                  ('CHARITY', 'SMALL_BALANCE'))::bigint as forgiven,
                sum(l.amount_cents) filter (where l.account = 'BAD_DEBT')::bigint as given_up
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
              long account = row.getLong("account_number");
              Money kept =
                  credits
                      .getOrDefault(account, Money.ZERO)
                      .minus(Money.ofCents(row.getLong("credit")));
              found.put(
                  account,
                  new Last(
                      Objects.requireNonNull(row.getObject("issued_on", LocalDate.class)),
                      Stage.valueOf(row.getString("stage")),
                      Money.ofCents(row.getLong("owed_cents")),
                      List.of((Long[]) row.getArray("claims").getArray()),
                      Money.ofCents(row.getLong("paid")).plus(kept),
                      Money.ofCents(row.getLong("forgiven")),
                      Money.ofCents(row.getLong("given_up"))));
            });
    return found;
  }

  /**
   * How often a visit was asked for since its patient last owed nothing for it.
   *
   * @param first when for the first time
   * @param finallyDue the day to pay of its first final notice; null when there was none
   */
  record Asked(int times, LocalDate first, @Nullable LocalDate finallyDue) {}

  /**
   * Of each of these visits; those that were on no statement are left out. What was paid, or taken
   * over by an insurer, and comes back by a later decision, begins anew: nobody asked for it yet.
   *
   * @param until the last entry of the journal that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Asked> asked(Collection<Long> claims, long until) {
    Map<Long, Long> since = paidUp.visits(claims, until);
    Map<Long, Asked> asked = new HashMap<>();
    sql.sql(
            """
            select n.claim, s.times, s.first, s.finally_due
            from unnest(?::bigint[], ?::bigint[]) n (claim, since)
            cross join lateral (
              select count(*)::int as times, min(s.issued_on) as first,
                min(s.due_on) filter (where s.stage = 'FINAL_NOTICE') as finally_due
              from statement_visit v
              join statement s on s.number = v.statement_number
              where v.claim_number = n.claim and s.entry >= n.since) s
            where s.times > 0
            """)
        .param(claims.toArray(Long[]::new))
        .param(claims.stream().map(each -> since.getOrDefault(each, 0L)).toArray(Long[]::new))
        .query(
            row -> {
              asked.put(
                  row.getLong("claim"),
                  new Asked(
                      row.getInt("times"),
                      Objects.requireNonNull(row.getObject("first", LocalDate.class)),
                      row.getObject("finally_due", LocalDate.class)));
            });
    return asked;
  }
}
