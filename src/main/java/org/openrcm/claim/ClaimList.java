package org.openrcm.claim;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.PatientSearches;
import org.openrcm.audit.Subject;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists the practice's claims, on record for each patient who is shown. */
@Component
class ClaimList {
  private static final int FETCH = 1000;
  private static final int PAYERS = 100;

  private final JdbcClient sql;
  private final AuditTrail audit;
  private final PatientSearches patients;

  ClaimList(JdbcClient sql, AuditTrail audit, PatientSearches patients) {
    this.sql = sql;
    this.audit = audit;
    this.patients = patients;
  }

  /**
   * What a filter finds.
   *
   * @param count of all that it finds
   * @param cents what all of them charge
   */
  record Found(Slice<ClaimRow> rows, long count, long cents) {}

  /**
   * A part of what the filter finds.
   *
   * @param sent the search as it was sent, for the record
   */
  @Transactional
  public Found search(ClaimFilter filter, String sent, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values, patients.words(filter.patientSearch()));
    Map<String, Object> all = Map.copyOf(values);
    List<ClaimRow> rows =
        select(where + filter.beyond(values) + " " + filter.order() + " limit :limit")
            .params(values)
            .param("limit", limit + 1)
            .query(ClaimList::row)
            .list();
    Slice<ClaimRow> slice = Slice.of(rows, limit, filter::key);
    if (!slice.isEmpty() || !filter.isAll()) {
      audit.record(
          Action.QUERY,
          Subject.search(Claims.SUBJECT, sent),
          slice.rows().stream().map(ClaimRow::patientId).toList());
    }
    return sql.sql("select count(*), coalesce(sum(charged_cents), 0) from claim " + where)
        .params(all)
        .query((row, index) -> new Found(slice, row.getLong(1), row.getLong(2)))
        .single();
  }

  private JdbcClient.StatementSpec select(String found) {
    return sql.sql(
        """
        select c.*, s.file_id, s.file_name from (
          select number, id, patient_id, patient_control_number, patient_name, payer_name, kind,
            service_from, service_until, charged_cents, paid_cents, state, state_since,
            submission_number
          from claim %s) c
        join submission s on s.number = c.submission_number
        """
                .formatted(found)
            + order(found));
  }

  /** The join keeps no order of its own. */
  private static String order(String found) {
    int at = found.indexOf("order by");
    int end = found.indexOf(" limit");
    return found.substring(at, end < 0 ? found.length() : end).replace("number", "c.number");
  }

  /** The payers that there are, as they are named. */
  @Transactional
  public List<String> payers() {
    return sql.sql(
            """
            select payer_name from claim where payer_name is not null
            group by payer_name order by payer_name limit ?
            """)
        .param(PAYERS)
        .query(String.class)
        .list();
  }

  /** Gives all that the filter finds; that it was copied out is on record for each patient. */
  @Transactional
  public void copy(ClaimFilter filter, String sent, Consumer<ClaimRow> each) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values, patients.words(filter.patientSearch()));
    record(where, values, sent);
    select(where + " " + filter.order())
        .withFetchSize(FETCH)
        .params(values)
        .query((ResultSet row) -> each.accept(row(row, 0)));
  }

  private void record(String where, Map<String, Object> values, String sent) {
    audit.record(
        Action.COPY,
        Subject.search(Claims.SUBJECT, sent),
        (last, limit) ->
            sql.sql(
                    "select distinct patient_id from claim "
                        + where
                        + " and patient_id > :last order by patient_id limit :limit")
                .params(values)
                .param("last", last)
                .param("limit", limit)
                .query(UUID.class)
                .list());
  }

  private static ClaimRow row(ResultSet row, int index) throws SQLException {
    return new ClaimRow(
        row.getLong("number"),
        Claims.uuid(row, "id"),
        Claims.uuid(row, "patient_id"),
        row.getString("patient_control_number"),
        row.getString("patient_name"),
        row.getString("payer_name"),
        ClaimKind.valueOf(row.getString("kind")),
        row.getObject("service_from", LocalDate.class),
        row.getObject("service_until", LocalDate.class),
        row.getLong("charged_cents"),
        row.getLong("paid_cents"),
        ClaimState.valueOf(row.getString("state")),
        Objects.requireNonNull(row.getObject("state_since", LocalDate.class)),
        Claims.uuid(row, "file_id"),
        row.getString("file_name"));
  }
}
