package org.openrcm.report;

import org.openrcm.money.Money;
import org.openrcm.statement.Names;
import org.openrcm.web.Format;

/** Keys and amounts as people read them. */
final class Words {
  private static final Format FORMAT = new Format();

  private Words() {}

  static String payer(String key) {
    return key.isEmpty() ? "No insurer named" : Names.written(key);
  }

  static String provider(String key) {
    return key.isEmpty() ? "No provider named" : Names.written(key);
  }

  static String dollars(long cents) {
    return cents < 0
        ? "($" + FORMAT.money(Money.ofCents(-cents)) + ")"
        : "$" + FORMAT.money(Money.ofCents(cents));
  }

  static String count(long number, String one, String many) {
    return FORMAT.plural(number, one, many);
  }
}
