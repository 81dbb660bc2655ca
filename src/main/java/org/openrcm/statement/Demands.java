package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Says what patients were asked for often enough: of many accounts at once. */
@Component
public class Demands {
  private final JdbcClient sql;
  private final Decisions decisions;
  private final Policies policies;

  Demands(JdbcClient sql, Decisions decisions, Policies policies) {
    this.sql = sql;
    this.decisions = decisions;
    this.policies = policies;
  }

  /** When a visit was first asked for, and the day to pay of its first final notice. */
  private record Asked(LocalDate first, @Nullable LocalDate finallyDue) {}

  /** By account number; those that are not there are left out. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Demand> of(Collection<Long> accounts, LocalDate day) {
    Map<Long, Decisions.Decided> decided = decisions.of(accounts, policies.current(), day);
    List<Long> claims = new ArrayList<>();
    decided
        .values()
        .forEach(each -> each.verdict().billable().forEach(visit -> claims.add(visit.number())));
    Map<Long, Asked> asked = asked(claims);
    Map<Long, Demand> demands = new HashMap<>();
    decided.forEach((number, each) -> demands.put(number, demand(each, asked, day)));
    return demands;
  }

  private Map<Long, Asked> asked(Collection<Long> claims) {
    Map<Long, Asked> asked = new HashMap<>();
    sql.sql(
            """
            select n.claim, a.* from unnest(?::bigint[]) n (claim)
            cross join lateral (
              select min(s.issued_on) as first,
                min(s.due_on) filter (where s.stage = 'FINAL_NOTICE') as finally_due
              from statement_visit v
              join statement s on s.number = v.statement_number
              where v.claim_number = n.claim) a
            where a.first is not null
            """)
        .param(claims.toArray(Long[]::new))
        .query(
            row -> {
              asked.put(
                  row.getLong("claim"),
                  new Asked(
                      Objects.requireNonNull(row.getObject("first", LocalDate.class)),
                      row.getObject("finally_due", LocalDate.class)));
            });
    return asked;
  }

  private static Demand demand(Decisions.Decided decided, Map<Long, Asked> asked, LocalDate day) {
    Money owed = decided.standing().credit().negated();
    Money early = Money.ZERO;
    List<Long> visits = new ArrayList<>();
    LocalDate until = null;
    LocalDate finallyDue = null;
    LocalDate first = null;
    for (Visit visit : decided.verdict().billable()) {
      Asked each = asked.get(visit.number());
      LocalDate due = each == null ? null : each.finallyDue();
      if (due != null && day.isAfter(due)) {
        owed = owed.plus(visit.owed());
        visits.add(visit.number());
        finallyDue = earlier(finallyDue, due);
      } else {
        early = early.plus(visit.owed());
        until = due == null ? until : earlier(until, due.plusDays(1));
      }
      first = each == null ? first : earlier(first, each.first());
    }
    return new Demand(
        decided.account(),
        owed.isNegative() ? Money.ZERO : owed,
        visits,
        early,
        until,
        finallyDue,
        first);
  }

  private static LocalDate earlier(@Nullable LocalDate one, LocalDate other) {
    return one == null || other.isBefore(one) ? other : one;
  }
}
