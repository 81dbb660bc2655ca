package org.openrcm.posting;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An exception as a list shows it.
 *
 * @param kind what it is about: a claim, a check, a takeback ...
 * @param what the number of that; empty where none was sent
 * @param days since it was opened, until it was done with
 * @param patient whose claim it is about; null when it is about no claim
 */
record ExceptionRow(
    UUID id,
    Trouble type,
    String kind,
    String what,
    @Nullable String payer,
    long cents,
    Instant opened,
    long days,
    Matter.State state,
    @Nullable UUID ownerId,
    @Nullable String ownerName,
    @Nullable UUID patient) {

  public String label() {
    return what.isEmpty() ? "(no number)" : what;
  }

  /** The one thing to do next; nothing when somebody did it. */
  public String next() {
    return state == Matter.State.OPEN ? type.next() : "";
  }
}
