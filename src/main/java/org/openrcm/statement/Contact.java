package org.openrcm.statement;

import org.jspecify.annotations.Nullable;

/**
 * How patients reach the practice.
 *
 * @param phone empty while the practice has not said it, as {@code hours}
 * @param hoursInSpanish null while the practice has not said it
 */
public record Contact(String name, String phone, String hours, @Nullable String hoursInSpanish) {

  public Hours hoursIn(Language language) {
    return Hours.of(hours, hoursInSpanish, language);
  }
}
