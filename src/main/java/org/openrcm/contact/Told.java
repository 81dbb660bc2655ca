package org.openrcm.contact;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of how somebody may be reached, as rules read it.
 *
 * @param at from which moment on it counts
 * @param address a number of ten digits or an e-mail address in small letters; null for none, and
 *     for all
 * @param channel that is refused; null for none, and for all
 * @param purpose that a consent or its end is for; null for all
 * @param opens the first moment of the day at which it holds; {@code closes} the first at which it
 *     does not; the same for all day, a later one before an earlier over midnight
 * @param days of the week on which it holds; empty for all
 * @param place that it is about
 * @param on the day that it tells of: of a petition, or on which something was sent
 */
record Told(
    NoticeKind kind,
    Instant at,
    @Nullable String address,
    @Nullable Channel channel,
    @Nullable Purpose purpose,
    @Nullable LocalTime opens,
    @Nullable LocalTime closes,
    Set<DayOfWeek> days,
    @Nullable Place place,
    @Nullable LocalDate on) {

  /** One that needs no more to be said. */
  static Told of(NoticeKind kind, Instant at) {
    return new Told(kind, at, null, null, null, null, null, Set.of(), null, null);
  }

  /** Whether it is that somebody does not want to be reached this way. */
  boolean refuses(Channel way) {
    return kind == NoticeKind.REFUSED_CHANNEL && (channel == null || channel == way);
  }

  Told at(String number) {
    return new Told(kind, at, number, channel, purpose, opens, closes, days, place, on);
  }

  Told by(Channel way) {
    return new Told(kind, at, address, way, purpose, opens, closes, days, place, on);
  }

  Told about(@Nullable Purpose meant) {
    return new Told(kind, at, address, channel, meant, opens, closes, days, place, on);
  }

  Told from(LocalTime first, LocalTime end, Set<DayOfWeek> week) {
    return new Told(kind, at, address, channel, purpose, first, end, week, place, on);
  }

  Told there(Place where) {
    return new Told(kind, at, address, channel, purpose, opens, closes, days, where, on);
  }

  Told on(LocalDate day) {
    return new Told(kind, at, address, channel, purpose, opens, closes, days, place, day);
  }
}
