package org.openrcm.collections;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on an account, as the timeline tells it.
 *
 * @param at when; the beginning of the day where only that is known
 * @param exact whether the time of day is known
 * @param what in a word or two, {@code meaning} its class
 * @param words more of it; empty for nothing
 * @param by who did it; null where that says nothing
 */
record Happening(
    Instant at, boolean exact, String what, String meaning, String words, @Nullable String by) {

  /** In the server's time zone, as all days of the office. */
  public LocalDate day() {
    return LocalDate.ofInstant(at, ZoneId.systemDefault());
  }
}
