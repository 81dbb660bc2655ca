package org.openrcm.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What came of the charges of each claim, the latest service first. */
@Component
class CollectedRows implements Listing {
  private static final Heading HEADING =
      new Heading(
          "claims",
          "What came of claims",
          "Charged is what discounts took off, what was collected, what is open, what was given up"
              + " and what payers lowered; the latest service first.");

  private static final String KEY = "day, claim_number";

  private final JdbcClient sql;
  private final NamedClaims claims;

  CollectedRows(JdbcClient sql, NamedClaims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  private record Row(
      long claim,
      String payer,
      String provider,
      LocalDate day,
      long chargedCents,
      long discountCents,
      long collectedCents,
      long givenUpCents,
      long openCents) {

    long loweredCents() {
      return chargedCents - discountCents - collectedCents - openCents - givenUpCents;
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Part part(ReportFilter filter, Moment moment, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where =
        filter.ofWhom(values)
            + filter.ofDays("day", NetCollection.months(moment), values)
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
            .query(Row.class)
            .list();
    Slice<Row> slice = Slice.of(rows, limit, row -> After.key(row.day(), row.claim()));
    NamedClaims.Found named = claims.of(slice.rows().stream().map(Row::claim).toList());
    return Part.of(
        slice,
        named.patients(),
        List.of(
            Table.column("Claim", row -> named.claim(row.claim())),
            Table.column("Patient", row -> named.who(row.claim())),
            Table.column("Service", row -> Table.Cell.of(row.day())),
            Table.column("Payer", row -> Table.Cell.of(Words.payer(row.payer()))),
            Table.column("Provider", row -> Table.Cell.of(Words.provider(row.provider()))),
            Table.column("Charged", row -> Table.Cell.cents(row.chargedCents())),
            Table.column("Discounts", row -> Table.Cell.cents(row.discountCents())),
            Table.column("Collected", row -> Table.Cell.cents(row.collectedCents())),
            Table.column("Still open", row -> Table.Cell.cents(row.openCents())),
            Table.column("Given up", row -> Table.Cell.cents(row.givenUpCents())),
            Table.column("Lowered by payers", row -> Table.Cell.cents(row.loweredCents()))));
  }
}
