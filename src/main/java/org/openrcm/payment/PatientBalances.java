package org.openrcm.payment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.account.Flag;
import org.openrcm.account.Flags;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What accounts owe, from the journal: of many accounts in as many queries as of one. It writes no
 * audit rows: who shows it does.
 */
@Component
public class PatientBalances {
  private final JdbcClient sql;
  private final Flags flags;
  private final Clock clock;

  PatientBalances(JdbcClient sql, Flags flags, Clock clock) {
    this.sql = sql;
    this.flags = flags;
    this.clock = clock;
  }

  /** What an account owes now. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Owed of(long account) {
    return of(List.of(account)).getOrDefault(account, Owed.nothing(account));
  }

  /** By account number; each account that was asked for is there. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Owed> of(Collection<Long> accounts) {
    Map<Long, List<OpenVisit>> visits = new HashMap<>();
    Map<Long, List<Flag>> flags = this.flags.of(accounts);
    LocalDate today = LocalDate.now(clock);
    sql.sql(
            """
            select c.account_number, c.claim_number, c.claim_id, c.control, c.on_day, l.cents
            from unnest(?::bigint[]) a (number)
            cross join lateral (
              select * from account_claim where account_number = a.number offset 0) c
            cross join lateral (
              select sum(amount_cents)::bigint as cents from journal_line
              where claim_number = c.claim_number and account = 'PATIENT_RECEIVABLE' offset 0) l
            where l.cents <> 0
            order by c.on_day, c.claim_number
            """)
        .param(accounts.toArray(Long[]::new))
        .query(
            row -> {
              visits
                  .computeIfAbsent(row.getLong("account_number"), key -> new ArrayList<>())
                  .add(
                      new OpenVisit(
                          row.getLong("claim_number"),
                          Objects.requireNonNull(row.getObject("claim_id", UUID.class)),
                          row.getString("control"),
                          Objects.requireNonNull(row.getObject("on_day", LocalDate.class)),
                          Money.ofCents(row.getLong("cents")),
                          Stays.holds(
                              flags.getOrDefault(row.getLong("account_number"), List.of()),
                              row.getLong("claim_number"),
                              today)));
            });
    Map<Long, Money> credits = credits(accounts, Long.MAX_VALUE);
    Map<Long, Owed> owed = new HashMap<>();
    for (Long account : accounts) {
      owed.put(
          account,
          new Owed(
              account,
              List.copyOf(visits.getOrDefault(account, List.of())),
              credits.getOrDefault(account, Money.ZERO)));
    }
    return owed;
  }

  /**
   * What patients have paid that is on no visit, by account number, without those that have none.
   *
   * @param until the last entry of the journal that counts
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Money> credits(Collection<Long> accounts, long until) {
    Map<Long, Money> credits = new HashMap<>();
    // an insurer's check may have any number: only lines for payments of patients count
    sql.sql(
            """
            select p.account_number, sum(l.cents)::bigint as cents
            from unnest(?::bigint[]) a (number)
            cross join lateral (
              select number, account_number from patient_payment
              where account_number = a.number offset 0) p
            cross join lateral (
              select -l.amount_cents as cents, l.entry from journal_line l
              where l.reference = 'PP-' || p.number and l.account = 'UNAPPLIED_CREDIT'
                and l.entry <= ? offset 0) l
            join journal_entry e on e.number = l.entry
            where e.source in ('PATIENT_PAYMENT', 'REFUND')
            group by 1
            """)
        .param(accounts.toArray(Long[]::new))
        .param(until)
        .query(
            row -> {
              credits.put(row.getLong(1), Money.ofCents(row.getLong(2)));
            });
    return credits;
  }
}
