package org.openrcm.collections;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.letter.Stage;
import org.openrcm.letter.Wishes;
import org.openrcm.payment.Plan;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has letters wait as the facts of accounts ask for them: one for each account at most, by what was
 * agreed on last. None begins to wait while a flag is up; one that waits already is the contact
 * firewall's to withhold.
 */
@Component
class FollowUp {
  private static final Set<Eligibility> FLAGGED =
      EnumSet.of(
          Eligibility.NEVER_WHILE_DISPUTED,
          Eligibility.NEVER_WHILE_ASSISTANCE_IS_PENDING,
          Eligibility.NEVER_IN_BANKRUPTCY,
          Eligibility.NEVER_THE_DECEASED,
          Eligibility.NEVER_PAST_A_LAWYER,
          Eligibility.NEVER_WHILE_ON_HOLD);

  private final Wishes wishes;
  private final Steps steps;
  private final Accounts accounts;
  private final AuditTrail audit;

  FollowUp(Wishes wishes, Steps steps, Accounts accounts, AuditTrail audit) {
    this.wishes = wishes;
    this.steps = steps;
    this.accounts = accounts;
    this.audit = audit;
  }

  /**
   * Follows some accounts up.
   *
   * @param out why each is not in the queue, by its number
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void of(Collection<Facts> some, Map<Long, List<Reason>> out, LocalDate today) {
    List<Wishes.Wish> reasons = new ArrayList<>();
    List<Wishes.Wish> now = new ArrayList<>();
    for (Facts facts : some) {
      Set<Eligibility> rules = EnumSet.noneOf(Eligibility.class);
      out.getOrDefault(facts.account(), List.of()).forEach(reason -> rules.add(reason.rule()));
      boolean flagged = rules.removeAll(FLAGGED);
      Wishes.Wish wish = wish(facts, rules, today);
      if (wish != null) {
        reasons.add(wish);
        if (!flagged) {
          now.add(wish);
        }
      }
    }
    note(
        wishes.drop(some.stream().map(Facts::account).toList(), reasons),
        Action.CHANGE,
        Step.Kind.LETTER_WITHDRAWN);
    note(wishes.want(now), Action.ADD, Step.Kind.LETTER_WANTED);
  }

  private void note(List<Wishes.Changed> changed, Action action, Step.Kind kind) {
    if (!changed.isEmpty()) {
      List<Long> numbers = changed.stream().map(Wishes.Changed::account).toList();
      steps.addAll(numbers, kind, changed.stream().map(each -> each.stage().label()).toList());
      audit.record(action, Subject.list("Letter"), accounts.patients(numbers));
    }
  }

  /**
   * The letter that an account asks for; null for none.
   *
   * @param rules by which it is not in the queue, without flags
   */
  private static Wishes.@Nullable Wish wish(Facts facts, Set<Eligibility> rules, LocalDate today) {
    Promise promise = facts.promise();
    Plan plan = facts.plan();
    if (promise != null && promise.state() == Promise.State.OPEN) {
      return null;
    }
    if (plan != null && plan.state().isRunning()) {
      // a plan may have been agreed on before the last statement: its parts are due all the same
      return missed(plan, today);
    }
    if (!rules.isEmpty()) {
      return null;
    }
    if (promise != null && promise.state() == Promise.State.BROKEN && !promise.isPaidLate()) {
      return wish(
          facts.account(), Stage.PROMISE_BROKEN, promise.id().toString(), promise.dueOn(), today);
    }
    LocalDate due = facts.demand().finallyDue();
    return due == null
        ? null
        : wish(facts.account(), Stage.IN_COLLECTIONS, facts.account() + " " + due, due, today);
  }

  /** Of the last part that was not paid: who has missed two is told once. */
  private static Wishes.@Nullable Wish missed(Plan plan, LocalDate today) {
    return plan.instalments().stream()
        .filter(each -> !each.isPaid())
        .map(Plan.Instalment::dueOn)
        .sorted(Comparator.reverseOrder())
        .flatMap(
            due ->
                Stream.ofNullable(
                    wish(
                        plan.account(),
                        Stage.INSTALMENT_MISSED,
                        plan.id() + " " + due,
                        due,
                        today)))
        .findFirst()
        .orElse(null);
  }

  /** Null while its day and the days of grace are not over. */
  private static Wishes.@Nullable Wish wish(
      long account, Stage stage, String cause, LocalDate due, LocalDate today) {
    LocalDate since = due.plusDays(stage.grace(today) + 1L);
    return since.isAfter(today) ? null : new Wishes.Wish(account, stage, cause, since);
  }
}
