package org.openrcm.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ages that receivables are put together by, as everybody in the field does.
 *
 * @param code as addresses have it
 * @param from days, {@code until} days, both counted in; null: no end
 */
record AgeBand(String code, String label, int from, @Nullable Integer until) {
  /** What is older is in one band, whatever its day. */
  static final int OLDEST_DAYS = 120;

  static final List<AgeBand> ALL =
      List.of(
          days(0, 30),
          days(31, 60),
          days(61, 90),
          days(91, OLDEST_DAYS),
          new AgeBand("121", "Over 120 days", OLDEST_DAYS + 1, null));

  /** What patients owe and is on no statement yet. */
  static final AgeBand UNBILLED = new AgeBand("unbilled", "On no statement yet", 0, null);

  private static AgeBand days(int from, int until) {
    return new AgeBand(from + "-" + until, from + "–" + until + " days", from, until);
  }

  /** Those that a clock has. */
  static List<AgeBand> of(ReportFilter.Clock clock) {
    List<AgeBand> bands = new ArrayList<>(ALL);
    if (clock == ReportFilter.Clock.STATEMENT) {
      bands.add(UNBILLED);
    }
    return bands;
  }

  /** As a condition in SQL on a day, which may be in the future: such is as old as today. */
  String condition(String day, LocalDate today) {
    if (equals(UNBILLED)) {
      return day + " = 'infinity'";
    }
    String first =
        from == 0
            ? "%s < 'infinity'".formatted(day)
            : "%s <= '%s'".formatted(day, today.minusDays(from));
    return until == null ? first : first + " and %s >= '%s'".formatted(day, today.minusDays(until));
  }
}
