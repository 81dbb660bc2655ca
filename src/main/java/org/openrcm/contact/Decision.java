package org.openrcm.contact;

import java.time.Instant;
import java.time.ZoneId;
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
 * @param allowedUntil where it is allowed now: the first moment at which it will not be, within two
 *     days and if nothing happens; null when none is known
 * @param rulings of every rule that binds, the forbidding ones first
 * @param visits claim numbers of the visits that may be spoken of: neither disputed nor in a
 *     bankruptcy
 * @param zones in which the person may be: times must be right in all of them
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
    @Nullable Instant allowedUntil,
    List<Ruling> rulings,
    List<Long> visits,
    List<ZoneId> zones) {

  /** The number or e-mail address as people read it; null where there is none. */
  public @Nullable String shown() {
    return to == null ? null : Addresses.shown(to);
  }

  /** In words with the times of all zones: until when it is allowed, or from when on. */
  public String when() {
    if (allowed) {
      return allowedUntil == null ? "Yes" : "Yes, until " + Times.shown(allowedUntil, zones, at);
    }
    return nextAllowed == null ? "No" : "No, from " + Times.shown(nextAllowed, zones, at) + " on";
  }

  /** What forbids it; empty when it is allowed. */
  public List<Ruling> forbids() {
    return rulings.stream().filter(ruling -> !ruling.allows()).toList();
  }
}
