package org.openrcm.contact;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says at a moment.
 *
 * @param until the first later moment at which it says something else; null when it allows, and
 *     when time alone does not change it
 * @param detail what it found, such as a count; may be empty
 */
record Word(boolean allows, @Nullable Instant until, String detail) {
  static final Word YES = new Word(true, null, "");
  static final Word NEVER = new Word(false, null, "");

  static Word yes(String detail) {
    return new Word(true, null, detail);
  }

  static Word no(String detail) {
    return new Word(false, null, detail);
  }

  static Word until(Instant moment) {
    return new Word(false, moment, "");
  }

  static Word noIf(boolean forbidden) {
    return forbidden ? NEVER : YES;
  }

  /**
   * The strictest word of all zones: where a person may be in several, it must be right in each.
   */
  static Word inEach(Collection<ZoneId> zones, Function<ZoneId, Word> judge) {
    Word strictest = YES;
    for (ZoneId zone : zones) {
      strictest = strictest.and(judge.apply(zone));
    }
    return strictest;
  }

  /** The stricter of two: where both forbid, the one that does so longer. */
  Word and(Word other) {
    if (allows != other.allows) {
      return allows ? other : this;
    }
    if (allows) {
      return detail.compareTo(other.detail) >= 0 ? this : other;
    }
    if (until == null || other.until == null) {
      return until == null ? this : other;
    }
    return until.isBefore(other.until) ? other : this;
  }
}
