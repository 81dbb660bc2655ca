package org.openrcm.collections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with an account in the queue.
 *
 * @param by the name of who did it
 * @param words what was noted; empty for nothing
 */
record Step(long account, Instant at, @Nullable String by, Kind kind, String words) {

  /** What was done. */
  enum Kind {
    TAKEN("Taken from the queue"),
    PUT_BACK("Put back"),
    RAN_OUT("Went back by itself"),
    SKIPPED("Skipped for the day"),
    SNOOZED("Laid aside"),
    WOKEN("Back before its day"),
    TRANSFERRED("Given to a collector"),
    TAKEN_BACK("Taken back by a supervisor");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
