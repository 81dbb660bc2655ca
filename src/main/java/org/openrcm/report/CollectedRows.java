package org.openrcm.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What came of the charges of each claim, the latest service first. */
@Component
class CollectedRows implements Listing {
  private static final String KEY = "day, claim_number";

  private final JdbcClient sql;
  private final NamedClaims claims;

  CollectedRows(JdbcClient sql, NamedClaims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  @Override
  public String name() {
    return "claims";
  }

  @Override
  public String title() {
    return "What came of claims";
  }

  @Override
  public String words() {
    return "Charged is what discounts took off, what was collected, what is open, what was given up"
        + " and what payers lowered; the latest service first.";
  }

  private record Row(
      long claim,
      String payer,
      String provider,
      LocalDate day,
      long charged,
      long discount,
      long collected,
      long givenUp,
      long open) {}

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Part part(ReportFilter filter, Moment moment, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where =
        filter.ofWhom(values)
            + filter.ofDays(
                "day", NetCollection.from(moment).atDay(1), moment.month().atEndOfMonth(), values)
            + After.beyond(filter.after(), KEY, "<", values);
    List<Row> rows =
        sql.sql(
                """
                select claim_number as claim, payer, provider, day, charged_cents, discount_cents,
                  collected_cents, given_up_cents, open_cents
                from report_claim where true%s order by day desc, claim_number desc limit :limit
                """
                    .formatted(where))
            .params(values)
            .param("limit", limit + 1)
            .query(
                (row, index) ->
                    new Row(
                        row.getLong("claim"),
                        row.getString("payer"),
                        row.getString("provider"),
                        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                        row.getLong("charged_cents"),
                        row.getLong("discount_cents"),
                        row.getLong("collected_cents"),
                        row.getLong("given_up_cents"),
                        row.getLong("open_cents")))
            .list();
    return part(Slice.of(rows, limit, row -> After.key(row.day(), row.claim())));
  }

  private Part part(Slice<Row> slice) {
    NamedClaims.Found named = claims.of(slice.rows().stream().map(Row::claim).toList());
    return new Part(
        new Table(
            List.of(
                "Claim",
                "Patient",
                "Service",
                "Payer",
                "Provider",
                "Charged",
                "Discounts",
                "Collected",
                "Still open",
                "Given up",
                "Lowered by payers"),
            slice.rows().stream()
                .map(
                    row ->
                        Table.Row.of(
                            named.claim(row.claim()),
                            named.who(row.claim()),
                            Table.Cell.of(row.day()),
                            Table.Cell.of(Words.payer(row.payer())),
                            Table.Cell.of(Words.provider(row.provider())),
                            Table.Cell.cents(row.charged()),
                            Table.Cell.cents(row.discount()),
                            Table.Cell.cents(row.collected()),
                            Table.Cell.cents(row.open()),
                            Table.Cell.cents(row.givenUp()),
                            Table.Cell.cents(
                                row.charged()
                                    - row.discount()
                                    - row.collected()
                                    - row.open()
                                    - row.givenUp())))
                .toList()),
        slice.next(),
        named.patients());
  }
}
