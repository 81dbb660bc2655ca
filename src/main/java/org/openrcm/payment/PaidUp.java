package org.openrcm.payment;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * When patients last owed nothing, as an entry of the journal: what is owed since is another
 * balance. A document counts from its first entry on with all that it comes to, so what was undone
 * or voided never was; and of a batch, in which a decision may be taken back and made anew, what is
 * left at its end.
 */
@Component
public class PaidUp {
  /** Behind a table {@code visit} of claims and whom they are counted for. */
  private static final String LAST =
      """
      select who, max(entry) as entry from (
        select who, max(entry) as entry, sum(sum(change)) over (partition by who order by batch) as owing
        from (
          select who, batch, entry, (cents > 0)::int
            - coalesce(lag(cents > 0) over (partition by claim order by batch), false)::int as change
          from (
            select who, claim, batch, max(entry) as entry,
              sum(sum(cents)) over (partition by claim order by batch) as cents
            from (
              select v.who, v.claim, min(e.batch) as batch, min(l.entry) as entry,
                sum(l.amount_cents) as cents
              from visit v
              cross join lateral (
                select entry, amount_cents from journal_line
                where claim_number = v.claim and account = 'PATIENT_RECEIVABLE' and entry <= ?
                offset 0) l
              cross join lateral (
                select * from journal_entry where number = l.entry offset 0) e
              group by v.who, v.claim, e.source, e.source_number, e.source_place) document
            group by who, claim, batch) balance
        ) step
        group by who, batch) standing
      where owing = 0
      group by who
      """;

  private final JdbcClient sql;

  PaidUp(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * By claim number; those for which something was owed ever since it first was are left out.
   *
   * @param until the last entry of the journal that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Long> visits(Collection<Long> claims, long until) {
    return last(
        "with visit as (select n as claim, n as who from unnest(?::bigint[]) n)", claims, until);
  }

  /** By account number, when nothing was owed for any of its visits. */
  @Transactional(propagation = Propagation.MANDATORY)
  Map<Long, Long> accounts(Collection<Long> accounts) {
    return last(
        """
        with visit as (
          select c.claim_number as claim, a.number as who from unnest(?::bigint[]) a (number)
          cross join lateral (
            select claim_number from account_claim where account_number = a.number offset 0) c)
        """,
        accounts,
        Long.MAX_VALUE);
  }

  private Map<Long, Long> last(String visits, Collection<Long> of, long until) {
    Map<Long, Long> last = new HashMap<>();
    sql.sql(visits + LAST)
        .param(of.toArray(Long[]::new))
        .param(until)
        .query(
            row -> {
              last.put(row.getLong("who"), row.getLong("entry"));
            });
    return last;
  }
}
