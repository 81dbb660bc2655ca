package org.openrcm.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.openrcm.posting.FactTable.Cell;
import org.openrcm.posting.FactTable.Row;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;
import org.openrcm.web.Format;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Facts behind exceptions of checks, and of money that moves apart from claims. */
@Component
class CheckFacts {
  private static final int SHOWN = 20;

  private final JdbcClient sql;
  private final Format format;

  CheckFacts(JdbcClient sql, Format format) {
    this.sql = sql;
    this.format = format;
  }

  List<FactTable> of(Matter matter, StoredRemittance check) {
    return matter.document().source() == Source.CHECK ? sums(check) : followed(matter, check);
  }

  private List<FactTable> sums(StoredRemittance check) {
    Money amount = check.remittance().payment().amount();
    Money adjusted = check.totals().adjusted();
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(
            "Payment", amount == null ? Cell.of("Not readable") : Cell.of(amount, start(check))));
    rows.add(Row.of("Paid for claims", Cell.of(check.totals().paid(), null)));
    rows.add(Row.of("Provider adjustments", Cell.of(adjusted.negated(), null)));
    if (amount != null) {
      Money off = amount.minus(check.totals().paid().minus(adjusted));
      rows.add(Row.of("Not accounted for", Cell.of(off, null)).differing(!off.isZero()));
    }
    if (check.totals().unread() > 0) {
      rows.add(
          Row.of(
              "Not read",
              Cell.of(
                  format.plural(
                      check.totals().unread(), "claim or adjustment", "claims or adjustments"))));
    }
    List<FactTable> tables = new ArrayList<>();
    tables.add(new FactTable("What the check says", List.of("", "Amount"), rows));
    List<Row> places = places(check);
    if (!places.isEmpty()) {
      tables.add(
          new FactTable(
              "Claims that do not add up",
              List.of("Claim", "Paid", "Charge less adjustments"),
              places));
    }
    return tables;
  }

  /** Claims of which charge less adjustments, their own and their lines', is not what was paid. */
  private List<Row> places(StoredRemittance check) {
    return sql.sql(
            """
            select * from (
              select c.ordinal, c.patient_control_number, c.segment, c.byte_offset, c.paid_cents,
                c.charged_cents - coalesce((
                  select sum(a.amount_cents) from adjustment a
                  where a.remittance_number = c.remittance_number
                    and a.claim_ordinal = c.ordinal), 0)::bigint as left_cents
              from claim_payment c where c.remittance_number = ?) each
            where paid_cents <> left_cents order by ordinal limit ?
            """)
        .params(check.number(), SHOWN)
        .query(
            (row, index) ->
                new Row(
                    row.getString("patient_control_number"),
                    "/remittances/%s?after=%d#claim-%d"
                        .formatted(check.id(), row.getInt("ordinal") - 1, row.getInt("ordinal")),
                    List.of(
                        Cell.of(
                            Money.ofCents(row.getLong("paid_cents")),
                            source(check, row.getLong("byte_offset"), row.getLong("segment"))),
                        Cell.of(Money.ofCents(row.getLong("left_cents")), null)),
                    true))
        .list();
  }

  /** All that was taken and given back under the same number. */
  private List<FactTable> followed(Matter matter, StoredRemittance check) {
    boolean forward = !matter.isTakeback();
    List<Row> rows =
        sql.sql(
                """
                select r.id, r.file_id, r.trace_number, p.day, p.state, a.amount_cents, a.segment,
                  a.reference, coalesce((
                    select byte_offset from claim_payment c
                    where c.remittance_number = a.remittance_number
                    order by ordinal desc limit 1), 0) as byte_offset
                from provider_adjustment a
                join remittance r on r.number = a.remittance_number
                join remittance_posting p on p.remittance_number = a.remittance_number
                where a.reason = :reason and p.payer = (select payer from remittance_posting
                    where remittance_number = :check)
                  and %s
                order by p.day, r.number, a.position limit :most
                """
                    .formatted(
                        forward
                            ? """
                            a.provider = (select provider from provider_adjustment
                              where remittance_number = :check and position = :place)
                            """
                            : "a.reference = :reference"))
            .param("reason", forward ? "FB" : "WO")
            .param("check", check.number())
            .param("place", matter.document().place())
            .param("reference", matter.number())
            .param("most", SHOWN)
            .query(
                (row, index) ->
                    new Row(
                        "Check " + row.getString("trace_number"),
                        "/remittances/" + row.getObject("id", UUID.class),
                        List.of(
                            Cell.of(format.day(row.getObject("day", java.time.LocalDate.class))),
                            Cell.of(state(row.getString("state"))),
                            Cell.of(
                                Money.ofCents(row.getLong("amount_cents")),
                                Wording.source(
                                    Objects.requireNonNull(row.getObject("file_id", UUID.class)),
                                    row.getLong("byte_offset"),
                                    row.getLong("segment")))),
                        false))
            .list();
    return List.of(
        new FactTable(
            forward
                ? "Carried forward (negative) and taken (positive)"
                : "Given back (negative) and taken (positive) under this number",
            List.of("Check", "Paid on", "State", "Amount"),
            rows));
  }

  private static @Nullable String state(String state) {
    return switch (state) {
      case "POSTED" -> "Posted";
      case "UNDONE" -> "Undone";
      default -> "Waiting";
    };
  }

  /** Where its first segments are: they stand before its first claim. */
  private String start(StoredRemittance check) {
    long first =
        sql.sql("select byte_offset from claim_payment where remittance_number = ? and ordinal = 1")
            .param(check.number())
            .query(Long.class)
            .optional()
            .orElse(0L);
    return "/files/%s/raw?at=%d".formatted(check.fileId(), Math.max(0, first));
  }

  private static String source(StoredRemittance check, long at, long segment) {
    return Wording.source(check.fileId(), at, segment);
  }
}
