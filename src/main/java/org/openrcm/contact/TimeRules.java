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
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * At what time somebody may be reached: 12 CFR 1006.6(b)(1). Where the person may be in several
 * zones it must be a good time in all of them (comment 6(b)(1)(i)-2).
 */
final class TimeRules {
  /** A rhythm of a week has shown all that it has after it, and a change of the clock with it. */
  private static final int DAYS = 9;

  /** Which limit a rule has that yields to consent. */
  static final String AGREED = "agreed";

  private TimeRules() {}

  /**
   * A time of the day, on days of the week, by the person's clock.
   *
   * @param end the first moment that is not in it; the same as {@code first} for all day, an
   *     earlier one over midnight
   */
  private record Window(LocalTime first, LocalTime end, Set<DayOfWeek> days) {

    static Window of(Told told) {
      return new Window(
          Objects.requireNonNull(told.opens()), Objects.requireNonNull(told.closes()), told.days());
    }

    boolean has(LocalDateTime local) {
      LocalTime time = local.toLocalTime();
      boolean since = !time.isBefore(first);
      boolean before = time.isBefore(end);
      return (days.isEmpty() || days.contains(local.getDayOfWeek()))
          && (first.isBefore(end) ? since && before : since || before);
    }
  }

  /** Between two times of the day, and at others that the person agreed to. */
  static Word hours(Rule rule, Facts facts, Ask ask) {
    Window night =
        new Window(
            LocalTime.parse(rule.text("closes")), LocalTime.parse(rule.text("opens")), Set.of());
    return judge(night, agreed(rule, facts, ask, Instant.MIN), facts, ask);
  }

  /** Not while the person does not want it, unless they agreed to it since. */
  static Word wishedTimes(Rule rule, Facts facts, Ask ask) {
    Word word = Word.YES;
    for (Told told : facts.told()) {
      if (told.kind() == NoticeKind.NOT_AT_TIMES && !told.at().isAfter(ask.at())) {
        word = word.and(judge(Window.of(told), agreed(rule, facts, ask, told.at()), facts, ask));
      }
    }
    return word;
  }

  /**
   * The times that a person agreed to, themselves and ahead (12 CFR 1006.6(b)(4)); none where a
   * rule knows of no such consent.
   */
  private static List<Window> agreed(Rule rule, Facts facts, Ask ask, Instant since) {
    return facts.told().stream()
        .filter(
            told ->
                rule.is(AGREED)
                    && ask.purpose().party() == Party.PAYER
                    && told.kind() == NoticeKind.AGREED_TO_TIMES
                    && told.at().isAfter(since)
                    && !told.at().isAfter(ask.at()))
        .map(Window::of)
        .toList();
  }

  /** Whether a moment is outside of a time that is closed, or in one that is open all the same. */
  private static Word judge(Window closed, List<Window> open, Facts facts, Ask ask) {
    Set<LocalTime> times = new TreeSet<>(Set.of(closed.end()));
    open.forEach(window -> times.add(window.first()));
    Predicate<LocalDateTime> forbids =
        local -> closed.has(local) && open.stream().noneMatch(window -> window.has(local));
    return Word.inEach(
        facts.zones(),
        zone -> {
          LocalDateTime local = ask.at().atZone(zone).toLocalDateTime();
          Word word = until(forbids, times, zone, ask.at());
          return word.allows() && closed.has(local) ? Word.yes("they agreed to this time") : word;
        });
  }

  private static Word until(
      Predicate<LocalDateTime> forbids, Set<LocalTime> times, ZoneId zone, Instant at) {
    if (!forbids.test(at.atZone(zone).toLocalDateTime())) {
      return Word.YES;
    }
    LocalDate today = at.atZone(zone).toLocalDate();
    for (int day = 0; day < DAYS; day++) {
      for (Instant moment : boundaries(today.plusDays(day), times, zone)) {
        if (moment.isAfter(at) && !forbids.test(moment.atZone(zone).toLocalDateTime())) {
          return Word.until(moment);
        }
      }
    }
    return Word.NEVER;
  }

  /**
   * The moments of a day at which it can open: midnight, the times themselves, a change of the
   * clock.
   */
  private static List<Instant> boundaries(LocalDate day, Set<LocalTime> times, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<Instant> moments = new ArrayList<>();
    moments.add(day.atStartOfDay(zone).toInstant());
    for (LocalTime time : times) {
      LocalDateTime local = day.atTime(time);
      for (ZoneOffset offset : rules.getValidOffsets(local)) {
        moments.add(local.toInstant(offset));
      }
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
