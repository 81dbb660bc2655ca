package org.openrcm.x12;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in a file that is not as it should be, with its place and in plain words.
 *
 * @param rule the rule that is broken
 * @param place where; for what is missing, where it was missed
 * @param message what is wrong and what was expected; never a data value of a patient
 * @param missing the key of the slot that is empty and should not be, such as {@code
 *     2010AA.NM1-85}; for a loop, that of its first segment; null when nothing is missing
 */
public record Finding(FindingRule rule, Place place, String message, @Nullable String missing) {

  public Finding(FindingRule rule, Place place, String message) {
    this(rule, place, message, null);
  }

  public Severity severity() {
    return rule.severity();
  }

  /** The rule as users write it, such as {@code segment-count}. */
  public String code() {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
