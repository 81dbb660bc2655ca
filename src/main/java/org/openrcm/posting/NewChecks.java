package org.openrcm.posting;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.jobs.Jobs;
import org.openrcm.money.Money;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;
import org.openrcm.x12.SetEnd;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Checks as they come: each is entered once, with all that speaks against posting it, and prepared
 * from then on.
 */
@Component
class NewChecks {
  private final JdbcClient sql;
  private final Remittances remittances;
  private final Exceptions exceptions;
  private final Jobs jobs;
  private final Clock clock;

  NewChecks(
      JdbcClient sql, Remittances remittances, Exceptions exceptions, Jobs jobs, Clock clock) {
    this.sql = sql;
    this.remittances = remittances;
    this.exceptions = exceptions;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * A check came: in the transaction that joined it with its claims.
   *
   * @param again whether it had come before, in another file
   */
  void arrived(UUID id, boolean again) {
    StoredRemittance stored = remittances.find(id).orElseThrow();
    if (insert(stored)) {
      jobs.enqueue(PostingJobs.PREPARE, id);
    }
    // of two files that are read at once, the one that came again may get here first
    if (again) {
      Money amount = stored.remittance().payment().amount();
      exceptions.cameTwice(
          stored.number(),
          amount == null ? Money.ZERO : amount.isNegative() ? amount.negated() : amount,
          stored.remittance().payer().name());
    }
  }

  private boolean insert(StoredRemittance stored) {
    Remittance remittance = stored.remittance();
    LocalDate day = Wording.day(remittance);
    Money amount = remittance.payment().amount();
    boolean whole =
        amount != null && stored.totals().unread() == 0 && stored.totals().end() != SetEnd.CUT_OFF;
    boolean postable = amount != null && isInRange(stored);
    Off off = postable ? off(stored.number()) : new Off(0, 0);
    return sql.sql(
                """
                insert into remittance_posting (practice_id, remittance_number, payer, day,
                  amount_cents, difference_cents, whole, postable, unbalanced, unbalanced_cents)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .param(Actor.currentPractice())
            .param(stored.number())
            .param(Check.payer(remittance))
            .param(day == null ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) : day)
            .param(amount == null ? null : amount.cents())
            .param(amount != null && postable ? difference(stored, amount).cents() : 0)
            .param(whole)
            .param(postable)
            .param(off.places())
            .param(off.cents())
            .update()
        == 1;
  }

  /** Claims and lines that do not add up, and by how much the worse of both. */
  private record Off(int places, long cents) {}

  private Off off(long number) {
    return sql.sql(
            """
            select (c.places + l.places)::int as places, greatest(c.cents, l.cents)::bigint as cents
            from (select count(*) as places, coalesce(sum(abs(off)), 0) as cents from (
                select c.paid_cents - c.charged_cents + coalesce((
                  select sum(a.amount_cents) from adjustment a
                  where a.remittance_number = c.remittance_number
                    and a.claim_ordinal = c.ordinal), 0) as off
                from claim_payment c where c.remittance_number = :check) each where off <> 0) c,
              (select count(*) as places, coalesce(sum(abs(off)), 0) as cents from (
                select s.paid_cents - s.charged_cents + coalesce((
                  select sum(a.amount_cents) from adjustment a
                  where a.remittance_number = s.remittance_number
                    and a.claim_ordinal = s.claim_ordinal and a.line = s.line), 0) as off
                from service_payment s where s.remittance_number = :check) each where off <> 0) l
            """)
        .param("check", number)
        .query(Off.class)
        .single();
  }

  private static Money difference(StoredRemittance stored, Money amount) {
    return amount.minus(stored.totals().paid().minus(stored.totals().adjusted()));
  }

  /** Whether no amount is so large that sums could leave the range of cents. */
  private boolean isInRange(StoredRemittance stored) {
    Boolean inRange =
        sql.sql(
                """
                select not exists (select from claim_payment where remittance_number = :check
                    and (abs(charged_cents) >= :limit or abs(paid_cents) >= :limit))
                  and not exists (select from service_payment where remittance_number = :check
                    and (abs(charged_cents) >= :limit or abs(paid_cents) >= :limit))
                  and not exists (select from adjustment where remittance_number = :check
                    and abs(amount_cents) >= :limit)
                  and not exists (select from provider_adjustment
                    where remittance_number = :check and abs(amount_cents) >= :limit)
                  and not exists (select from remittance where number = :check
                    and abs(amount_cents) >= :limit)
                """)
            .param("check", stored.number())
            .param("limit", Doubts.OUT_OF_RANGE)
            .query(Boolean.class)
            .single();
    return inRange;
  }
}
