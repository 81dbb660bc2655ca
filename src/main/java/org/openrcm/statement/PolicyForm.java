package org.openrcm.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/** A policy as its form has it: everything as it was typed. */
record PolicyForm(
    String name,
    String address,
    String phone,
    String hours,
    String hoursInSpanish,
    String payPage,
    String minimum,
    String interval,
    String due,
    boolean help,
    String helpPhone,
    String helpPage) {
  private static final int LONGEST = 100;
  private static final int MOST_LINES = 5;
  private static final int MOST_DAYS = 365;

  static PolicyForm of(Policy policy) {
    Policy.Letterhead from = policy.letterhead();
    return new PolicyForm(
        from.name(),
        String.join("\n", from.address()),
        from.phone(),
        from.hours(),
        text(from.hoursInSpanish()),
        text(policy.payPage()),
        policy.minimum().toString(),
        String.valueOf(policy.intervalDays()),
        String.valueOf(policy.dueDays()),
        policy.help().policy(),
        text(policy.help().phone()),
        text(policy.help().page()));
  }

  static PolicyForm of(Map<String, String> sent) {
    return new PolicyForm(
        sent(sent, "name"),
        sent(sent, "address"),
        sent(sent, "phone"),
        sent(sent, "hours"),
        sent(sent, "hoursInSpanish"),
        sent(sent, "payPage"),
        sent(sent, "minimum"),
        sent(sent, "interval"),
        sent(sent, "due"),
        sent.containsKey("help"),
        sent(sent, "helpPhone"),
        sent(sent, "helpPage"));
  }

  private static String sent(Map<String, String> sent, String field) {
    return sent.getOrDefault(field, "").strip();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private List<String> lines() {
    return address.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** What is wrong, by field; empty when nothing is. */
  Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    required(troubles, "name", name, "Say who sends statements.");
    if (lines().size() < 2 || lines().size() > MOST_LINES || address.length() > LONGEST * 2) {
      troubles.put("address", "Enter two to five lines, the last with city, state and ZIP code.");
    }
    required(troubles, "phone", phone, "Enter the number that patients call.");
    required(troubles, "hours", hours, "Say when somebody answers.");
    if (hoursInSpanish.length() > LONGEST) {
      troubles.put("hoursInSpanish", "Say it in up to 100 characters.");
    }
    for (Map.Entry<String, String> page :
        Map.of("payPage", payPage, "helpPage", helpPage).entrySet()) {
      if (page.getValue().contains("://") || page.getValue().length() > LONGEST) {
        troubles.put(page.getKey(), "Enter it without https://, in up to 100 characters.");
      }
    }
    Money least = money();
    if (least == null || least.isNegative()) {
      troubles.put("minimum", "Enter an amount like 5.00.");
    }
    if (days(interval) < 1) {
      troubles.put("interval", "Enter a number of days from 1 to 365.");
    }
    if (days(due) < 1) {
      troubles.put("due", "Enter a number of days from 1 to 365.");
    }
    if (help && (helpPhone.isEmpty() || helpPage.isEmpty())) {
      // 26 CFR 1.501(r)-4(b)(5)(i)(D): both stand on each statement
      troubles.put("helpPhone", "Who has such a policy prints a phone and a page for it.");
    }
    return troubles;
  }

  private static void required(
      Map<String, String> troubles, String field, String text, String words) {
    if (text.isEmpty() || text.length() > LONGEST) {
      troubles.put(field, words);
    }
  }

  private @Nullable Money money() {
    try {
      return Money.of(minimum);
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  private static int days(String text) {
    try {
      int days = Integer.parseInt(text);
      return days > MOST_DAYS ? 0 : days;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The policy that is meant; to be asked for only without {@link #troubles}. */
  Policy policy() {
    Money least = money();
    return new Policy(
        new Policy.Letterhead(
            name, lines(), phone, hours, hoursInSpanish.isEmpty() ? null : hoursInSpanish, null),
        least == null ? Money.ZERO : least,
        days(interval),
        days(due),
        payPage.isEmpty() ? null : payPage,
        new Policy.Help(
            help, helpPhone.isEmpty() ? null : helpPhone, helpPage.isEmpty() ? null : helpPage));
  }
}
