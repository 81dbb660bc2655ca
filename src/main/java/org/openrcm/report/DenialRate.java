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
import org.openrcm.web.Chart;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How much of what insurers decide they deny. */
@Component
@Order(3)
class DenialRate implements Figure.Reader {
  static final int MONTHS = 12;

  private final JdbcClient sql;

  DenialRate(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "denials";
  }

  @Override
  public String title() {
    return "Denial rate";
  }

  @Override
  public String words() {
    return "Claims that insurers decided and those that they denied, by the month of the decision.";
  }

  /** The months that the figure is of. */
  static YearMonth from(Moment moment) {
    return moment.month().minusMonths(MONTHS - 1L);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    Months.Sums sums = sums(filter, moment);
    long[] all = sums.between(from(moment), moment.month());
    BigDecimal rate = Table.percent(all[1], all[0]);
    return new Figure(
        rate == null ? Figure.NONE : rate + " %",
        rate == null
            ? "No insurer decided anything lately"
            : "of claims denied, " + Months.words(from(moment), moment.month()),
        "Claims that an insurer denied wholly or in part, divided by all claims that it decided in"
            + " these months. Denied is what posting takes for a denial by its reason (CARC), and"
            + " counts when it came, also if it was paid later. A claim that is decided again"
            + " counts again; reversals do not.",
        rate == null ? "" : reckoned(all, rate),
        sums.isEmpty() ? null : chart(sums, moment),
        table(filter, sums, moment),
        List.of(
            new Figure.Source("Decided claims", filter.address("/reports/decisions")),
            new Figure.Source(
                "Denied ones", filter.address("/reports/decisions", "denied", "yes"))));
  }

  private static String reckoned(long[] all, BigDecimal rate) {
    String claims = "%,d of %,d decided claims = %s %%".formatted(all[1], all[0], rate);
    BigDecimal money = Table.percent(all[3], all[2]);
    return money == null
        ? claims
        : "%s; by money %s of %s charged = %s %%"
            .formatted(claims, Words.dollars(all[3]), Words.dollars(all[2]), money);
  }

  private Months.Sums sums(ReportFilter filter, Moment moment) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.ofWhom(values);
    values.put("from", from(moment).atDay(1));
    values.put("until", moment.month().atDay(1));
    Months.Sums sums = new Months.Sums(4);
    sql.sql(
            """
            select month, sum(decided), sum(denied), sum(charged_cents), sum(denied_cents)
            from report_decision_total where month >= :from and month <= :until%s group by month
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
                  row.getLong(5));
            });
    return sums;
  }

  private static Chart chart(Months.Sums sums, Moment moment) {
    List<YearMonth> months = sums.until(moment.month());
    return new Chart(
        false,
        months.stream().map(Months::words).toList(),
        List.of(
            new Chart.Series(
                "Denied", "wrong", months.stream().map(each -> sums.of(each)[1]).toList()),
            new Chart.Series(
                "Not denied",
                "good",
                months.stream().map(each -> sums.of(each)[0] - sums.of(each)[1]).toList())));
  }

  private static Table table(ReportFilter filter, Months.Sums sums, Moment moment) {
    List<YearMonth> months = new ArrayList<>(sums.until(moment.month()));
    Collections.reverse(months);
    List<Table.Row> rows = new ArrayList<>();
    for (YearMonth month : months) {
      long[] each = sums.of(month);
      if (each[0] == 0) {
        continue;
      }
      String where = filter.address("/reports/decisions", "month", month.toString());
      String denied =
          filter.address("/reports/decisions", "denied", "yes", "month", month.toString());
      rows.add(
          Table.Row.of(
              Table.Cell.of(Months.words(month)).to(where),
              Table.Cell.of(each[0]),
              each[1] == 0 ? Table.Cell.of(0L) : Table.Cell.of(each[1]).to(denied),
              Table.Cell.of(Table.percent(each[1], each[0])),
              Table.Cell.cents(each[2]),
              Table.Cell.cents(each[3]),
              Table.Cell.of(Table.percent(each[3], each[2]))));
    }
    return new Table(
        List.of(
            "Month",
            "Decided",
            "Denied",
            "% of claims",
            "Charged for them",
            "Denied of it",
            "% of money"),
        rows);
  }
}
