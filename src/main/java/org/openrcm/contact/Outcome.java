package org.openrcm.contact;

import java.util.EnumSet;
import java.util.Set;

/** What came of a contact. A call that was not connected is none (12 CFR 1006.14(b)(3)(ii)). */
public enum Outcome {
  SPOKE("Spoke"),
  LEFT_MESSAGE("Left a message"),
  NO_ANSWER("No answer"),
  BUSY("Busy"),
  NOT_CONNECTED("Not in service"),
  WRONG_NUMBER("Wrong number"),
  /** The person ended it, or would not speak of it. */
  DECLINED("Would not speak"),
  /** A text, an e-mail or a letter went out, or came in. */
  SENT("Sent"),
  RECEIVED("Received"),
  /** An e-mail or a text did not arrive. */
  BOUNCED("Did not arrive");

  private static final Set<Outcome> OF_CALLS =
      EnumSet.of(SPOKE, LEFT_MESSAGE, NO_ANSWER, BUSY, NOT_CONNECTED, WRONG_NUMBER, DECLINED);

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether it can be what came of a contact by this channel in this direction. */
  public boolean fits(Channel channel, Direction direction) {
    if (channel == Channel.CALL) {
      return direction == Direction.OUT
          ? OF_CALLS.contains(this)
          : this == SPOKE || this == LEFT_MESSAGE;
    }
    return direction == Direction.IN ? this == RECEIVED : this == SENT || this == BOUNCED;
  }
}
