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
import org.openrcm.statement.Demand;

/**
 * The rules by which an account is in the queue: each gives a reason or nothing, and all reasons
 * are kept. When each holds, what it counts by and its words are in {@code
 * rules/collection-eligibility.tsv}.
 */
public enum Eligibility {
  SOMETHING_IS_OWED,
  ABOVE_THE_MINIMUM,
  ONLY_AFTER_FULL_STATEMENT_CYCLE,
  NEVER_WHILE_DISPUTED,
  NEVER_WHILE_ASSISTANCE_IS_PENDING,
  NEVER_IN_BANKRUPTCY,
  NEVER_THE_DECEASED,
  NEVER_PAST_A_LAWYER,
  NEVER_WHILE_ON_HOLD,
  NEVER_WHILE_A_PLAN_IS_KEPT,
  NEVER_BEFORE_A_PROMISE_IS_DUE;

  private static final CodeList FILE = CodeList.load("collection-eligibility");

  /** Whether an account fits, and until when it does not. */
  private record Answer(boolean fits, @Nullable LocalDate until) {
    static final Answer FITS = new Answer(true, null);

    static Answer of(boolean fits) {
      return new Answer(fits, null);
    }

    static Answer until(@Nullable LocalDate day) {
      return new Answer(false, day);
    }
  }

  /**
   * What the rule finds of an account on a day.
   *
   * @param number what the file has it count by; 0 where it counts nothing
   */
  private Answer of(Facts facts, LocalDate day, long number) {
    Demand demand = facts.demand();
    return switch (this) {
      case SOMETHING_IS_OWED -> Answer.of(demand.visits().isEmpty() || !demand.owed().isZero());
      case ABOVE_THE_MINIMUM ->
          Answer.of(demand.owed().isZero() || demand.owed().cents() >= number);
      case ONLY_AFTER_FULL_STATEMENT_CYCLE ->
          demand.visits().isEmpty() ? Answer.until(demand.earlyUntil()) : Answer.FITS;
      case NEVER_WHILE_DISPUTED -> flagged(facts, FlagKind.DISPUTE, day);
      case NEVER_WHILE_ASSISTANCE_IS_PENDING -> flagged(facts, FlagKind.ASSISTANCE, day);
      case NEVER_IN_BANKRUPTCY -> flagged(facts, FlagKind.BANKRUPTCY, day);
      case NEVER_THE_DECEASED -> flagged(facts, FlagKind.DECEASED, day);
      case NEVER_PAST_A_LAWYER -> flagged(facts, FlagKind.ATTORNEY, day);
      case NEVER_WHILE_ON_HOLD -> flagged(facts, FlagKind.HOLD, day);
      case NEVER_WHILE_A_PLAN_IS_KEPT -> planned(facts.plan());
      case NEVER_BEFORE_A_PROMISE_IS_DUE -> promised(facts.promise());
    };
  }

  private static Answer flagged(Facts facts, FlagKind kind, LocalDate day) {
    Flag flag = facts.flag(kind, day);
    if (flag == null) {
      return Answer.FITS;
    }
    return Answer.until(flag.until() == null ? null : flag.until().plusDays(1));
  }

  private static Answer planned(@Nullable Plan plan) {
    if (plan == null || !plan.state().isRunning() || plan.state() == Plan.State.BEHIND) {
      return Answer.FITS;
    }
    Plan.Instalment next = plan.next();
    return Answer.until(next == null ? null : next.dueOn().plusDays(1));
  }

  private static Answer promised(@Nullable Promise promise) {
    return promise != null && promise.state() == Promise.State.OPEN
        ? Answer.until(promise.dueOn().plusDays(1))
        : Answer.FITS;
  }

  /** All reasons why an account is not in the queue on a day; empty when it is. */
  static List<Reason> reasons(Facts facts, LocalDate day) {
    List<Reason> reasons = new ArrayList<>();
    for (Eligibility each : values()) {
      CodeList.Row row = FILE.row(each.name(), day).orElse(null);
      if (row != null) {
        Answer answer = each.of(facts, day, number(row.more()));
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
    return FILE.row(name(), null)
        .map(row -> row.more().get(name))
        .map(Objects::toString)
        .orElse("");
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
