package org.openrcm.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was told of a patient to somebody else, as it was noted.
 *
 * @param address of the recipient; empty when it is not known
 * @param description of what was told, in brief
 * @param reason why, in brief, or which paper asked for it
 * @param withdrawnBy who said that it was noted by mistake; null when nobody
 */
record Disclosure(
    long number,
    UUID id,
    long account,
    LocalDate madeOn,
    String recipient,
    String address,
    String description,
    Purpose purpose,
    String reason,
    Instant notedAt,
    String notedBy,
    @Nullable String withdrawnBy,
    List<Hold> holds) {

  /**
   * That an official asked not to tell the patient.
   *
   * @param begins its first day, {@code ends} its last
   */
  record Hold(String agency, boolean inWriting, LocalDate begins, LocalDate ends) {

    boolean holdsOn(LocalDate day) {
      return !day.isBefore(begins) && !day.isAfter(ends);
    }
  }

  public boolean isWithdrawn() {
    return withdrawnBy != null;
  }

  /** The last day on which the patient is not told, as it is known on a day; null when they are. */
  public @Nullable LocalDate heldUntil(LocalDate day) {
    return holds.stream()
        .filter(each -> each.holdsOn(day))
        .map(Hold::ends)
        .max(LocalDate::compareTo)
        .orElse(null);
  }

  /** Whether an accounting that is given on a day has it. */
  boolean counts(LocalDate from, LocalDate until, LocalDate given) {
    return purpose.counted()
        && !isWithdrawn()
        && heldUntil(given) == null
        && !madeOn.isBefore(from)
        && !madeOn.isAfter(until);
  }
}
