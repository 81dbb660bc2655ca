package org.openrcm.posting;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a payer refused by one reason, within a claim payment.
 *
 * @param line LX01 of the claim's line; null for the claim as a whole
 * @param code group and reason, such as {@code CO-29}
 */
record Refusal(@Nullable Integer line, String code) {
  private static final Pattern KEY = Pattern.compile("([0-9]{0,6}) ([A-Z]{2}-[A-Z0-9]{1,5})");

  /** As {@link #key} has it; null when it is none. */
  static @Nullable Refusal of(String key) {
    Matcher parts = KEY.matcher(key);
    return parts.matches()
        ? new Refusal(
            parts.group(1).isEmpty() ? null : Integer.valueOf(parts.group(1)), parts.group(2))
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

  /** As it is stored, such as {@code 2 CO-50}. */
  String key() {
    return (line == null ? "" : line) + " " + code;
  }

  /** For people. */
  String words() {
    return line == null ? code : code + ", line " + line;
  }
}
