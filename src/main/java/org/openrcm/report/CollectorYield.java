package org.openrcm.report;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private static final Heading HEADING =
      new Heading(
          "collectors",
          "Collected per collector",
          "What patients paid after a collector had worked their account.");

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
  public Heading heading() {
    return HEADING;
  }

  private static LocalDate from(Moment moment) {
    return moment.today().minusDays(DAYS - 1L);
  }

  private record Collector(String name, long worked, long payments, long cents) {

    long centsOfEach() {
      return worked == 0 ? 0 : cents / worked;
    }
  }

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
    return new Figure(
        said(collectors),
        "What patients paid in the last "
            + DAYS
            + " days, within "
            + CREDITED_DAYS
            + " days after a collector had last taken the account from the queue; credited to that"
            + " collector. What was voided or given back is left out. Of the whole practice.",
        chart(collectors),
        Table.of(
            collectors,
            List.of(
                Table.column("Collector", each -> Table.Cell.of(each.name())),
                Table.column("Accounts worked", each -> Table.Cell.of(each.worked())),
                Table.column("Payments", each -> Table.Cell.of(each.payments())),
                Table.column("Collected", each -> Table.Cell.cents(each.cents())),
                Table.column("For each account", each -> Table.Cell.cents(each.centsOfEach())))),
        List.of(new Figure.Source("Payments", "/reports/credited")));
  }

  private static Figure.Said said(List<Collector> collectors) {
    if (collectors.isEmpty()) {
      return Figure.Said.nothing("No account was worked lately");
    }
    Collector all =
        new Collector(
            "All",
            collectors.stream().mapToLong(Collector::worked).sum(),
            collectors.stream().mapToLong(Collector::payments).sum(),
            collectors.stream().mapToLong(Collector::cents).sum());
    return new Figure.Said(
        Words.dollars(all.cents()),
        "came after collectors' work, in " + DAYS + " days",
        "%s over %s = %s for each"
            .formatted(
                Words.dollars(all.cents()),
                Words.count(all.worked(), "account worked", "accounts worked"),
                Words.dollars(all.centsOfEach())));
  }

  private static @Nullable Chart chart(List<Collector> collectors) {
    return collectors.isEmpty()
        ? null
        : new Chart(
            true,
            collectors.stream().map(Collector::name).toList(),
            List.of(
                new Chart.Series(
                    "Collected", "good", collectors.stream().map(Collector::cents).toList())));
  }

  /** Each payment with the collector whom it is credited to, the latest first. */
  @Component
  static class Rows implements Listing {
    private static final Heading HEADING =
        new Heading(
            "credited",
            "Payments after collectors' work",
            "Each payment that is credited to a collector; the latest first.");

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
        UUID id,
        long accountNumber,
        LocalDate receivedOn,
        String staffName,
        long cents) {}

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Part part(ReportFilter filter, Moment moment, int limit) {
      Slice<Row> slice =
          Slice.of(
              sql.sql(PAID + " and m.number < ? order by m.number desc limit ?")
                  .params(from(moment), moment.today(), After.number(filter.after()), limit + 1)
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
              Table.column(
                  "Payment",
                  row -> Table.Cell.of("PP-" + row.number()).to("/payments/" + row.id())),
              Table.column("Patient", row -> named.who(row.accountNumber())),
              Table.column("Received", row -> Table.Cell.of(row.receivedOn())),
              Table.column("Collector", row -> Table.Cell.of(row.staffName())),
              Table.column("Paid", row -> Table.Cell.cents(row.cents()))));
    }
  }
}
