package org.openrcm.contact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A contact as rules read it.
 *
 * @param place where the number reaches the person
 */
record Met(
    Channel channel,
    Direction direction,
    Outcome outcome,
    Purpose purpose,
    Party party,
    @Nullable String address,
    Place place,
    Instant at) {

  boolean isTo(Party whom) {
    return direction == Direction.OUT && party == whom;
  }

  /** Whether they spoke: the clock of C2 starts whoever began it. */
  boolean isConversation() {
    return channel == Channel.CALL
        && party == Party.PAYER
        && (outcome == Outcome.SPOKE || outcome == Outcome.DECLINED);
  }

  /** Whether it reached the line that was meant (12 CFR 1006.14(b)(3)(ii)). */
  boolean isConnected() {
    return outcome != Outcome.BUSY
        && outcome != Outcome.NOT_CONNECTED
        && outcome != Outcome.BOUNCED;
  }
}
