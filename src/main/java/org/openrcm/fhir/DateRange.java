package org.openrcm.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date as it is searched for: a prefix and all the time that the value stands for, such as a
 * month (FHIR R4 search, date). Times without a zone, and the days in the database, are UTC's.
 *
 * @param start its first moment
 * @param end the moment after its last
 */
record DateRange(Prefix prefix, Instant start, Instant end) {
  private static final Pattern FORM =
      Pattern.compile(
          "(eq|ne|lt|gt|le|ge|sa|eb)?"
              + "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)"
              + "(?:T(\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)(Z|[+-]\\d\\d:\\d\\d)?)?)?)?");
  private static final int WITH_SECONDS = 8;

  /** How the value relates to what is searched. */
  enum Prefix {
    EQ,
    NE,
    LT,
    GT,
    LE,
    GE,
    SA,
    EB
  }

  /** Reads such as {@code ge2026-02} or {@code 2026-02-01T10:00:00Z}; empty if it is no date. */
  static Optional<DateRange> parse(String text) {
    // in a URL that was not encoded, the plus sign of a zone arrives as a space
    Matcher form = FORM.matcher(text.replace(' ', '+'));
    if (!form.matches()) {
      return Optional.empty();
    }
    Prefix prefix =
        form.group(1) == null
            ? Prefix.EQ
            : Prefix.valueOf(form.group(1).toUpperCase(java.util.Locale.ROOT));
    try {
      return Optional.of(of(prefix, form));
    } catch (DateTimeException notInTheCalendar) {
      return Optional.empty();
    }
  }

  private static DateRange of(Prefix prefix, Matcher form) {
    int year = Integer.parseInt(form.group(2));
    if (form.group(3) == null) {
      LocalDate first = LocalDate.of(year, 1, 1);
      return days(prefix, first, first.plusYears(1));
    }
    int month = Integer.parseInt(form.group(3));
    if (form.group(4) == null) {
      LocalDate first = LocalDate.of(year, month, 1);
      return days(prefix, first, first.plusMonths(1));
    }
    LocalDate day = LocalDate.of(year, month, Integer.parseInt(form.group(4)));
    String time = form.group(5);
    if (time == null) {
      return days(prefix, day, day.plusDays(1));
    }
    String zone = form.group(6) == null ? "Z" : form.group(6);
    Instant start =
        OffsetDateTime.parse(day + "T" + time + zone, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toInstant();
    return new DateRange(prefix, start, start.plusNanos(precision(time)));
  }

  /** How long the value lasts: a minute, a second, or the last digit of its fraction. */
  private static long precision(String time) {
    if (time.length() < WITH_SECONDS) {
      return 60_000_000_000L;
    }
    long nanos = 1_000_000_000L;
    for (int digits = WITH_SECONDS + 1; digits < time.length(); digits++) {
      nanos /= 10;
    }
    return nanos;
  }

  private static DateRange days(Prefix prefix, LocalDate first, LocalDate after) {
    return new DateRange(
        prefix,
        first.atStartOfDay(ZoneOffset.UTC).toInstant(),
        after.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** For a column that holds a moment. */
  Condition ofMoment(String column) {
    return between(
        column + " %s ?::timestamptz",
        start.atOffset(ZoneOffset.UTC),
        end.atOffset(ZoneOffset.UTC));
  }

  private Condition between(String comparison, Object from, Object until) {
    String before = comparison.formatted("<");
    String notBefore = comparison.formatted(">=");
    return switch (prefix) {
      case EQ -> Condition.of("(" + notBefore + " and " + before + ")", from, until);
      case NE -> Condition.of("(" + before + " or " + notBefore + ")", from, until);
      case LT, EB -> Condition.of(before, from);
      case GT, SA -> Condition.of(notBefore, until);
      case LE -> Condition.of(before, until);
      case GE -> Condition.of(notBefore, from);
    };
  }

  /** For a column that holds a day, which lasts from its first moment to its last. */
  Condition ofDay(String column) {
    LocalDate startDown = LocalDate.ofInstant(start, ZoneOffset.UTC);
    LocalDate startUp = up(start);
    LocalDate endDown = LocalDate.ofInstant(end, ZoneOffset.UTC);
    LocalDate endUp = up(end);
    String comparison = column + " %s ?::date";
    return switch (prefix) {
      // the day lies within what is searched for: whole days only
      case EQ, NE -> between(comparison, startUp, endDown);
      // some of the day lies before, or behind
      case LT -> Condition.of(comparison.formatted("<"), startUp);
      case GT -> Condition.of(comparison.formatted(">="), endDown);
      case LE -> Condition.of(comparison.formatted("<"), later(startUp, endDown));
      case GE -> Condition.of(comparison.formatted(">="), earlier(startUp, endDown));
      // all of it does
      case SA -> Condition.of(comparison.formatted(">="), endUp);
      case EB -> Condition.of(comparison.formatted("<"), startDown);
    };
  }

  /** The first day that begins at the moment or after it. */
  private static LocalDate up(Instant moment) {
    LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().equals(moment) ? day : day.plusDays(1);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
