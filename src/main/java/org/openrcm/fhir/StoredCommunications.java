package org.openrcm.fhir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.fhir.AccountPatients.Treated;
import org.openrcm.fhir.ContactCommunications.Logged;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Contacts of the log as the database has them. */
@Component
class StoredCommunications {
  /** A letter logs its contact with its own id as the key. */
  private static final String CONTACTS =
      """
      select n.*, a.id as account_id,
        coalesce(a.guarantor_last_name, a.guarantor_first_name) is not null as guaranteed,
        l.number as letter_number, l.stage
      from contact n
      join account a on a.number = n.account_number
      left join letter l on n.channel = 'MAIL' and n.direction = 'OUT'
        and l.account_number = n.account_number and l.id::text = n.idempotency_key
      where n.id = any(?)
      """;

  private final JdbcClient database;
  private final AccountPatients patients;
  private final Practices practices;
  private final Access access;

  StoredCommunications(
      JdbcClient database, AccountPatients patients, Practices practices, Access access) {
    this.database = database;
    this.patients = patients;
    this.practices = practices;
    this.access = access;
  }

  /** The communications of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Map<UUID, Logged> found = new HashMap<>();
    database
        .sql(CONTACTS)
        .param(rows.stream().map(Row::id).toArray(UUID[]::new))
        .query(
            row -> {
              Logged logged = logged(row);
              found.put(logged.id(), logged);
            });
    Map<Long, Treated> treated = patients.of(rows.stream().map(Row::set).distinct().toList());
    String practice = practices.find(Actor.currentPractice()).map(Practice::name).orElse("");
    boolean withNotes = access.mayReadNotes();
    for (Row row : rows) {
      Logged logged = found.get(row.id());
      if (logged != null) {
        Treated its = treated.getOrDefault(row.set(), Treated.NOBODY);
        into.put(
            row.reference(),
            new Drawn(
                row,
                ContactCommunications.of(logged, its.subject(), practice, withNotes),
                its.all()));
      }
    }
  }

  private static Logged logged(ResultSet row) throws SQLException {
    return new Logged(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getObject("account_id", UUID.class)),
        row.getBoolean("guaranteed"),
        row.getString("channel"),
        row.getString("direction"),
        row.getString("outcome"),
        row.getString("purpose"),
        row.getString("party"),
        moment(row, "at"),
        moment(row, "noted_at"),
        row.getString("noted_by"),
        row.getString("note"),
        row.getObject("letter_number", Long.class),
        row.getString("stage"));
  }

  private static Instant moment(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
