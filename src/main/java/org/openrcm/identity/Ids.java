package org.openrcm.identity;

import java.util.Optional;
import java.util.UUID;

/** Ids as they come in from outside. */
final class Ids {
  private Ids() {}

  /** Empty when it is no id at all. */
  static Optional<UUID> parse(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
