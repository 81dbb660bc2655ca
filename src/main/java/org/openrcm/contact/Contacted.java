package org.openrcm.contact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A contact as somebody tells it.
 *
 * @param purpose what was, or was to be, said
 * @param address the number or e-mail address; null for the account's usual one, and for letters
 * @param at when it was, not in the future
 * @param note for people of the office; may be empty
 */
public record Contacted(
    Channel channel,
    Direction direction,
    Outcome outcome,
    Purpose purpose,
    Party party,
    @Nullable String address,
    Instant at,
    String note) {

  /** A call to, or of, who is to pay, at the account's usual number. */
  public static Contacted call(Direction direction, Outcome outcome, Instant at, String note) {
    return new Contacted(
        Channel.CALL, direction, outcome, Purpose.COLLECT, Party.PAYER, null, at, note);
  }
}
