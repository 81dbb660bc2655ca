package org.openrcm.report;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How much of what insurers decide they deny. */
@Component
@Order(3)
class DenialRate implements Figure.Reader {
  private static final Heading HEADING =
      new Heading(
          "denials",
          "Denial rate",
          "Claims that insurers decided and those that they denied, by the month of the decision.");

  private static final String ROWS = "/reports/decisions";
  private static final int MONTHS = 12;

  private final JdbcClient sql;

  DenialRate(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  /** The months that the figure is of. */
  static Months months(Moment moment) {
    return moment.months(MONTHS);
  }

  private record Decided(long claims, long denied, long chargedCents, long deniedCents) {

    static Decided of(long[] sums) {
      return new Decided(sums[0], sums[1], sums[2], sums[3]);
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    ByMonth<Decided> sums =
        ByMonth.totals(
            sql,
            "report_decision_total",
            List.of("decided", "denied", "charged_cents", "denied_cents"),
            filter,
            months(moment),
            Decided::of);
    return new Figure(
        said(sums.together(), months(moment)),
        "Claims that an insurer denied wholly or in part, divided by all claims that it decided in"
            + " these months. Denied is what posting takes for a denial by its reason (CARC), and"
            + " counts when it came, also if it was paid later. A claim that is decided again"
            + " counts again; reversals do not.",
        sums.chart(
            false,
            List.of(
                new ByMonth.Bar<>("Denied", "wrong", Decided::denied),
                new ByMonth.Bar<>("Not denied", "good", each -> each.claims() - each.denied()))),
        table(filter, sums),
        List.of(
            new Figure.Source("Decided claims", filter.address(ROWS)),
            new Figure.Source("Denied ones", filter.address(ROWS, "denied", "yes"))));
  }

  private static Figure.Said said(Decided all, Months months) {
    BigDecimal rate = Table.percent(all.denied(), all.claims());
    if (rate == null) {
      return Figure.Said.nothing("No insurer decided anything lately");
    }
    String claims = "%,d of %,d decided claims = %s %%".formatted(all.denied(), all.claims(), rate);
    BigDecimal money = Table.percent(all.deniedCents(), all.chargedCents());
    return new Figure.Said(
        rate + " %",
        "of claims denied, " + months.words(),
        money == null
            ? claims
            : "%s; by money %s of %s charged = %s %%"
                .formatted(
                    claims,
                    Words.dollars(all.deniedCents()),
                    Words.dollars(all.chargedCents()),
                    money));
  }

  private static Table table(ReportFilter filter, ByMonth<Decided> sums) {
    return sums.table(
        "Month",
        month -> filter.address(ROWS, "month", month.toString()),
        List.of(
            Table.column("Decided", each -> Table.Cell.of(each.sums().claims())),
            Table.column("Denied", each -> denied(filter, each)),
            Table.column(
                "% of claims",
                each -> Table.Cell.of(Table.percent(each.sums().denied(), each.sums().claims()))),
            Table.column("Charged for them", each -> Table.Cell.cents(each.sums().chargedCents())),
            Table.column("Denied of it", each -> Table.Cell.cents(each.sums().deniedCents())),
            Table.column(
                "% of money",
                each ->
                    Table.Cell.of(
                        Table.percent(each.sums().deniedCents(), each.sums().chargedCents())))));
  }

  private static Table.Cell denied(ReportFilter filter, ByMonth.Month<Decided> each) {
    Table.Cell denied = Table.Cell.of(each.sums().denied());
    return each.sums().denied() == 0
        ? denied
        : denied.to(filter.address(ROWS, "denied", "yes", "month", each.month().toString()));
  }
}
