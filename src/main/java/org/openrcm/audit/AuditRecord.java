package org.openrcm.audit;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the record of a practice, newest first or as asked. Reading it is on record too. */
@Component
public class AuditRecord {
  private static final int FETCH = 1000;
  private static final String SELECT =
      """
      select id, public_id, recorded_at, actor_kind, actor_id, actor_name, roles, action,
        subject_type, subject_id, patient_id, query, purpose, address, request_id, outcome,
        outcome_text
      from audit_event where true
      """;

  private final JdbcClient database;
  private final AuditTrail trail;
  private final PracticeZone zone;
  private final TransactionTemplate transaction;

  AuditRecord(
      JdbcClient database,
      AuditTrail trail,
      PracticeZone zone,
      PlatformTransactionManager transactions) {
    this.database = database;
    this.trail = trail;
    this.zone = zone;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * @param sent the search as it was sent, for the record
   * @param limit greatest number of entries
   */
  Slice<AuditEntry> search(AuditFilter filter, String sent, int limit) {
    Slice<AuditEntry> found =
        transaction.execute(
            status -> {
              Map<String, Object> values = new HashMap<>();
              String where = filter.where(values, zone.current());
              List<AuditEntry> entries =
                  database
                      .sql(SELECT + where + filter.orderBy() + " limit :limit")
                      .params(values)
                      .param("limit", limit + 1)
                      .query(AuditRecord::entry)
                      .list();
              trail.record(Action.QUERY, Subject.search("AuditEvent", sent), patients(filter));
              return Slice.of(entries, limit, entry -> Long.toString(entry.id()));
            });
    return found == null ? new Slice<>(List.of(), null) : found;
  }

  /**
   * Gives all entries one by one. That they were copied out is on record before the first is given,
   * and stays when the copy breaks off.
   */
  public void copy(AuditFilter filter, String sent, Consumer<AuditEntry> each) {
    transaction.executeWithoutResult(
        status -> trail.record(Action.COPY, Subject.search("AuditEvent", sent), patients(filter)));
    transaction.executeWithoutResult(
        status -> {
          Map<String, Object> values = new HashMap<>();
          String where = filter.where(values, zone.current());
          try (Stream<AuditEntry> entries =
              database
                  .sql(SELECT + where + filter.orderBy())
                  .withFetchSize(FETCH)
                  .params(values)
                  .query(AuditRecord::entry)
                  .stream()) {
            entries.forEach(each);
          }
        });
  }

  /**
   * The entries of these numbers, in no order. Whoever asks says on the record why.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException when no transaction is
   *     running
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<AuditEntry> entries(Collection<Long> ids) {
    return database
        .sql(SELECT + " and id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .query(AuditRecord::entry)
        .list();
  }

  private static List<UUID> patients(AuditFilter filter) {
    UUID patient = filter.patientId();
    return patient == null ? List.of() : List.of(patient);
  }

  private static AuditEntry entry(ResultSet row, int at) throws SQLException {
    return new AuditEntry(
        row.getLong("id"),
        Objects.requireNonNull(row.getObject("public_id", UUID.class)),
        Objects.requireNonNull(row.getObject("recorded_at", OffsetDateTime.class)).toInstant(),
        row.getString("actor_kind"),
        row.getObject("actor_id", UUID.class),
        row.getString("actor_name"),
        row.getString("roles"),
        row.getString("action"),
        row.getString("subject_type"),
        row.getString("subject_id"),
        row.getObject("patient_id", UUID.class),
        text(row.getBytes("query")),
        row.getString("purpose"),
        row.getString("address"),
        row.getString("request_id"),
        row.getInt("outcome"),
        row.getString("outcome_text"));
  }

  private static @Nullable String text(byte @Nullable [] query) {
    return query == null || query.length == 0
        ? null
        : new String(query, StandardCharsets.ISO_8859_1);
  }
}
