package org.openrcm.contact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do.
 *
 * @param to the number or e-mail address; null where there is none
 * @param automatic whether a machine dials, or a recorded voice speaks
 */
record Ask(
    Channel channel,
    Purpose purpose,
    @Nullable String to,
    Place place,
    boolean automatic,
    Instant at) {

  Ask at(Instant moment) {
    return new Ask(channel, purpose, to, place, automatic, moment);
  }
}
