package org.openrcm.fhir;

import java.sql.Array;
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
import org.openrcm.fhir.AccountPatients.Treated;
import org.openrcm.fhir.CollectionTasks.Standing;
import org.openrcm.fhir.CollectionTasks.Wanted;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Entries of the collections queue as the database has them. */
@Component
class StoredEntries {
  private static final String ENTRIES =
      """
      select e.id, a.id as account_id, t.status, e.changed_at, e.made_at, e.owed_cents,
        e.snoozed_until, t.owner_id, coalesce(e.holder_name, e.assigned_name) as owner_name,
        (e.score->>'first')::boolean as first, (e.score->>'expectedCents')::bigint as expected,
        (e.score->>'priority')::bigint as per_minute, (e.score->>'seconds')::int as seconds,
        array(select r->>'rule' from json_array_elements(e.reasons) r) as reasons,
        array(
          select (p->>'words') || case when (p->>'seconds')::int <> 0
            then ': + ' || (p->>'seconds') || ' s'
            else ': × ' || trim_scale((p->>'permille')::numeric / 1000) end
          from json_array_elements(e.score->'parts') p
          where (p->>'seconds')::int <> 0 or (p->>'permille')::int <> 1000) as parts
      from collection_entry e
      join task t on t.id = e.id
      join account a on a.number = e.account_number
      where e.id = any(?)
      """;

  private final JdbcClient database;
  private final AccountPatients patients;

  StoredEntries(JdbcClient database, AccountPatients patients) {
    this.database = database;
    this.patients = patients;
  }

  /** The tasks of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Map<UUID, Wanted> found = new HashMap<>();
    database
        .sql(ENTRIES)
        .param(rows.stream().map(Row::id).toArray(UUID[]::new))
        .query(
            row -> {
              Wanted wanted = wanted(row);
              found.put(wanted.id(), wanted);
            });
    Map<Long, Treated> treated = patients.of(rows.stream().map(Row::set).distinct().toList());
    for (Row row : rows) {
      Wanted wanted = found.get(row.id());
      if (wanted != null) {
        Treated its = treated.getOrDefault(row.set(), Treated.NOBODY);
        into.put(
            row.reference(), new Drawn(row, CollectionTasks.of(wanted, its.subject()), its.all()));
      }
    }
  }

  private static Wanted wanted(ResultSet row) throws SQLException {
    Boolean first = row.getObject("first", Boolean.class);
    return new Wanted(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getObject("account_id", UUID.class)),
        row.getString("status"),
        Objects.requireNonNull(moment(row, "changed_at")),
        moment(row, "made_at"),
        Money.ofCents(row.getLong("owed_cents")),
        first == null
            ? null
            : new Standing(
                first,
                Money.ofCents(row.getLong("expected")),
                Money.ofCents(row.getLong("per_minute")),
                row.getInt("seconds"),
                texts(row.getArray("parts"))),
        texts(row.getArray("reasons")),
        row.getObject("snoozed_until", LocalDate.class),
        row.getObject("owner_id", UUID.class),
        row.getString("owner_name"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
