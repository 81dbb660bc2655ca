package org.openrcm.payment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.money.Money;

/** Amounts as people type them, and their limits. */
public final class Amounts {
  static final Money MOST = Money.of("100000");

  private static final Pattern TYPED =
      Pattern.compile("\\$?\\s*((?:\\d{1,3}(?:,\\d{3})+|\\d{1,9})?)(?:\\.(\\d{0,2}))?");
  private static final Pattern BELOW = Pattern.compile("[-(\u2212].*");

  private Amounts() {}

  /**
   * The amount that somebody typed: {@code 12}, {@code 12.5}, {@code $1,200.00}.
   *
   * @throws Refused when it is none, or none that can be taken
   */
  public static Money typed(String text) {
    String amount = text.strip();
    Matcher typed = TYPED.matcher(amount);
    if (BELOW.matcher(amount.replaceFirst("^\\$\\s*", "")).matches()) {
      throw new Refused(Refused.Reason.NOT_ABOVE_ZERO);
    }
    if (!typed.matches() || amount.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      throw new Refused(Refused.Reason.NOT_AN_AMOUNT);
    }
    String cents = typed.group(2) == null ? "" : typed.group(2);
    String dollars = typed.group(1).replace(",", "");
    return checked(
        Money.of((dollars.isEmpty() ? "0" : dollars) + "." + (cents + "00").substring(0, 2)));
  }

  /** The amount itself, when it is above zero and within the limit. */
  static Money checked(Money amount) {
    if (amount.cents() <= 0) {
      throw new Refused(Refused.Reason.NOT_ABOVE_ZERO);
    }
    if (amount.compareTo(MOST) > 0) {
      throw new Refused(Refused.Reason.TOO_LARGE);
    }
    return amount;
  }

  static Money least(Money one, Money other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
