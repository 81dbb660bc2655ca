package org.openrcm.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.openrcm.web.Chart;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How much of what was due came in. */
@Component
@Order(4)
class NetCollection implements Figure.Reader {
  /** Younger claims are still being decided: of them the rate would say nothing. */
  private static final int RIPE_AFTER = 3;

  private static final int MONTHS = 12;

  private final JdbcClient sql;

  NetCollection(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "collections";
  }

  @Override
  public String title() {
    return "Net collection rate";
  }

  @Override
  public String words() {
    return "What became of the charges of each month of service.";
  }

  /** The first month that the trend shows. */
  static YearMonth from(Moment moment) {
    return moment.month().minusMonths(RIPE_AFTER + MONTHS - 1L);
  }

  private static YearMonth ripe(Moment moment) {
    return moment.month().minusMonths(RIPE_AFTER);
  }

  /** Of a month, or of several; all in cents but the claims. */
  private record Came(
      long claims, long charged, long discount, long collected, long givenUp, long open) {

    static Came of(long[] sums) {
      return new Came(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    long due() {
      return charged - discount;
    }

    /** Refused or lowered by payers on their own account. */
    long lowered() {
      return due() - collected - givenUp - open;
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    Months.Sums sums = sums(filter, moment);
    Came ripe = Came.of(sums.between(from(moment), ripe(moment)));
    BigDecimal rate = Table.percent(ripe.collected(), ripe.due());
    return new Figure(
        rate == null ? Figure.NONE : rate + " %",
        rate == null
            ? "No services of these months"
            : "of what was due for services of " + Months.words(from(moment), ripe(moment)),
        "What insurers and patients paid for claims of these months of service, divided by what was"
            + " charged for them less the discounts of contracts. The last "
            + RIPE_AFTER
            + " months are left out of the figure, as their claims are still being decided.",
        rate == null
            ? ""
            : "%s ÷ (%s − %s) = %s %%"
                .formatted(
                    Words.dollars(ripe.collected()),
                    Words.dollars(ripe.charged()),
                    Words.dollars(ripe.discount()),
                    rate),
        sums.isEmpty() ? null : chart(sums, moment),
        table(filter, sums, moment),
        List.of(new Figure.Source("Claims", filter.address("/reports/claims"))));
  }

  private Months.Sums sums(ReportFilter filter, Moment moment) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.ofWhom(values);
    values.put("from", from(moment).atDay(1));
    values.put("until", moment.month().atDay(1));
    Months.Sums sums = new Months.Sums(6);
    sql.sql(
            """
            select month, sum(claims), sum(charged_cents), sum(discount_cents),
              sum(collected_cents), sum(given_up_cents), sum(open_cents)
            from report_claim_total where month >= :from and month <= :until%s group by month
            """
                .formatted(where))
        .params(values)
        .query(
            row -> {
              sums.add(
                  Objects.requireNonNull(row.getObject(1, LocalDate.class)),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7));
            });
    return sums;
  }

  private static Chart chart(Months.Sums sums, Moment moment) {
    List<YearMonth> months = sums.until(moment.month());
    return new Chart(
        true,
        months.stream().map(Months::words).toList(),
        List.of(
            series("Collected", "good", months, sums, Came::collected),
            series("Still open", "attention", months, sums, Came::open),
            series("Given up", "wrong", months, sums, Came::givenUp),
            series("Lowered by payers", "neutral", months, sums, Came::lowered)));
  }

  private static Chart.Series series(
      String label,
      String meaning,
      List<YearMonth> months,
      Months.Sums sums,
      ToLongFunction<Came> value) {
    return new Chart.Series(
        label,
        meaning,
        months.stream().map(each -> value.applyAsLong(Came.of(sums.of(each)))).toList());
  }

  private static Table table(ReportFilter filter, Months.Sums sums, Moment moment) {
    List<YearMonth> months = new ArrayList<>(sums.until(moment.month()));
    Collections.reverse(months);
    List<Table.Row> rows = new ArrayList<>();
    for (YearMonth month : months) {
      Came each = Came.of(sums.of(month));
      if (each.claims() == 0) {
        continue;
      }
      rows.add(
          Table.Row.of(
              Table.Cell.of(Months.words(month))
                  .to(filter.address("/reports/claims", "month", month.toString())),
              Table.Cell.of(each.claims()),
              Table.Cell.cents(each.charged()),
              Table.Cell.cents(each.discount()),
              Table.Cell.cents(each.collected()),
              Table.Cell.cents(each.open()),
              Table.Cell.cents(each.givenUp()),
              Table.Cell.cents(each.lowered()),
              Table.Cell.of(Table.percent(each.collected(), each.due()))));
    }
    return new Table(
        List.of(
            "Month of service",
            "Claims",
            "Charged",
            "Discounts",
            "Collected",
            "Still open",
            "Given up",
            "Lowered by payers",
            "% collected"),
        rows);
  }
}
