package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Says what patients were asked for often enough: of many accounts at once. */
@Component
public class Demands {
  private final Decisions decisions;
  private final Policies policies;

  Demands(Decisions decisions, Policies policies) {
    this.decisions = decisions;
    this.policies = policies;
  }

  /** By account number; those that are not there are left out. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Demand> of(Collection<Long> accounts, LocalDate day) {
    Map<Long, Decisions.Decided> decided = decisions.of(accounts, policies.current(), day);
    Map<Long, Demand> demands = new HashMap<>();
    decided.forEach((number, each) -> demands.put(number, demand(each, day)));
    return demands;
  }

  private static Demand demand(Decisions.Decided decided, LocalDate day) {
    Money owed = decided.standing().credit().negated();
    Money early = Money.ZERO;
    List<Long> visits = new ArrayList<>();
    LocalDate until = null;
    LocalDate finallyDue = null;
    LocalDate first = null;
    for (Visit visit : decided.verdict().billable()) {
      Earlier.Asked each = decided.asked().get(visit.number());
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
