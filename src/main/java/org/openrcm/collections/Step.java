package org.openrcm.collections;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with an account in the queue.
 *
 * @param staff who did it; null for what happened by itself
 * @param about what it made: a promise, a plan, a flag; null when nothing that can be undone
 * @param words what was noted; empty for nothing
 */
record Step(
    long number,
    long account,
    Instant at,
    @Nullable UUID staff,
    String by,
    Kind kind,
    @Nullable UUID about,
    String words) {

  /** What was done. */
  enum Kind {
    TAKEN("Taken from the queue"),
    CONTACTED("Contact noted"),
    PROMISED("Promise noted"),
    PLANNED("Plan agreed on"),
    DISPUTED("Dispute noted"),
    HELP_ASKED("Help asked for"),
    HELD("Put on hold"),
    NOTED("Note"),
    UNDONE("Undone"),
    PUT_BACK("Put back"),
    RAN_OUT("Went back by itself"),
    SKIPPED("Skipped for the day"),
    SNOOZED("Laid aside"),
    WOKEN("Back before its day"),
    TRANSFERRED("Given to a collector"),
    TAKEN_BACK("Taken back by a supervisor"),
    LETTER_WANTED("Letter wanted"),
    LETTER_WITHDRAWN("Letter withdrawn");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
