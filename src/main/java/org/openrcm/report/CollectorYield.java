package org.openrcm.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.web.Chart;
import org.openrcm.web.Slice;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What came in on accounts after each collector had worked them. */
@Component
@Order(6)
class CollectorYield implements Figure.Reader {
  private static final int DAYS = 90;

  /** For so many days after it was worked a payment is the collector's. */
  private static final int CREDITED_DAYS = 30;

  /** Payments on accounts that were worked, each with who worked its account last before it. */
  private static final String PAID =
      """
      select m.number, m.id, m.account_number, m.received_on, w.staff_id, w.staff_name,
        m.amount_cents - coalesce((
          select sum(r.amount_cents) from patient_refund r
          where r.payment_number = m.number and r.state <> 'FAILED'), 0) as cents
      from patient_payment m
      join (
        select distinct account_number from collection_step
        where kind = 'TAKEN' and staff_id is not null) k on k.account_number = m.account_number
      cross join lateral (
        select staff_id, staff_name from collection_step s
        where s.account_number = m.account_number and s.kind = 'TAKEN' and s.staff_id is not null
          and s.at <= m.taken_at and s.at >= m.taken_at - interval '%d days'
        order by s.number desc limit 1) w
      where m.voided_at is null and m.received_on >= ? and m.received_on <= ?
      """
          .formatted(CREDITED_DAYS);

  private final JdbcClient sql;

  CollectorYield(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "collectors";
  }

  @Override
  public String title() {
    return "Collected per collector";
  }

  @Override
  public String words() {
    return "What patients paid after a collector had worked their account.";
  }

  private static LocalDate from(Moment moment) {
    return moment.today().minusDays(DAYS - 1L);
  }

  private record Collector(String name, long worked, long payments, long cents) {}

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    List<Collector> collectors =
        sql.sql(
                """
                select w.name, w.worked, coalesce(p.payments, 0) as payments,
                  coalesce(p.cents, 0)::bigint as cents
                from (
                  select staff_id, max(staff_name) as name, count(distinct account_number) as worked
                  from collection_step
                  where kind = 'TAKEN' and staff_id is not null and at >= ?::date - interval '%d days'
                  group by staff_id) w
                left join (
                  select staff_id, count(*) as payments, sum(cents) as cents
                  from (%s) p group by staff_id) p on p.staff_id = w.staff_id
                order by 4 desc, 1
                """
                    .formatted(CREDITED_DAYS, PAID))
            .params(from(moment), from(moment), moment.today())
            .query(Collector.class)
            .list();
    long cents = collectors.stream().mapToLong(Collector::cents).sum();
    long worked = collectors.stream().mapToLong(Collector::worked).sum();
    return new Figure(
        collectors.isEmpty() ? Figure.NONE : Words.dollars(cents),
        collectors.isEmpty()
            ? "No account was worked lately"
            : "came after collectors' work, in " + DAYS + " days",
        "What patients paid in the last "
            + DAYS
            + " days, within "
            + CREDITED_DAYS
            + " days after a collector had last taken the account from the queue; credited to that"
            + " collector. What was voided or given back is left out. Of the whole practice.",
        collectors.isEmpty()
            ? ""
            : "%s over %s = %s for each"
                .formatted(
                    Words.dollars(cents),
                    Words.count(worked, "account worked", "accounts worked"),
                    Words.dollars(worked == 0 ? 0 : cents / worked)),
        collectors.isEmpty() ? null : chart(collectors),
        table(collectors),
        List.of(new Figure.Source("Payments", "/reports/credited")));
  }

  private static Chart chart(List<Collector> collectors) {
    return new Chart(
        true,
        collectors.stream().map(Collector::name).toList(),
        List.of(
            new Chart.Series(
                "Collected", "good", collectors.stream().map(Collector::cents).toList())));
  }

  private static Table table(List<Collector> collectors) {
    List<Table.Row> rows = new ArrayList<>();
    for (Collector each : collectors) {
      rows.add(
          Table.Row.of(
              Table.Cell.of(each.name()),
              Table.Cell.of(each.worked()),
              Table.Cell.of(each.payments()),
              Table.Cell.cents(each.cents()),
              Table.Cell.cents(each.worked() == 0 ? 0 : each.cents() / each.worked())));
    }
    return new Table(
        List.of("Collector", "Accounts worked", "Payments", "Collected", "For each account"), rows);
  }

  /** Each payment with the collector whom it is credited to, the latest first. */
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
      return "credited";
    }

    @Override
    public String title() {
      return "Payments after collectors' work";
    }

    @Override
    public String words() {
      return "Each payment that is credited to a collector; the latest first.";
    }

    private record Row(
        long number, UUID id, long account, LocalDate received, String collector, long cents) {}

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Part part(ReportFilter filter, Moment moment, int limit) {
      Slice<Row> slice =
          Slice.of(
              sql.sql(PAID + " and m.number < ? order by m.number desc limit ?")
                  .params(from(moment), moment.today(), After.number(filter.after()), limit + 1)
                  .query(
                      (row, index) ->
                          new Row(
                              row.getLong("number"),
                              Objects.requireNonNull(row.getObject("id", UUID.class)),
                              row.getLong("account_number"),
                              Objects.requireNonNull(row.getObject("received_on", LocalDate.class)),
                              row.getString("staff_name"),
                              row.getLong("cents")))
                  .list(),
              limit,
              row -> Long.toString(row.number()));
      NamedAccounts.Found named = accounts.of(slice.rows().stream().map(Row::account).toList());
      return new Part(
          new Table(
              List.of("Payment", "Patient", "Received", "Collector", "Paid"),
              slice.rows().stream()
                  .map(
                      row ->
                          Table.Row.of(
                              Table.Cell.of("PP-" + row.number()).to("/payments/" + row.id()),
                              named.who(row.account()),
                              Table.Cell.of(row.received()),
                              Table.Cell.of(row.collector()),
                              Table.Cell.cents(row.cents())))
                  .toList()),
          slice.next(),
          named.patients());
    }
  }
}
