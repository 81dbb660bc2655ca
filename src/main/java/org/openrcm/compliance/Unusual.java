package org.openrcm.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A day that stood out, or the review of a week that ends with it.
 *
 * @param actor whose day; zeros for a week
 * @param patients how many
 * @param usual for this person; null where nothing is compared
 * @param reason of an emergency, as it was said
 * @param review null while nobody signed it off
 */
record Unusual(
    long number,
    UUID id,
    UnusualKind kind,
    LocalDate day,
    UUID actor,
    String name,
    long patients,
    @Nullable Long usual,
    @Nullable String reason,
    Instant foundAt,
    @Nullable Review review) {

  /**
   * Who signed it off.
   *
   * @param followUp whether something is to be done about it
   */
  record Review(boolean followUp, String words, Instant at, String by) {}

  /** Whether it waits for longer than it may. */
  public boolean isLate(Instant now) {
    LocalDate found = LocalDate.ofInstant(foundAt, ZoneId.systemDefault());
    LocalDate today = LocalDate.ofInstant(now, ZoneId.systemDefault());
    return review == null && today.isAfter(found.plusDays(UnusualLimit.REVIEW_DAYS.on(found)));
  }
}
