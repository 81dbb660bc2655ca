package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.payment.CardNumbers;
import org.openrcm.web.Sent;

/** The form by which somebody notes a contact, as typed; {@code at} is by the practice's clock. */
record ContactForm(
    String channel,
    String direction,
    String outcome,
    String purpose,
    String party,
    String address,
    String at,
    String note,
    String key) {
  static final int LONGEST_NOTE = 1000;

  static ContactForm empty(Instant now, ZoneId home) {
    return new ContactForm(
        Channel.CALL.name(),
        Direction.OUT.name(),
        Outcome.NO_ANSWER.name(),
        Purpose.COLLECT.name(),
        Party.PAYER.name(),
        "",
        now.atZone(home).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES).toString(),
        "",
        "");
  }

  static ContactForm of(Map<String, String> sent) {
    return new ContactForm(
        Sent.value(sent, "channel"),
        Sent.value(sent, "direction"),
        Sent.value(sent, "outcome"),
        Sent.value(sent, "purpose"),
        Sent.value(sent, "party"),
        Sent.value(sent, "address"),
        Sent.value(sent, "at"),
        Sent.value(sent, "note"),
        Sent.value(sent, "key"));
  }

  /** What is wrong, by field; empty when nothing is. */
  Map<String, String> troubles(ZoneId home) {
    Map<String, String> troubles = new LinkedHashMap<>();
    if (moment(home) == null) {
      troubles.put("at", "Enter a day and a time like 2026-03-31 14:30.");
    }
    if (!address.isEmpty() && Addresses.of(value(Channel.class, channel), address) == null) {
      troubles.put("address", "Enter a number of ten digits, or an e-mail address.");
    }
    if (note.length() > LONGEST_NOTE) {
      troubles.put("note", "Say it in up to 1000 characters.");
    } else if (CardNumbers.isIn(note)) {
      troubles.put(
          "note", "This looks like a card's number, which must not be kept. Leave it out.");
    }
    return troubles;
  }

  private @Nullable Instant moment(ZoneId home) {
    try {
      return LocalDateTime.parse(at).atZone(home).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** One that is no name of any is the first: the form offers no other. */
  private static <E extends Enum<E>> E value(Class<E> type, String name) {
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return type.getEnumConstants()[0];
  }

  /** The contact that is meant; to be asked for only without {@link #troubles}. */
  Contacted contacted(ZoneId home) {
    Instant moment = moment(home);
    return new Contacted(
        value(Channel.class, channel),
        value(Direction.class, direction),
        value(Outcome.class, outcome),
        value(Purpose.class, purpose),
        value(Party.class, party),
        address.isEmpty() ? null : address,
        moment == null ? Instant.EPOCH : moment,
        note);
  }

  /** At which field a refusal stands. */
  static String field(Refused.Reason reason) {
    return switch (reason) {
      case IN_FUTURE, TOO_OLD -> "at";
      case NOT_OF_CHANNEL -> "outcome";
      case NO_ADDRESS -> "address";
      default -> "note";
    };
  }
}
