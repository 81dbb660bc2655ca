package org.openrcm.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is open of each claim, the oldest first. */
@Component
class OpenRows implements Listing {
  private static final Heading HEADING =
      new Heading(
          "open",
          "Open claims",
          "What insurers and patients owe for each claim, and what is denied and not given up;"
              + " the oldest first.");

  private static final Months ALL = new Months(YearMonth.of(1, 1), YearMonth.of(9999, 12));

  private final JdbcClient sql;
  private final NamedClaims claims;

  OpenRows(JdbcClient sql, NamedClaims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  private record Row(
      long claimNumber,
      Owes owes,
      int rank,
      String payer,
      String provider,
      LocalDate day,
      @Nullable LocalDate billed,
      long cents) {

    /** The day that orders the list. */
    String counted(ReportFilter.Clock clock) {
      return clock == ReportFilter.Clock.SERVICE
          ? day.toString()
          : billed == null ? After.INFINITY : billed.toString();
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Part part(ReportFilter filter, Moment moment, int limit) {
    Map<String, Object> values = new HashMap<>();
    String key = filter.clock().column() + ", claim_number, owes, rank";
    String where = where(filter, moment, values) + After.beyond(filter.after(), key, ">", values);
    List<Row> rows =
        sql.sql(
                """
                select *, nullif(billed_on, 'infinity') as billed from report_open
                where true%s order by %s limit :limit
                """
                    .formatted(where, key))
            .params(values)
            .param("limit", limit + 1)
            .query(Row.class)
            .list();
    Slice<Row> slice =
        Slice.of(
            rows,
            limit,
            row ->
                After.key(row.counted(filter.clock()), row.claimNumber(), row.owes(), row.rank()));
    NamedClaims.Found named = claims.of(slice.rows().stream().map(Row::claimNumber).toList());
    return Part.of(
        slice,
        named.patients(),
        List.of(
            Table.column("Claim", row -> named.claim(row.claimNumber())),
            Table.column("Patient", row -> named.who(row.claimNumber())),
            Table.column("Service", row -> Table.Cell.of(row.day())),
            Table.column("Payer", row -> Table.Cell.of(Words.payer(row.payer()))),
            Table.column("Provider", row -> Table.Cell.of(Words.provider(row.provider()))),
            Table.column("Who owes", row -> Table.Cell.of(row.owes().label())),
            Table.column("First statement", row -> Table.Cell.of(row.billed())),
            Table.column(
                "Days since service",
                row -> Table.Cell.of(ChronoUnit.DAYS.between(row.day(), moment.today()))),
            Table.column("Open", row -> Table.Cell.cents(row.cents()))));
  }

  private static String where(ReportFilter filter, Moment moment, Map<String, Object> values) {
    StringBuilder where = new StringBuilder(filter.ofWhom(values));
    if (filter.owes() != null) {
      // not a value of its own: an index is for what patients owe
      where.append(" and owes = '").append(filter.owes().name()).append('\'');
    }
    String day = filter.clock().column();
    if (filter.month() != null) {
      where.append(filter.ofDays(day, ALL, values));
    }
    if (!filter.band().isEmpty()) {
      where.append(" and ").append(filter.age().condition(day, moment.today()));
    }
    return where.toString();
  }
}
