package org.openrcm.contact;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * At what time somebody may be reached: 12 CFR 1006.6(b)(1). Where the person may be in several
 * zones it must be a good time in all of them (comment 6(b)(1)(i)-2).
 */
final class TimeRules {
  /** A rhythm of a week has shown all that it has after it, and a change of the clock with it. */
  private static final int DAYS = 9;

  private TimeRules() {}

  /** Between two times of the day. */
  static Word hours(Rule rule, Facts facts, Ask ask) {
    LocalTime opens = LocalTime.parse(rule.text("opens"));
    LocalTime closes = LocalTime.parse(rule.text("closes"));
    return Word.inEach(facts.zones(), zone -> judge(closes, opens, Set.of(), zone, ask.at()));
  }

  /** Not while the person does not want it. */
  static Word wishedTimes(Rule rule, Facts facts, Ask ask) {
    Word word = Word.YES;
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.NOT_AT_TIMES && !told.at().isAfter(ask.at())) {
        word =
            word.and(
                Word.inEach(
                    facts.zones(),
                    zone ->
                        judge(
                            Objects.requireNonNull(told.opens()),
                            Objects.requireNonNull(told.closes()),
                            told.days(),
                            zone,
                            ask.at())));
      }
    }
    return word;
  }

  /** Whether a moment is outside of a time of the day that is closed, on days of the week. */
  private static Word judge(
      LocalTime closed, LocalTime open, Set<DayOfWeek> days, ZoneId zone, Instant at) {
    if (!isClosed(closed, open, days, at.atZone(zone).toLocalDateTime())) {
      return Word.YES;
    }
    LocalDate today = at.atZone(zone).toLocalDate();
    for (int day = 0; day < DAYS; day++) {
      for (Instant moment : boundaries(today.plusDays(day), open, zone)) {
        if (moment.isAfter(at)
            && !isClosed(closed, open, days, moment.atZone(zone).toLocalDateTime())) {
          return Word.until(moment);
        }
      }
    }
    return Word.NEVER;
  }

  private static boolean isClosed(
      LocalTime closed, LocalTime open, Set<DayOfWeek> days, LocalDateTime local) {
    LocalTime time = local.toLocalTime();
    boolean since = !time.isBefore(closed);
    boolean before = time.isBefore(open);
    return (days.isEmpty() || days.contains(local.getDayOfWeek()))
        && (closed.isBefore(open) ? since && before : since || before);
  }

  /**
   * The moments of a day at which it can open: midnight, the time itself, a change of the clock.
   */
  private static List<Instant> boundaries(LocalDate day, LocalTime open, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<Instant> moments = new ArrayList<>();
    moments.add(day.atStartOfDay(zone).toInstant());
    LocalDateTime local = day.atTime(open);
    for (ZoneOffset offset : rules.getValidOffsets(local)) {
      moments.add(local.toInstant(offset));
    }
    ZoneOffsetTransition change = rules.nextTransition(moments.get(0));
    if (change != null
        && change.getInstant().isBefore(day.plusDays(1).atStartOfDay(zone).toInstant())) {
      moments.add(change.getInstant());
    }
    moments.sort(null);
    return moments;
  }
}
