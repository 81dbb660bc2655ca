package org.openrcm.collections;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.billing.CodeList;
import org.openrcm.payment.Plan;

/**
 * The rules by which an account is in the queue: each gives a reason or nothing, and all reasons
 * are kept. When each holds, what it counts by and its words are in {@code
 * rules/collection-eligibility.tsv}.
 */
public enum Eligibility {
  SOMETHING_IS_OWED(
      (facts, day, number) ->
          facts.demand().visits().isEmpty() || !facts.demand().owed().isZero()
              ? Answer.FITS
              : Answer.BREAKS),
  ABOVE_THE_MINIMUM(
      (facts, day, cents) ->
          facts.demand().owed().isZero() || facts.demand().owed().cents() >= cents
              ? Answer.FITS
              : Answer.BREAKS),
  ONLY_AFTER_FULL_STATEMENT_CYCLE(
      (facts, day, number) ->
          facts.demand().visits().isEmpty()
              ? Answer.until(facts.demand().earlyUntil())
              : Answer.FITS),
  NEVER_WHILE_DISPUTED((facts, day, number) -> flagged(facts, FlagKind.DISPUTE, day)),
  NEVER_WHILE_ASSISTANCE_IS_PENDING(
      (facts, day, number) -> flagged(facts, FlagKind.ASSISTANCE, day)),
  NEVER_IN_BANKRUPTCY((facts, day, number) -> flagged(facts, FlagKind.BANKRUPTCY, day)),
  NEVER_THE_DECEASED((facts, day, number) -> flagged(facts, FlagKind.DECEASED, day)),
  NEVER_PAST_A_LAWYER((facts, day, number) -> flagged(facts, FlagKind.ATTORNEY, day)),
  NEVER_WHILE_ON_HOLD((facts, day, number) -> flagged(facts, FlagKind.HOLD, day)),
  NEVER_WHILE_A_PLAN_IS_KEPT(
      (facts, day, number) -> {
        Plan plan = facts.plan();
        if (plan == null || !plan.state().isRunning() || plan.state() == Plan.State.BEHIND) {
          return Answer.FITS;
        }
        Plan.Instalment next = plan.next();
        return Answer.until(next == null ? null : next.dueOn().plusDays(1));
      }),
  NEVER_BEFORE_A_PROMISE_IS_DUE(
      (facts, day, number) -> {
        Promise promise = facts.promise();
        return promise != null && promise.state() == Promise.State.OPEN
            ? Answer.until(promise.dueOn().plusDays(1))
            : Answer.FITS;
      });

  private static final CodeList FILE = CodeList.load("collection-eligibility");

  private final Rule rule;

  Eligibility(Rule rule) {
    this.rule = rule;
  }

  /** What a rule finds of an account on a day. */
  private interface Rule {

    /**
     * Its answer.
     *
     * @param number what the file has it count by; 0 where it counts nothing
     */
    Answer of(Facts facts, LocalDate day, long number);
  }

  /** Whether an account fits, and until when it does not. */
  private record Answer(boolean fits, @Nullable LocalDate until) {
    static final Answer FITS = new Answer(true, null);
    static final Answer BREAKS = new Answer(false, null);

    static Answer until(@Nullable LocalDate day) {
      return new Answer(false, day);
    }
  }

  private static Answer flagged(Facts facts, FlagKind kind, LocalDate day) {
    Flag flag = facts.flag(kind, day);
    if (flag == null) {
      return Answer.FITS;
    }
    return Answer.until(flag.until() == null ? null : flag.until().plusDays(1));
  }

  /** All reasons why an account is not in the queue on a day; empty when it is. */
  static List<Reason> reasons(Facts facts, LocalDate day) {
    List<Reason> reasons = new ArrayList<>();
    for (Eligibility each : values()) {
      CodeList.Row row = FILE.row(each.name(), day).orElse(null);
      if (row != null) {
        Answer answer = each.rule.of(facts, day, number(row.more()));
        if (!answer.fits()) {
          reasons.add(new Reason(each, answer.until()));
        }
      }
    }
    return List.copyOf(reasons);
  }

  private static long number(Map<String, String> more) {
    String number = more.getOrDefault("number", "");
    return number.isEmpty() ? 0 : Long.parseLong(number);
  }

  private String column(String name) {
    return FILE.row(name(), null).map(row -> row.more().get(name)).map(Objects::toString).orElse("");
  }

  /** In a word or two. */
  public String label() {
    return column("label");
  }

  /** Why it is so. */
  public String words() {
    return FILE.words(name(), null).orElse("");
  }

  /** What to do about it; empty when time alone does, or nothing can be done. */
  public String advice() {
    return column("advice");
  }
}
