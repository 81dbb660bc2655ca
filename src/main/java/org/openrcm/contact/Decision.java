package org.openrcm.contact;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may be reached: stored with the facts that it rests on, so that it can be made
 * again.
 *
 * @param to the number or e-mail address; null where the channel has none, or none is known
 * @param allowed only if every ruling allows
 * @param nextAllowed null when it is allowed now, and when no time alone will allow it
 * @param rulings of every rule that binds, the forbidding ones first
 * @param visits claim numbers of the visits that may be spoken of: neither disputed nor in a
 *     bankruptcy
 */
public record Decision(
    UUID id,
    long account,
    Channel channel,
    Purpose purpose,
    @Nullable String to,
    Instant at,
    boolean allowed,
    @Nullable Instant nextAllowed,
    List<Ruling> rulings,
    List<Long> visits) {

  /** What forbids it; empty when it is allowed. */
  public List<Ruling> forbids() {
    return rulings.stream().filter(ruling -> !ruling.allows()).toList();
  }
}
