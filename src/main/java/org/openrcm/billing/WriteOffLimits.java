package org.openrcm.billing;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import org.openrcm.money.Money;

/** Up to what amount: {@code rules/write-off-limit.tsv}. */
public final class WriteOffLimits {
  private static final CodeList ROWS = CodeList.load("write-off-limit");

  private WriteOffLimits() {}

  /** The highest that somebody with these roles may approve; zero when none of them may. */
  public static Money approval(Collection<String> roles, LocalDate day) {
    return roles.stream()
        .map(role -> of(role.toUpperCase(Locale.ROOT), day))
        .reduce(Money.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  /** What an account may owe in all to be a small balance. */
  public static Money small(LocalDate day) {
    return of("SMALL", day);
  }

  /** From what on the refund desk looks at what was paid. */
  public static Money refund(LocalDate day) {
    return of("REFUND", day);
  }

  private static Money of(String code, LocalDate day) {
    return ROWS.words(code, day).map(Money::of).orElse(Money.ZERO);
  }
}
