package org.openrcm.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.openrcm.web.Slice;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How many of the patients' promises to pay were kept. */
@Component
@Order(5)
class PromiseRate implements Figure.Reader {
  private static final Heading HEADING =
      new Heading(
          "promises-kept",
          "Promises kept",
          "Promises to pay by the month of their day, and how many of them were kept.");

  private static final int MONTHS = 12;

  /** Promises whose day has passed. */
  private static final String DUE =
      """
      select number, account_number, amount_cents, due_on, made_on, made_by, paid_cents
      from promise where withdrawn_at is null and due_on >= ? and due_on <= ? and due_on < ?
      """;

  private final JdbcClient sql;

  PromiseRate(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  private record Promised(long due, long kept, long cents, long paidCents) {

    static Promised of(long[] sums) {
      return new Promised(sums[0], sums[1], sums[2], sums[3]);
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    Months months = moment.months(MONTHS);
    ByMonth<Promised> sums =
        ByMonth.read(
            sql.sql(
                    """
                    select date_trunc('month', due_on)::date, count(*),
                      count(*) filter (where paid_cents >= amount_cents), sum(amount_cents)::bigint,
                      sum(least(paid_cents, amount_cents))::bigint
                    from (%s) d group by 1
                    """
                        .formatted(DUE))
                .params(months.firstDay(), moment.today(), moment.today()),
            months,
            4,
            Promised::of);
    return new Figure(
        said(sums.together(), months),
        "Promises of which the whole amount was paid from when they were made to their day, divided"
            + " by all promises whose day has passed. Promises taken back do not count, and what"
            + " was given back is not paid. Of the whole practice.",
        sums.chart(
            false,
            List.of(
                new ByMonth.Bar<>("Kept", "good", Promised::kept),
                new ByMonth.Bar<>("Not kept", "wrong", each -> each.due() - each.kept()))),
        sums.table(
            "Month",
            month -> "/reports/promises?month=" + month,
            List.of(
                Table.column("Promises due", each -> Table.Cell.of(each.sums().due())),
                Table.column("Kept", each -> Table.Cell.of(each.sums().kept())),
                Table.column(
                    "% kept",
                    each -> Table.Cell.of(Table.percent(each.sums().kept(), each.sums().due()))),
                Table.column("Promised", each -> Table.Cell.cents(each.sums().cents())),
                Table.column("Paid of it", each -> Table.Cell.cents(each.sums().paidCents())))),
        List.of(new Figure.Source("Promises", "/reports/promises")));
  }

  private static Figure.Said said(Promised all, Months months) {
    BigDecimal rate = Table.percent(all.kept(), all.due());
    return rate == null
        ? Figure.Said.nothing("No promise was due lately")
        : new Figure.Said(
            rate + " %",
            "of promises due, " + months.words(),
            "%,d of %,d promises = %s %%; by money %s of %s"
                .formatted(
                    all.kept(),
                    all.due(),
                    rate,
                    Words.dollars(all.paidCents()),
                    Words.dollars(all.cents())));
  }

  /** Each promise whose day has passed, the latest made first. */
  @Component
  static class Rows implements Listing {
    private static final Heading HEADING =
        new Heading(
            "promises",
            "Promises that were due",
            "Each promise to pay whose day has passed, with what was paid by then; the latest made"
                + " first.");

    private final JdbcClient sql;
    private final NamedAccounts accounts;

    Rows(JdbcClient sql, NamedAccounts accounts) {
      this.sql = sql;
      this.accounts = accounts;
    }

    @Override
    public Heading heading() {
      return HEADING;
    }

    private record Row(
        long number,
        long accountNumber,
        LocalDate madeOn,
        LocalDate dueOn,
        String madeBy,
        long amountCents,
        long paidCents) {}

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Part part(ReportFilter filter, Moment moment, int limit) {
      YearMonth month = filter.month();
      Slice<Row> slice =
          Slice.of(
              sql.sql(DUE + " and number < ? order by number desc limit ?")
                  .params(
                      month == null ? moment.months(MONTHS).firstDay() : month.atDay(1),
                      month == null ? moment.today() : month.atEndOfMonth(),
                      moment.today(),
                      After.number(filter.after()),
                      limit + 1)
                  .query(Row.class)
                  .list(),
              limit,
              row -> Long.toString(row.number()));
      NamedAccounts.Found named =
          accounts.of(slice.rows().stream().map(Row::accountNumber).toList());
      return Part.of(
          slice,
          named.patients(),
          List.of(
              Table.column("Patient", row -> named.who(row.accountNumber())),
              Table.column("Made", row -> Table.Cell.of(row.madeOn())),
              Table.column("By", row -> Table.Cell.of(row.madeBy())),
              Table.column("Due", row -> Table.Cell.of(row.dueOn())),
              Table.column("Promised", row -> Table.Cell.cents(row.amountCents())),
              Table.column("Paid by then", row -> Table.Cell.cents(row.paidCents())),
              Table.column(
                  "Kept",
                  row ->
                      Table.Cell.of(row.paidCents() >= row.amountCents() ? "Kept" : "Not kept"))));
    }
  }
}
