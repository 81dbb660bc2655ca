package org.openrcm.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final String KEY = "day, remittance_number, ordinal, claim_number";

  private final JdbcClient sql;
  private final NamedClaims claims;

  DecidedRows(JdbcClient sql, NamedClaims claims) {
    this.sql = sql;
    this.claims = claims;
  }

  @Override
  public String name() {
    return "decisions";
  }

  @Override
  public String title() {
    return "Decided claims";
  }

  @Override
  public String words() {
    return "Each decision of an insurer that is in the books, with what it denied; the latest"
        + " first.";
  }

  private record Row(
      long claim,
      long remittance,
      int ordinal,
      @Nullable UUID check,
      @Nullable String trace,
      String payer,
      String provider,
      LocalDate day,
      long charged,
      long denied) {

    Table.Cell paidBy() {
      return check == null
          ? Table.Cell.of(null)
          : Table.Cell.of(trace == null || trace.isEmpty() ? "(no number)" : trace)
              .to("/remittances/" + check);
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Part part(ReportFilter filter, Moment moment, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where =
        filter.ofWhom(values)
            + filter.ofDays(
                "day", DenialRate.from(moment).atDay(1), moment.month().atEndOfMonth(), values)
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
            .query(
                (row, index) ->
                    new Row(
                        row.getLong("claim_number"),
                        row.getLong("remittance_number"),
                        row.getInt("ordinal"),
                        row.getObject("check_id", UUID.class),
                        row.getString("trace_number"),
                        row.getString("payer"),
                        row.getString("provider"),
                        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                        row.getLong("charged_cents"),
                        row.getLong("denied_cents")))
            .list();
    return part(
        Slice.of(
            rows,
            limit,
            row -> After.key(row.day(), row.remittance(), row.ordinal(), row.claim())));
  }

  private Part part(Slice<Row> slice) {
    NamedClaims.Found named = claims.of(slice.rows().stream().map(Row::claim).toList());
    return new Part(
        new Table(
            List.of(
                "Decided", "Claim", "Patient", "Payer", "Provider", "Check", "Charged", "Denied"),
            slice.rows().stream()
                .map(
                    row ->
                        Table.Row.of(
                            Table.Cell.of(row.day()),
                            named.claim(row.claim()),
                            named.who(row.claim()),
                            Table.Cell.of(Words.payer(row.payer())),
                            Table.Cell.of(Words.provider(row.provider())),
                            row.paidBy(),
                            Table.Cell.cents(row.charged()),
                            Table.Cell.cents(row.denied())))
                .toList()),
        slice.next(),
        named.patients());
  }
}
