package org.openrcm.posting;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moments as people and programs write them: a day, a day and a time in the server's time zone, or
 * a moment with its offset.
 */
final class PostingTime {
  static final String TROUBLE = "Enter a day like 2026-03-31, or a time like 2026-03-31T17:30.";

  private static final int LAST_YEAR = 9999;
  private static final int DAY_LENGTH = 10;

  private PostingTime() {}

  /** The last moment that is meant: of a day its end; null when it cannot be read. */
  static @Nullable Instant end(String text) {
    LocalDate day = day(text);
    return day == null ? moment(text) : before(day.plusDays(1));
  }

  /** The last moment before what is meant: of a day its beginning; null when it cannot be read. */
  static @Nullable Instant start(String text) {
    LocalDate day = day(text);
    if (day != null) {
      return before(day);
    }
    Instant moment = moment(text);
    return moment == null ? null : moment.minus(1, ChronoUnit.MICROS);
  }

  /** The last moment before a day, as exact as PostgreSQL's. */
  static Instant before(LocalDate day) {
    return day.atStartOfDay(ZoneId.systemDefault()).toInstant().minus(1, ChronoUnit.MICROS);
  }

  private static @Nullable LocalDate day(String text) {
    try {
      LocalDate day = text.length() == DAY_LENGTH ? LocalDate.parse(text) : null;
      return day != null && day.getYear() > 0 ? day : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant moment(String text) {
    Instant moment = parsed(text);
    return moment == null || isBeyond(moment) ? null : moment;
  }

  private static @Nullable Instant parsed(String text) {
    try {
      return LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException none) {
        return null;
      }
    }
  }

  /** Whether PostgreSQL would not know it. */
  private static boolean isBeyond(Instant moment) {
    int year = moment.atZone(ZoneId.of("UTC")).getYear();
    return year < 1 || year > LAST_YEAR;
  }
}
