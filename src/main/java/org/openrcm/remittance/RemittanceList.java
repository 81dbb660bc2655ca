package org.openrcm.remittance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists the practice's checks. A list shows no patient and leaves no audit row, unless it was
 * looked for by a claim's number: then it tells that the claim is there.
 */
@Component
class RemittanceList {
  private static final int FETCH = 1000;
  private static final int PAYERS = 100;
  private static final String SUBJECT = "Remittance";
  private static final String SELECT =
      """
      select number, id, file_id, file_name, payment_date, payer_name, payee_name, trace_number,
        method, amount_cents, claims, unread,
        case when unread = 0 and set_end <> 'CUT_OFF'
          then amount_cents - paid_cents + adjusted_cents end as off_cents
      from remittance
      """;

  private final JdbcClient sql;
  private final AuditTrail audit;

  RemittanceList(JdbcClient sql, AuditTrail audit) {
    this.sql = sql;
    this.audit = audit;
  }

  /**
   * What a filter finds.
   *
   * @param count of all that it finds
   * @param cents sum of all amounts that can be read
   */
  record Found(Slice<RemittanceRow> rows, long count, long cents) {}

  /**
   * A part of what the filter finds.
   *
   * @param sent the search as it was sent, for the record
   */
  @Transactional
  public Found search(RemittanceFilter filter, String sent, int limit) {
    recordClaims(filter, sent);
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values);
    Map<String, Object> all = Map.copyOf(values);
    List<RemittanceRow> rows =
        sql.sql(SELECT + where + filter.beyond(values) + " " + filter.order() + " limit :limit")
            .params(values)
            .param("limit", limit + 1)
            .query(RemittanceList::row)
            .list();
    return sql.sql("select count(*), coalesce(sum(amount_cents), 0) from remittance " + where)
        .params(all)
        .query(
            (row, index) ->
                new Found(Slice.of(rows, limit, filter::key), row.getLong(1), row.getLong(2)))
        .single();
  }

  private void recordClaims(RemittanceFilter filter, String sent) {
    if (filter.q().isEmpty()) {
      return;
    }
    List<UUID> patients =
        sql.sql(
                """
                select patient_id from claim_payment where patient_control_number in (:q)
                union
                select patient_id from claim_payment where payer_claim_control_number in (:q)
                """)
            .param("q", filter.spellings())
            .query(UUID.class)
            .list();
    if (!patients.isEmpty()) {
      audit.record(Action.QUERY, Subject.search(SUBJECT, sent), patients);
    }
  }

  /** The payers that there are, as they are named. */
  @Transactional
  public List<String> payers() {
    return sql.sql(
            """
            select payer_name from remittance where payer_name is not null
            group by payer_name order by payer_name limit ?
            """)
        .param(PAYERS)
        .query(String.class)
        .list();
  }

  /** Gives all that the filter finds; that it was copied out is on record. */
  @Transactional
  public void copy(RemittanceFilter filter, String sent, Consumer<RemittanceRow> each) {
    recordClaims(filter, sent);
    audit.record(Action.COPY, Subject.search(SUBJECT, sent));
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values);
    sql.sql(SELECT + where + " " + filter.order())
        .withFetchSize(FETCH)
        .params(values)
        .query((ResultSet row) -> each.accept(row(row, 0)));
  }

  private static RemittanceRow row(ResultSet row, int index) throws SQLException {
    return new RemittanceRow(
        row.getLong("number"),
        Rows.uuid(row, "id"),
        Rows.uuid(row, "file_id"),
        row.getString("file_name"),
        Rows.date(row, "payment_date"),
        row.getString("payer_name"),
        row.getString("payee_name"),
        row.getString("trace_number"),
        row.getString("method"),
        cents(row, "amount_cents"),
        row.getInt("claims"),
        row.getInt("unread"),
        cents(row, "off_cents"));
  }

  private static @Nullable Long cents(ResultSet row, String column) throws SQLException {
    long cents = row.getLong(column);
    return row.wasNull() ? null : cents;
  }
}
