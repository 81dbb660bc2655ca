package org.openrcm.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.openrcm.web.Chart;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Days in A/R: how many days of charges are still to be paid. */
@Component
@Order(2)
class ReceivableDays implements Figure.Reader {
  private static final Heading HEADING =
      new Heading(
          "days",
          "Days in A/R",
          "What was owed at the end of each month, and how many days of charges that is.");

  static final int DAYS = 90;

  private static final int MONTHS = 12;

  private final Balances balances;

  ReceivableDays(Balances balances) {
    this.balances = balances;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  /**
   * How it stood at a moment.
   *
   * @param days that the charges are of: fewer than {@link #DAYS} when the books are younger
   */
  private record At(String label, LocalDate day, long owed, long charged, long days) {

    @Nullable BigDecimal daysOwed() {
      return charged <= 0
          ? null
          : BigDecimal.valueOf(owed)
              .multiply(BigDecimal.valueOf(days))
              .divide(BigDecimal.valueOf(charged), 1, RoundingMode.HALF_UP);
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    List<At> months = months(moment);
    At now = months.isEmpty() ? null : months.get(months.size() - 1);
    BigDecimal days = now == null ? null : now.daysOwed();
    return new Figure(
        said(now, days),
        "What insurers and patients owe, and what is denied and not given up, divided by what was"
            + " charged on an average day of the last "
            + DAYS
            + ". Of the whole practice; days are those of posting.",
        now == null ? null : chart(months),
        table(months),
        List.of(
            new Figure.Source("Open claims", "/reports/open"),
            new Figure.Source("What was charged in these " + DAYS + " days", "/reports/charges")));
  }

  private static Figure.Said said(@Nullable At now, @Nullable BigDecimal days) {
    return now == null || days == null
        ? Figure.Said.nothing("Nothing was charged lately")
        : new Figure.Said(
            days.toPlainString(),
            "days of charges are owed",
            "%s ÷ (%s ÷ %d days) = %s days"
                .formatted(
                    Words.dollars(now.owed()), Words.dollars(now.charged()), now.days(), days));
  }

  private List<At> months(Moment moment) {
    Instant last = moment.postedAt();
    Instant since = balances.since().orElse(null);
    if (last == null || since == null) {
      return List.of();
    }
    ZoneId zone = ZoneId.systemDefault();
    YearMonth first = YearMonth.from(since.atZone(zone));
    YearMonth from = moment.month().minusMonths(MONTHS);
    List<LocalDate> ends = new ArrayList<>();
    for (YearMonth month :
        new Months(first.isAfter(from) ? first : from, moment.month().minusMonths(1)).list()) {
      ends.add(month.atEndOfMonth());
    }
    ends.add(moment.today());
    List<Instant> moments = new ArrayList<>();
    for (LocalDate end : ends) {
      Instant at = end.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1000);
      moments.add(at.isBefore(last) ? at : last);
      moments.add(start(end, zone));
    }
    List<AccountKind> accounts = new ArrayList<>(Owes.accounts());
    accounts.add(AccountKind.REVENUE);
    Map<AccountKind, List<Money>> history = balances.history(accounts, moments);
    List<At> months = new ArrayList<>();
    for (int at = 0; at < ends.size(); at++) {
      int place = 2 * at;
      long owed = Owes.accounts().stream().mapToLong(each -> cents(history, each, place)).sum();
      long charged =
          cents(history, AccountKind.REVENUE, place + 1)
              - cents(history, AccountKind.REVENUE, place);
      months.add(at(ends.get(at), moment, owed, charged, since.atZone(zone).toLocalDate()));
    }
    return months;
  }

  /** Before the first of the days that end with this one. */
  static Instant start(LocalDate end, ZoneId zone) {
    return end.minusDays(DAYS - 1L).atStartOfDay(zone).toInstant().minus(Duration.ofNanos(1000));
  }

  private static long cents(Map<AccountKind, List<Money>> history, AccountKind of, int at) {
    return Objects.requireNonNull(history.get(of)).get(at).cents();
  }

  private static At at(LocalDate end, Moment moment, long owed, long charged, LocalDate since) {
    long days = Math.max(1, Math.min(DAYS, end.toEpochDay() - since.toEpochDay() + 1));
    String label = end.equals(moment.today()) ? "Today" : Months.words(YearMonth.from(end));
    return new At(label, end, owed, charged, days);
  }

  private static Chart chart(List<At> months) {
    return new Chart(
        false,
        months.stream().map(At::label).toList(),
        List.of(
            new Chart.Series(
                "Days in A/R",
                "accent",
                months.stream()
                    .map(
                        each -> {
                          BigDecimal days = each.daysOwed();
                          return days == null
                              ? 0L
                              : days.setScale(0, RoundingMode.HALF_UP).longValueExact();
                        })
                    .toList())));
  }

  private static Table table(List<At> months) {
    List<At> latestFirst = new ArrayList<>(months);
    Collections.reverse(latestFirst);
    return Table.of(
        latestFirst,
        List.of(
            Table.column("End of day", each -> Table.Cell.of(each.day())),
            Table.column("Owed", each -> Table.Cell.cents(each.owed())),
            Table.column("Charged before it", each -> Table.Cell.cents(each.charged())),
            Table.column("In days", each -> Table.Cell.of(each.days())),
            Table.column("Days in A/R", each -> Table.Cell.of(each.daysOwed()))));
  }
}
