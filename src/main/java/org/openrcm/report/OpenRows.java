package org.openrcm.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is open of each claim, the oldest first. */
@Component
class OpenRows implements Listing {
  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private final JdbcClient sql;
  private final NamedClaims claims;

  OpenRows(JdbcClient sql, NamedClaims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  @Override
  public String name() {
    return "open";
  }

  @Override
  public String title() {
    return "Open claims";
  }

  @Override
  public String words() {
    return "What insurers and patients owe for each claim, and what is denied and not given up;"
        + " the oldest first.";
  }

  private record Row(
      long claim,
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
            .query(
                (row, index) ->
                    new Row(
                        row.getLong("claim_number"),
                        Owes.valueOf(row.getString("owes")),
                        row.getInt("rank"),
                        row.getString("payer"),
                        row.getString("provider"),
                        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                        row.getObject("billed", LocalDate.class),
                        row.getLong("cents")))
            .list();
    return part(
        Slice.of(
            rows,
            limit,
            row -> After.key(row.counted(filter.clock()), row.claim(), row.owes(), row.rank())),
        moment);
  }

  private static String where(ReportFilter filter, Moment moment, Map<String, Object> values) {
    StringBuilder where = new StringBuilder(filter.ofWhom(values));
    if (filter.owes() != null) {
      // not a value of its own: an index is for what patients owe
      where.append(" and owes = '").append(filter.owes().name()).append('\'');
    }
    String day = filter.clock().column();
    if (filter.month() != null) {
      where.append(filter.ofDays(day, FIRST, LAST, values));
    }
    if (!filter.band().isEmpty()) {
      where.append(" and ").append(filter.age().condition(day, moment.today()));
    }
    return where.toString();
  }

  private Part part(Slice<Row> slice, Moment moment) {
    NamedClaims.Found named = claims.of(slice.rows().stream().map(Row::claim).toList());
    return new Part(
        new Table(
            List.of(
                "Claim",
                "Patient",
                "Service",
                "Payer",
                "Provider",
                "Who owes",
                "First statement",
                "Days since service",
                "Open"),
            slice.rows().stream()
                .map(
                    row ->
                        Table.Row.of(
                            named.claim(row.claim()),
                            named.who(row.claim()),
                            Table.Cell.of(row.day()),
                            Table.Cell.of(Words.payer(row.payer())),
                            Table.Cell.of(Words.provider(row.provider())),
                            Table.Cell.of(row.owes().label()),
                            Table.Cell.of(row.billed()),
                            Table.Cell.of(moment.today().toEpochDay() - row.day().toEpochDay()),
                            Table.Cell.cents(row.cents())))
                .toList()),
        slice.next(),
        named.patients());
  }
}
