package org.openrcm.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What insurers decided, the latest first. */
@Component
class DecidedRows implements Listing {
  private static final Heading HEADING =
      new Heading(
          "decisions",
          "Decided claims",
          "Each decision of an insurer that is in the books, with what it denied; the latest"
              + " first.");

  private static final String KEY = "day, remittance_number, ordinal, claim_number";

  private final JdbcClient sql;
  private final NamedClaims claims;

  DecidedRows(JdbcClient sql, NamedClaims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  private record Row(
      long claimNumber,
      long remittanceNumber,
      int ordinal,
      @Nullable UUID checkId,
      @Nullable String traceNumber,
      String payer,
      String provider,
      LocalDate day,
      long chargedCents,
      long deniedCents) {

    Table.Cell check() {
      return checkId == null
          ? Table.Cell.of(null)
          : Table.Cell.of(
                  traceNumber == null || traceNumber.isEmpty() ? "(no number)" : traceNumber)
              .to("/remittances/" + checkId);
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Part part(ReportFilter filter, Moment moment, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where =
        filter.ofWhom(values)
            + filter.ofDays("day", DenialRate.months(moment), values)
            + (filter.denied() ? " and denied_cents > 0" : "")
            + After.beyond(filter.after(), KEY, "<", values);
    List<Row> rows =
        sql.sql(
                """
                select d.*, r.id as check_id, r.trace_number from (
                  select * from report_decision where true%s
                  order by day desc, remittance_number desc, ordinal desc, claim_number desc
                  limit :limit) d
                left join lateral (
                  select id, trace_number from remittance
                  where number = d.remittance_number offset 0) r on true
                order by d.day desc, d.remittance_number desc, d.ordinal desc, d.claim_number desc
                """
                    .formatted(where))
            .params(values)
            .param("limit", limit + 1)
            .query(Row.class)
            .list();
    Slice<Row> slice =
        Slice.of(
            rows,
            limit,
            row -> After.key(row.day(), row.remittanceNumber(), row.ordinal(), row.claimNumber()));
    NamedClaims.Found named = claims.of(slice.rows().stream().map(Row::claimNumber).toList());
    return Part.of(
        slice,
        named.patients(),
        List.of(
            Table.column("Decided", row -> Table.Cell.of(row.day())),
            Table.column("Claim", row -> named.claim(row.claimNumber())),
            Table.column("Patient", row -> named.who(row.claimNumber())),
            Table.column("Payer", row -> Table.Cell.of(Words.payer(row.payer()))),
            Table.column("Provider", row -> Table.Cell.of(Words.provider(row.provider()))),
            Table.column("Check", Row::check),
            Table.column("Charged", row -> Table.Cell.cents(row.chargedCents())),
            Table.column("Denied", row -> Table.Cell.cents(row.deniedCents()))));
  }
}
