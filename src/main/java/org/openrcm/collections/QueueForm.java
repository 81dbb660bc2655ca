package org.openrcm.collections;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.payment.Amounts;
import org.openrcm.web.Sent;

/** A queue as its form has it: everything as it was typed. */
record QueueForm(
    String number,
    String name,
    String team,
    String fromDays,
    String untilDays,
    String from,
    String until,
    String language) {
  private static final int LONGEST = 60;
  private static final String NUMBER = "\\d{1,4}";

  static final QueueForm EMPTY = new QueueForm("0", "", "", "", "", "", "", "");

  static QueueForm of(WorkQueue queue) {
    return new QueueForm(
        String.valueOf(queue.number()),
        queue.name(),
        text(queue.team()),
        text(queue.fromDays()),
        text(queue.untilDays()),
        text(queue.from()),
        text(queue.until()),
        text(queue.language()));
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  static QueueForm of(Map<String, String> sent) {
    return new QueueForm(
        Sent.value(sent, "number"),
        Sent.value(sent, "name"),
        Sent.value(sent, "team"),
        Sent.value(sent, "fromDays"),
        Sent.value(sent, "untilDays"),
        Sent.value(sent, "from"),
        Sent.value(sent, "until"),
        Sent.value(sent, "language"));
  }

  public boolean isNew() {
    return number.equals("0");
  }

  /** What is wrong, by field; empty when nothing is. */
  Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    if (name.isEmpty() || name.length() > LONGEST) {
      troubles.put("name", "Enter a name of up to 60 characters.");
    }
    whole(troubles, "fromDays", fromDays);
    whole(troubles, "untilDays", untilDays);
    amount(troubles, "from", from);
    amount(troubles, "until", until);
    if (troubles.isEmpty()) {
      if (isAbove(days(fromDays), days(untilDays))) {
        troubles.put("untilDays", "Enter a number that is not below the first.");
      }
      if (isAbove(money(from), money(until))) {
        troubles.put("until", "Enter an amount that is not below the first.");
      }
    }
    return troubles;
  }

  private static void whole(Map<String, String> troubles, String field, String text) {
    if (!text.isEmpty() && !text.matches(NUMBER)) {
      troubles.put(field, "Enter a number of days, or nothing.");
    }
  }

  private static void amount(Map<String, String> troubles, String field, String text) {
    try {
      money(text);
    } catch (org.openrcm.payment.Refused e) {
      troubles.put(field, "Enter an amount like 25 or 1,200.00, or nothing.");
    }
  }

  private static <T extends Comparable<T>> boolean isAbove(@Nullable T one, @Nullable T other) {
    return one != null && other != null && one.compareTo(other) > 0;
  }

  private static @Nullable Integer days(String text) {
    return text.isEmpty() ? null : Integer.valueOf(text);
  }

  private static @Nullable Money money(String text) {
    return text.isEmpty() ? null : Amounts.typed(text);
  }

  /** The queue that is meant; to be asked for only without {@link #troubles}. */
  WorkQueue queue() {
    return new WorkQueue(
        number.matches("\\d{1,18}") ? Long.parseLong(number) : 0,
        0,
        name,
        team.matches("\\d{1,18}") ? Long.valueOf(team) : null,
        days(fromDays),
        days(untilDays),
        money(from),
        money(until),
        language.equals("en") || language.equals("es") ? language : null);
  }
}
