package org.openrcm.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.openrcm.web.Chart;
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
  private static final int MONTHS = 12;

  /**
   * Promises whose day has passed, with what was paid on the account from when each was made to its
   * day: as collections decides whether one is kept.
   */
  private static final String DUE =
      """
      select p.number, p.account_number, p.amount_cents, p.due_on, p.made_on, p.made_by,
        p.made_by_id, paid.cents as paid_cents
      from collection_promise p
      cross join lateral (
        select coalesce(sum(m.amount_cents - coalesce((
            select sum(r.amount_cents) from patient_refund r
            where r.payment_number = m.number and r.state <> 'FAILED'), 0)), 0)::bigint as cents
        from patient_payment m
        where m.account_number = p.account_number and m.taken_at >= p.made_at
          and m.received_on <= p.due_on and m.voided_at is null) paid
      where p.withdrawn_at is null and p.due_on >= ? and p.due_on <= ? and p.due_on < ?
      """;

  private final JdbcClient sql;

  PromiseRate(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "promises-kept";
  }

  @Override
  public String title() {
    return "Promises kept";
  }

  @Override
  public String words() {
    return "Promises to pay by the month of their day, and how many of them were kept.";
  }

  private static YearMonth from(Moment moment) {
    return moment.month().minusMonths(MONTHS - 1L);
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    Months.Sums sums = new Months.Sums(4);
    sql.sql(
            """
            select date_trunc('month', due_on)::date, count(*),
              count(*) filter (where paid_cents >= amount_cents), sum(amount_cents)::bigint,
              sum(least(paid_cents, amount_cents))::bigint
            from (%s) d group by 1
            """
                .formatted(DUE))
        .params(from(moment).atDay(1), moment.today(), moment.today())
        .query(
            row -> {
              sums.add(
                  Objects.requireNonNull(row.getObject(1, LocalDate.class)),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5));
            });
    long[] all = sums.between(from(moment), moment.month());
    BigDecimal rate = Table.percent(all[1], all[0]);
    return new Figure(
        rate == null ? Figure.NONE : rate + " %",
        rate == null
            ? "No promise was due lately"
            : "of promises due, " + Months.words(from(moment), moment.month()),
        "Promises of which the whole amount was paid from when they were made to their day, divided"
            + " by all promises whose day has passed. Promises taken back do not count, and what"
            + " was given back is not paid. Of the whole practice.",
        rate == null
            ? ""
            : "%,d of %,d promises = %s %%; by money %s of %s"
                .formatted(all[1], all[0], rate, Words.dollars(all[3]), Words.dollars(all[2])),
        sums.isEmpty() ? null : chart(sums, moment),
        table(sums, moment),
        List.of(new Figure.Source("Promises", "/reports/promises")));
  }

  private static Chart chart(Months.Sums sums, Moment moment) {
    List<YearMonth> months = sums.until(moment.month());
    return new Chart(
        false,
        months.stream().map(Months::words).toList(),
        List.of(
            new Chart.Series(
                "Kept", "good", months.stream().map(each -> sums.of(each)[1]).toList()),
            new Chart.Series(
                "Not kept",
                "wrong",
                months.stream().map(each -> sums.of(each)[0] - sums.of(each)[1]).toList())));
  }

  private static Table table(Months.Sums sums, Moment moment) {
    List<YearMonth> months = new ArrayList<>(sums.until(moment.month()));
    Collections.reverse(months);
    List<Table.Row> rows = new ArrayList<>();
    for (YearMonth month : months) {
      long[] each = sums.of(month);
      if (each[0] > 0) {
        rows.add(
            Table.Row.of(
                Table.Cell.of(Months.words(month)).to("/reports/promises?month=" + month),
                Table.Cell.of(each[0]),
                Table.Cell.of(each[1]),
                Table.Cell.of(Table.percent(each[1], each[0])),
                Table.Cell.cents(each[2]),
                Table.Cell.cents(each[3])));
      }
    }
    return new Table(
        List.of("Month", "Promises due", "Kept", "% kept", "Promised", "Paid of it"), rows);
  }

  /** Each promise whose day has passed, the latest made first. */
  @Component
  static class Rows implements Listing {
    private final JdbcClient sql;
    private final NamedAccounts accounts;

    Rows(JdbcClient sql, NamedAccounts accounts) {
      this.sql = sql;
      this.accounts = accounts;
    }

    @Override
    public String name() {
      return "promises";
    }

    @Override
    public String title() {
      return "Promises that were due";
    }

    @Override
    public String words() {
      return "Each promise to pay whose day has passed, with what was paid by then; the latest made"
          + " first.";
    }

    private record Row(
        long number,
        long account,
        LocalDate made,
        LocalDate due,
        String by,
        long promised,
        long paid) {}

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Part part(ReportFilter filter, Moment moment, int limit) {
      YearMonth month = filter.month();
      Slice<Row> slice =
          Slice.of(
              sql.sql(DUE + " and p.number < ? order by p.number desc limit ?")
                  .params(
                      month == null ? from(moment).atDay(1) : month.atDay(1),
                      month == null ? moment.today() : month.atEndOfMonth(),
                      moment.today(),
                      After.number(filter.after()),
                      limit + 1)
                  .query(
                      (row, index) ->
                          new Row(
                              row.getLong("number"),
                              row.getLong("account_number"),
                              Objects.requireNonNull(row.getObject("made_on", LocalDate.class)),
                              Objects.requireNonNull(row.getObject("due_on", LocalDate.class)),
                              row.getString("made_by"),
                              row.getLong("amount_cents"),
                              row.getLong("paid_cents")))
                  .list(),
              limit,
              row -> Long.toString(row.number()));
      NamedAccounts.Found named = accounts.of(slice.rows().stream().map(Row::account).toList());
      return new Part(
          new Table(
              List.of("Patient", "Made", "By", "Due", "Promised", "Paid by then", "Kept"),
              slice.rows().stream()
                  .map(
                      row ->
                          Table.Row.of(
                              named.who(row.account()),
                              Table.Cell.of(row.made()),
                              Table.Cell.of(row.by()),
                              Table.Cell.of(row.due()),
                              Table.Cell.cents(row.promised()),
                              Table.Cell.cents(row.paid()),
                              Table.Cell.of(row.paid() >= row.promised() ? "Kept" : "Not kept")))
                  .toList()),
          slice.next(),
          named.patients());
    }
  }
}
