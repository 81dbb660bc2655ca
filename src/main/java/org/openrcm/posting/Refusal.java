package org.openrcm.posting;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a payer refused of a claim by one reason, within a claim payment.
 *
 * @param claim the number of the claim that the payment is applied to
 * @param segment of the adjustment in its transaction set
 * @param code group and reason, such as {@code CO-29}
 */
record Refusal(long claim, long segment, String code) {
  private static final Pattern KEY =
      Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([A-Z]{2}-[A-Z0-9]{1,5})");

  /** As {@link #key} has it; null when it is none. */
  static @Nullable Refusal of(String key) {
    Matcher parts = KEY.matcher(key);
    return parts.matches()
        ? new Refusal(
            Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3))
        : null;
  }

  /** Those of their keys. */
  static Set<Refusal> all(String[] keys) {
    Set<Refusal> all = new HashSet<>();
    for (String key : keys) {
      Refusal refusal = of(key);
      if (refusal != null) {
        all.add(refusal);
      }
    }
    return all;
  }

  String key() {
    return claim + " " + segment + " " + code;
  }
}
