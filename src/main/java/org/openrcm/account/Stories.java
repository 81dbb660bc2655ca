package org.openrcm.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the journal has of an account. */
@Component
class Stories {
  private final JdbcClient sql;

  Stories(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * The story of an account's claims.
   *
   * @param asOf up to what was posted by the end of this day, in the server's time zone; null for
   *     now
   * @param most greatest number of entries that are told, the last ones
   */
  Story of(long account, @Nullable LocalDate asOf, int most) {
    Telling telling = new Telling();
    List<Telling.Row> entry = new ArrayList<>();
    // a line without a claim, such as a check's cash, is for the one claim of its entry
    sql.sql(
            """
            select l.entry, e.day, b.posted_at, b.actor_name, l.account, l.claim_number, c.control,
              e.source in ('PATIENT_PAYMENT', 'REFUND') as by_patient, c.claim_id, coalesce(l.rank, 0) as rank, l.code, l.reference,
              sum(l.amount_cents)::bigint as cents, min(l.line) as place
            from (
              select o.entry, min(o.claim_number) as claim_number,
                count(distinct o.claim_number) as claims
              from account_claim a
              join journal_line m on m.claim_number = a.claim_number
              join journal_line o on o.entry = m.entry
              where a.account_number = :account and m.entry <= :last
              group by o.entry) t
            join journal_entry e on e.number = t.entry
            join journal_batch b on b.number = e.batch
            join journal_line l on l.entry = t.entry
            join account_claim c on c.account_number = :account
              and c.claim_number = coalesce(l.claim_number,
                case when t.claims = 1 then t.claim_number end)
            group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
            having sum(l.amount_cents) <> 0
            order by 1, place
            """)
        .param("account", account)
        .param("last", last(asOf))
        .query(
            row -> {
              Telling.Row next = row(row);
              if (!entry.isEmpty() && entry.get(0).entry() != next.entry()) {
                telling.entry(List.copyOf(entry));
                entry.clear();
              }
              entry.add(next);
            });
    if (!entry.isEmpty()) {
      telling.entry(entry);
    }
    return telling.end(most);
  }

  private long last(@Nullable LocalDate asOf) {
    if (asOf == null) {
      return Long.MAX_VALUE;
    }
    return sql.sql(
            """
            select last_entry from journal_batch where posted_at < ?
            order by posted_at desc, number desc limit 1
            """)
        .param(asOf.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime())
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  private static Telling.Row row(ResultSet row) throws SQLException {
    return new Telling.Row(
        row.getLong("entry"),
        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
        Objects.requireNonNull(row.getObject("posted_at", OffsetDateTime.class)).toInstant(),
        row.getString("actor_name"),
        row.getBoolean("by_patient"),
        AccountKind.valueOf(row.getString("account")),
        row.getObject("claim_number", Long.class),
        row.getString("control"),
        row.getObject("claim_id", UUID.class),
        row.getInt("rank"),
        row.getString("code"),
        row.getString("reference"),
        row.getLong("cents"));
  }
}
