package org.openrcm.contact;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.openrcm.statement.RuleFile;

/**
 * Days that are neither Saturday, Sunday nor a legal public holiday (5 USC 6103(a), 12 CFR
 * 1006.34(b)(5)). The day itself is the holiday: another one that is given off instead is not.
 */
final class Workdays {
  private static final List<Holiday> HOLIDAYS =
      RuleFile.rows("public-holiday", "name", "from", "month", "day").stream()
          .map(
              row ->
                  new Holiday(
                      row.optional("from").isEmpty() ? 0 : row.number("from"),
                      row.number("month"),
                      row.text("day")))
          .toList();

  private Workdays() {}

  /**
   * A holiday of each year.
   *
   * @param rule a day of the month, or {@code 3 MONDAY}, {@code LAST MONDAY}
   */
  private record Holiday(int from, int month, String rule) {

    boolean isOn(LocalDate day) {
      return day.getYear() >= from && day.getMonthValue() == month && day.equals(in(day));
    }

    private LocalDate in(LocalDate month) {
      int blank = rule.indexOf(' ');
      if (blank < 0) {
        return month.withDayOfMonth(Integer.parseInt(rule));
      }
      DayOfWeek weekday = DayOfWeek.valueOf(rule.substring(blank + 1));
      return rule.startsWith("LAST")
          ? month.with(TemporalAdjusters.lastInMonth(weekday))
          : month.with(
              TemporalAdjusters.dayOfWeekInMonth(
                  Integer.parseInt(rule.substring(0, blank)), weekday));
    }
  }

  /** The day that is so many working days after another. */
  static LocalDate after(LocalDate day, int workdays) {
    LocalDate last = day;
    for (int left = workdays; left > 0; ) {
      last = last.plusDays(1);
      left -= isWorkday(last) ? 1 : 0;
    }
    return last;
  }

  static boolean isWorkday(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && HOLIDAYS.stream().noneMatch(holiday -> holiday.isOn(day));
  }
}
