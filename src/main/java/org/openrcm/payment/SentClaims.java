package org.openrcm.payment;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.EntriesPosted;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what accounts were billed as: which claims are one visit, {@link SameVisit} says. */
@Component
public class SentClaims {
  private final JdbcClient sql;

  SentClaims(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A claim of an account.
   *
   * @param control CLM01
   * @param replaces the payer's number of the claim that it replaces or voids (REF*F8)
   * @param payers its own number at the payer
   * @param charged whether it carries charges: of the claims of one visit one does
   * @param owed by the patient; below zero when it is paid too much
   */
  public record Sent(
      long account,
      long number,
      String control,
      @Nullable String replaces,
      @Nullable String payers,
      boolean charged,
      Money owed) {}

  /**
   * Accounts of which these entries change what the patient owes.
   *
   * @param having a condition in SQL on {@code a.account_number}: only those are of interest
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Long> touched(EntriesPosted posted, String having) {
    return sql.sql(
            """
            select distinct a.account_number
            from (select distinct claim_number from journal_line
              where entry between ? and ? and account = 'PATIENT_RECEIVABLE'
                and claim_number is not null) c
            cross join lateral (
              select account_number from account_claim
              where claim_number = c.claim_number offset 0) a
            where %s
            """
                .formatted(having))
        .params(posted.first(), posted.last())
        .query(Long.class)
        .list();
  }

  /** All claims of these accounts, in the order of their loading. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Sent> of(Collection<Long> accounts) {
    return sql.sql(
            """
            select n.account_number, c.number, c.patient_control_number, c.payer_claim_number,
              case when c.frequency in ('7', '8') then c.prior_claim_number end as replaces,
              o.charged, o.cents
            from unnest(?::bigint[]) a (number)
            cross join lateral (
              select account_number, claim_number from account_claim
              where account_number = a.number offset 0) n
            cross join lateral (
              select * from claim where number = n.claim_number offset 0) c
            cross join lateral (
              select
                coalesce(sum(amount_cents) filter (where account = 'REVENUE'), 0) <> 0 as charged,
                coalesce(sum(amount_cents) filter (where account = 'PATIENT_RECEIVABLE'), 0)::bigint
                  as cents
              from journal_line where claim_number = c.number) o
            order by c.number
            """)
        .param(accounts.toArray(Long[]::new))
        .query(
            (row, index) ->
                new Sent(
                    row.getLong("account_number"),
                    row.getLong("number"),
                    row.getString("patient_control_number"),
                    row.getString("replaces"),
                    row.getString("payer_claim_number"),
                    row.getBoolean("charged"),
                    Money.ofCents(row.getLong("cents"))))
        .list();
  }
}
