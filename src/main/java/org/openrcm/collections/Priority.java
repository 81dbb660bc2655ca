package org.openrcm.collections;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.payment.Plan;

/**
 * Works out where an account stands: what is likely to be paid for each minute of work. Whole
 * numbers only; all figures are in {@code rules/collection-priority.tsv}, with the days on which
 * they hold.
 */
final class Priority {
  private static final CodeList FILE = CodeList.load("collection-priority");
  private static final int PERMILLE = 1000;
  private static final int MINUTE = 60;

  private final LocalDate day;
  private final List<Score.Part> parts = new ArrayList<>();
  private long cents;
  private int seconds;
  private boolean first;

  private Priority(long cents, LocalDate day) {
    this.cents = cents;
    this.day = day;
  }

  /** The score of an account on a day. */
  static Score of(Facts facts, LocalDate day) {
    long owed = facts.demand().owed().cents();
    Priority priority = new Priority(owed, day);
    priority.reached("AGE", age(facts, day));
    priority.reached("OWED", owed);
    priority.add(facts.paidBefore() ? "PAID-BEFORE" : "PAID-NEVER", null);
    priority.promise(facts.promise());
    priority.plan(facts.plan());
    priority.add(facts.isReachable() ? "CONTACT-OPEN" : "CONTACT-CLOSED", null);
    priority.add(facts.spokenBefore() ? "WORK-AGAIN" : "WORK-FIRST", null);
    priority.add("LANGUAGE-" + facts.demand().account().language(), null);
    return priority.score();
  }

  /** Days since the first statement. */
  private static long age(Facts facts, LocalDate day) {
    LocalDate asked = facts.demand().askedOn();
    return asked == null ? 0 : Math.max(0, ChronoUnit.DAYS.between(asked, day));
  }

  private void promise(@Nullable Promise promise) {
    if (promise != null && promise.state() == Promise.State.BROKEN) {
      add("PROMISE-BROKEN", promise.dueOn());
    } else {
      boolean kept = promise != null && promise.state() == Promise.State.KEPT;
      add(kept ? "PROMISE-KEPT" : "PROMISE-NONE", null);
    }
  }

  private void plan(@Nullable Plan plan) {
    if (plan != null && plan.state() == Plan.State.BEHIND) {
      Plan.Instalment missed = plan.next();
      add("PLAN-BEHIND", missed == null ? day : missed.dueOn());
    } else {
      add("PLAN-NONE", null);
    }
  }

  /** The row of a part with the greatest {@code at_least} that is reached. */
  private void reached(String part, long value) {
    CodeList.Row best = null;
    long most = -1;
    for (CodeList.Row row : FILE.rows()) {
      if (part.equals(row.more().get("part")) && row.holdsOn(day)) {
        long least = number(row.more(), "at_least", 0);
        if (least <= value && least > most) {
          best = row;
          most = least;
        }
      }
    }
    if (best != null) {
      add(best, null);
    }
  }

  private void add(String code, @Nullable LocalDate since) {
    FILE.row(code, day).ifPresent(row -> add(row, since));
  }

  /**
   * Adds a part.
   *
   * @param since the day of what puts it first; null for what never does
   */
  private void add(CodeList.Row row, @Nullable LocalDate since) {
    int permille = (int) number(row.more(), "permille", PERMILLE);
    int work = (int) number(row.more(), "seconds", 0);
    long days = number(row.more(), "first", 0);
    cents = Math.multiplyExact(cents, permille) / PERMILLE;
    seconds += work;
    first |= since != null && !day.isAfter(since.plusDays(days));
    parts.add(new Score.Part(row.words(), permille, work, cents));
  }

  private static long number(Map<String, String> more, String column, long otherwise) {
    String text = more.getOrDefault(column, "");
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  private Score score() {
    long perMinute = Math.multiplyExact(cents, MINUTE) / Math.max(1, seconds);
    return new Score(perMinute, first, cents, seconds, List.copyOf(parts));
  }
}
