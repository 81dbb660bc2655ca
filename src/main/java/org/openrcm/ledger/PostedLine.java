package org.openrcm.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as it stands in the journal.
 *
 * @param entry number of its entry
 * @param place in its entry, from 1
 * @param day of the service or the payment
 */
public record PostedLine(
    long entry, int place, Batch batch, Document document, LocalDate day, Line line) {

  /**
   * What was posted at once.
   *
   * @param cause why, such as {@code CHECK_POSTED}
   * @param subject what was posted, where it is one thing
   * @param by name of who did it
   */
  public record Batch(
      long number, Instant postedAt, String cause, @Nullable UUID subject, String by) {}
}
