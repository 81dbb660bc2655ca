package org.openrcm.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Months, and what they come to. */
final class Months {
  private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("MMM yyyy", Locale.US);

  private Months() {}

  static String words(YearMonth month) {
    return WORDS.format(month);
  }

  static String words(YearMonth from, YearMonth until) {
    return words(from) + " to " + words(until);
  }

  /** These months in their order. */
  static List<YearMonth> between(YearMonth from, YearMonth until) {
    return Stream.iterate(from, month -> !month.isAfter(until), month -> month.plusMonths(1))
        .toList();
  }

  /** Sums by month: each has {@code width} numbers. */
  static final class Sums {
    private final int width;
    private final Map<YearMonth, long[]> months = new TreeMap<>(Comparator.naturalOrder());

    Sums(int width) {
      this.width = width;
    }

    void add(LocalDate month, long... numbers) {
      long[] sums = months.computeIfAbsent(YearMonth.from(month), key -> new long[width]);
      Arrays.setAll(sums, at -> Math.addExact(sums[at], numbers[at]));
    }

    long[] of(YearMonth month) {
      return months.getOrDefault(month, new long[width]);
    }

    boolean isEmpty() {
      return months.isEmpty();
    }

    /** Of these months together. */
    long[] between(YearMonth from, YearMonth until) {
      long[] sums = new long[width];
      Months.between(from, until)
          .forEach(
              month ->
                  IntStream.range(0, width)
                      .forEach(at -> sums[at] = Math.addExact(sums[at], of(month)[at])));
      return sums;
    }

    /** The months from the first that has something until this one. */
    List<YearMonth> until(YearMonth last) {
      return isEmpty() ? List.of() : Months.between(months.keySet().iterator().next(), last);
    }
  }
}
