package org.openrcm.report;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How much of what was due came in. */
@Component
@Order(4)
class NetCollection implements Figure.Reader {
  private static final Heading HEADING =
      new Heading(
          "collections",
          "Net collection rate",
          "What became of the charges of each month of service.");

  /** Younger claims are still being decided: of them the rate would say nothing. */
  private static final int RIPE_AFTER = 3;

  private static final int MONTHS = 12;

  private final JdbcClient sql;

  NetCollection(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  /** The months that the trend shows. */
  static Months months(Moment moment) {
    return moment.months(RIPE_AFTER + MONTHS);
  }

  /** Those of them that the figure is of. */
  private static Months ripe(Moment moment) {
    return new Months(months(moment).first(), moment.month().minusMonths(RIPE_AFTER));
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
    ByMonth<Came> sums =
        ByMonth.totals(
            sql,
            "report_claim_total",
            List.of(
                "claims",
                "charged_cents",
                "discount_cents",
                "collected_cents",
                "given_up_cents",
                "open_cents"),
            filter,
            months(moment),
            Came::of);
    return new Figure(
        said(sums.together(ripe(moment)), ripe(moment)),
        "What insurers and patients paid for claims of these months of service, divided by what was"
            + " charged for them less the discounts of contracts. The last "
            + RIPE_AFTER
            + " months are left out of the figure, as their claims are still being decided.",
        sums.chart(
            true,
            List.of(
                new ByMonth.Bar<>("Collected", "good", Came::collected),
                new ByMonth.Bar<>("Still open", "attention", Came::open),
                new ByMonth.Bar<>("Given up", "wrong", Came::givenUp),
                new ByMonth.Bar<>("Lowered by payers", "neutral", Came::lowered))),
        table(filter, sums),
        List.of(new Figure.Source("Claims", filter.address("/reports/claims"))));
  }

  private static Figure.Said said(Came ripe, Months months) {
    BigDecimal rate = Table.percent(ripe.collected(), ripe.due());
    return rate == null
        ? Figure.Said.nothing("No services of these months")
        : new Figure.Said(
            rate + " %",
            "of what was due for services of " + months.words(),
            "%s ÷ (%s − %s) = %s %%"
                .formatted(
                    Words.dollars(ripe.collected()),
                    Words.dollars(ripe.charged()),
                    Words.dollars(ripe.discount()),
                    rate));
  }

  private static Table table(ReportFilter filter, ByMonth<Came> sums) {
    return sums.table(
        "Month of service",
        month -> filter.address("/reports/claims", "month", month.toString()),
        List.of(
            Table.column("Claims", each -> Table.Cell.of(each.sums().claims())),
            Table.column("Charged", each -> Table.Cell.cents(each.sums().charged())),
            Table.column("Discounts", each -> Table.Cell.cents(each.sums().discount())),
            Table.column("Collected", each -> Table.Cell.cents(each.sums().collected())),
            Table.column("Still open", each -> Table.Cell.cents(each.sums().open())),
            Table.column("Given up", each -> Table.Cell.cents(each.sums().givenUp())),
            Table.column("Lowered by payers", each -> Table.Cell.cents(each.sums().lowered())),
            Table.column(
                "% collected",
                each -> Table.Cell.of(Table.percent(each.sums().collected(), each.sums().due())))));
  }
}
