package org.openrcm.statement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a statement, as it stands now.
 *
 * @param why it was not sent; null where it was
 */
record Delivery(State state, Instant at, @Nullable Undelivered why) {

  /** The ways on which it can be. */
  enum State {
    /** The mail server has taken it. */
    SENT("Sent", "good"),
    FAILED("Tried again", "attention"),
    /** It is to be printed instead. */
    PAPER("To be printed", "attention"),
    PRINTED("Printed", "neutral");

    private final String label;
    private final String meaning;

    State(String label, String meaning) {
      this.label = label;
      this.meaning = meaning;
    }

    public String label() {
      return label;
    }

    public String meaning() {
      return meaning;
    }
  }
}
