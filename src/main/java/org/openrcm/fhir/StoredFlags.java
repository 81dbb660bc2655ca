package org.openrcm.fhir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.fhir.AccountFlags.Raised;
import org.openrcm.fhir.AccountPatients.Treated;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Flags of accounts, and notices of how somebody may be reached, as the database has them. */
@Component
class StoredFlags {
  private static final String FLAGS =
      """
      select n.*, a.id as account_id, c.claim_id
      from flag n
      join account a on a.number = n.account_number
      left join account_claim c on c.claim_number = n.claim_number
      where n.id = any(?)
      """;

  private final JdbcClient database;
  private final AccountPatients patients;

  StoredFlags(JdbcClient database, AccountPatients patients) {
    this.database = database;
    this.patients = patients;
  }

  /** The flags of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Map<UUID, Raised> found = new HashMap<>();
    database
        .sql(FLAGS)
        .param(rows.stream().map(Row::id).toArray(UUID[]::new))
        .query(
            row -> {
              Raised raised = raised(row);
              found.put(raised.id(), raised);
            });
    Map<Long, Treated> treated = patients.of(rows.stream().map(Row::set).distinct().toList());
    for (Row row : rows) {
      Raised raised = found.get(row.id());
      if (raised != null) {
        Treated its = treated.getOrDefault(row.set(), Treated.NOBODY);
        into.put(
            row.reference(), new Drawn(row, AccountFlags.of(raised, its.subject()), its.all()));
      }
    }
  }

  private static Raised raised(ResultSet row) throws SQLException {
    return new Raised(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getObject("account_id", UUID.class)),
        row.getObject("claim_id", UUID.class),
        row.getString("category").equals("CONTACT"),
        row.getString("kind"),
        row.getString("status"),
        row.getObject("raised_on", LocalDate.class),
        row.getObject("ended_on", LocalDate.class),
        moment(row, "noted_at"),
        moment(row, "lifted_at"),
        Objects.requireNonNull(moment(row, "changed_at")));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
