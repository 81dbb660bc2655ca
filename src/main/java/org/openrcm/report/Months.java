package org.openrcm.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Months, one after the other, the first and the last counted in. */
record Months(YearMonth first, YearMonth last) {
  private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("MMM yyyy", Locale.US);

  static String words(YearMonth month) {
    return WORDS.format(month);
  }

  String words() {
    return words(first) + " to " + words(last);
  }

  LocalDate firstDay() {
    return first.atDay(1);
  }

  LocalDate lastDay() {
    return last.atEndOfMonth();
  }

  /** In their order; none when the first is after the last. */
  List<YearMonth> list() {
    return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
        .toList();
  }
}
