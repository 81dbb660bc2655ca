package org.openrcm.statement;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.Flags;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.account.Seen;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.openrcm.payment.PatientBalances;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Brings together what the gate asks for, and asks it: of many accounts at once. */
@Component
class Decisions {
  private final Portraits portraits;
  private final Flags flags;
  private final Visits visits;
  private final Earlier earlier;
  private final Balances books;
  private final PatientBalances balances;
  private final Plans plans;
  private final MailServer mail;

  Decisions(
      Portraits portraits,
      Flags flags,
      Visits visits,
      Earlier earlier,
      Balances books,
      PatientBalances balances,
      Plans plans,
      MailServer mail) {
    this.portraits = portraits;
    this.flags = flags;
    this.visits = visits;
    this.earlier = earlier;
    this.books = books;
    this.balances = balances;
    this.plans = plans;
    this.mail = mail;
  }

  /**
   * What was decided of an account, and from what.
   *
   * @param asked how often the visits were asked for, of this account or others
   * @param stage how a statement would speak
   * @param entry the last one of the journal that counted
   */
  record Decided(
      Portrait account,
      Standing standing,
      Gate.Verdict verdict,
      Earlier.@Nullable Last last,
      Map<Long, Earlier.Asked> asked,
      Stage stage,
      long entry) {

    /** What changed since the last statement; null when there is none. */
    Content.@Nullable Since since() {
      if (last == null) {
        return null;
      }
      Set<Long> billed = verdict.billable().stream().map(Visit::number).collect(Collectors.toSet());
      Money aside = Money.ZERO;
      for (Visit visit : standing.visits()) {
        if (last.visits().contains(visit.number()) && !billed.contains(visit.number())) {
          aside = aside.plus(visit.owed());
        }
      }
      // what is asked for again, or paid by an insurer after all, is decided anew
      Money givenUp = last.givenUp().isNegative() ? Money.ZERO : last.givenUp();
      Money decided =
          verdict
              .owed()
              .minus(last.owed())
              .plus(last.paid())
              .plus(last.forgiven())
              .plus(givenUp)
              .plus(aside);
      return new Content.Since(
          last.issued(), last.owed(), decided, last.paid(), last.forgiven(), aside, givenUp);
    }
  }

  /** By account number; those that are not there are left out. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Decided> of(Collection<Long> accounts, Policy policy, LocalDate day) {
    long entry = books.point(null).entry();
    Map<Long, Portrait> people = portraits.of(accounts);
    Map<Long, List<Visit>> seen = visits.of(accounts, entry);
    Map<Long, List<Flag>> raised = flags.of(accounts);
    Map<Long, Money> credits = balances.credits(accounts, entry);
    Map<Long, Earlier.Last> last = earlier.last(accounts, credits, entry);
    List<Long> claims = new ArrayList<>();
    seen.values().forEach(list -> list.forEach(visit -> claims.add(visit.number())));
    Map<Long, Earlier.Asked> asked = earlier.asked(claims, entry);
    Map<Long, Plan> agreed = plans.of(accounts);
    Map<Long, Decided> decided = new HashMap<>();
    people.forEach(
        (number, account) -> {
          List<Visit> own = seen.getOrDefault(number, List.of());
          Earlier.Last before = last.get(number);
          boolean paper = isOnPaper(account, policy);
          Standing standing =
              new Standing(
                  own,
                  raised.getOrDefault(number, List.of()),
                  credits.getOrDefault(number, Money.ZERO),
                  isKept(agreed.get(number)),
                  !paper || isReachable(account),
                  paper,
                  last(before, own, asked));
          Gate.Verdict verdict = Gate.decide(standing, policy, day);
          decided.put(
              number,
              new Decided(
                  account,
                  standing,
                  verdict,
                  before,
                  asked,
                  stage(verdict, before, asked, day),
                  entry));
        });
    return decided;
  }

  private static boolean isKept(@Nullable Plan plan) {
    return plan != null && (plan.state() == Plan.State.ACTIVE || plan.state() == Plan.State.KEPT);
  }

  /** As long as no server sends e-mail also for who asked for it: nobody else would tell them. */
  private boolean isOnPaper(Portrait account, Policy policy) {
    return account.paper() || account.email() == null || !mail.sends(policy);
  }

  private static boolean isReachable(Portrait account) {
    Seen.Person to = account.addressee();
    return !to.addressLines().isEmpty() && to.city() != null && to.postalCode() != null;
  }

  private static Standing.@Nullable Last last(
      Earlier.@Nullable Last last, List<Visit> visits, Map<Long, Earlier.Asked> asked) {
    if (last == null) {
      return null;
    }
    boolean again =
        last.paid().isZero()
            && visits.stream()
                .filter(visit -> !visit.owed().isZero())
                .allMatch(
                    visit ->
                        last.visits().contains(visit.number())
                            && asked.containsKey(visit.number()));
    return new Standing.Last(last.issued(), last.stage(), last.owed(), again);
  }

  /** A patient who has paid something since is not reminded more sharply than before. */
  private static Stage stage(
      Gate.Verdict verdict,
      Earlier.@Nullable Last last,
      Map<Long, Earlier.Asked> asked,
      LocalDate day) {
    int times = 0;
    LocalDate first = day;
    for (Visit visit : verdict.billable()) {
      Earlier.Asked before = asked.get(visit.number());
      if (before != null) {
        times = Math.max(times, before.times());
        first = before.first().isBefore(first) ? before.first() : first;
      }
    }
    Stage stage = Stage.of(times, ChronoUnit.DAYS.between(first, day));
    return last != null && !last.paid().isZero() && stage.compareTo(last.stage()) > 0
        ? last.stage()
        : stage;
  }
}
