package org.openrcm.posting;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.openrcm.web.Chart;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The trial balance, and how what is owed came to be what it is: no patient's data. */
@Component
class LedgerFigures {
  private static final int MOST_POINTS = 14;
  private static final int DAYS_A_WEEK = 7;
  private static final List<AccountKind> OWED =
      List.of(
          AccountKind.INSURANCE_RECEIVABLE,
          AccountKind.PATIENT_RECEIVABLE,
          AccountKind.DENIED_PENDING_REVIEW);

  private final Balances balances;
  private final Clock clock;

  LedgerFigures(Balances balances, Clock clock) {
    this.balances = balances;
    this.clock = clock;
  }

  /**
   * The books at a moment.
   *
   * @param since when the first entry was posted; null when none was
   * @param owed what was owed at the ends of days up to the moment; null when one day is all
   */
  record Figures(Balances.Trial trial, @Nullable Instant since, @Nullable Chart owed) {}

  /** The books at a moment; null is now. */
  @Transactional
  public Figures read(@Nullable Instant moment) {
    Instant since = balances.since().orElse(null);
    Instant end = moment == null || moment.isAfter(clock.instant()) ? clock.instant() : moment;
    return new Figures(
        balances.trial(moment),
        since,
        since == null || since.isAfter(end) ? null : owed(since, end));
  }

  /** By day, by week or by month, so that it begins with the first entry if it can. */
  private @Nullable Chart owed(Instant since, Instant end) {
    ZoneId zone = ZoneId.systemDefault();
    LocalDate last = LocalDate.ofInstant(end, zone);
    long days = ChronoUnit.DAYS.between(LocalDate.ofInstant(since, zone), last);
    if (days == 0) {
      return null;
    }
    List<LocalDate> ends = new ArrayList<>();
    for (int i = 0; i < MOST_POINTS; i++) {
      LocalDate day = back(last, days, i);
      ends.add(day);
      if (!day.isAfter(LocalDate.ofInstant(since, zone))) {
        break;
      }
    }
    Collections.reverse(ends);
    Map<AccountKind, List<Money>> history =
        balances.history(
            OWED,
            ends.stream()
                .map(day -> day.equals(last) ? end : PostingTime.before(day.plusDays(1)))
                .toList());
    DateTimeFormatter label =
        DateTimeFormatter.ofPattern(isMonthly(days) ? "MMM yyyy" : "MMM d", Locale.US);
    return new Chart(
        true,
        ends.stream().map(label::format).toList(),
        OWED.stream()
            .map(
                account ->
                    new Chart.Series(
                        account.label(),
                        null,
                        history.getOrDefault(account, List.of()).stream()
                            .map(Money::cents)
                            .toList()))
            .toList());
  }

  private static boolean isMonthly(long days) {
    return days > (long) MOST_POINTS * DAYS_A_WEEK;
  }

  private static LocalDate back(LocalDate last, long days, int steps) {
    if (days < MOST_POINTS) {
      return last.minusDays(steps);
    }
    if (!isMonthly(days)) {
      return last.minusWeeks(steps);
    }
    LocalDate month = last.minusMonths(steps);
    return steps == 0 ? last : month.withDayOfMonth(month.lengthOfMonth());
  }
}
