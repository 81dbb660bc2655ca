package org.openrcm.collections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads the entries of the queue as they are kept. */
@Component
class Entries {
  /** Where an entry is when nobody holds it; :today is a parameter. */
  static final String AT_REST =
      " case when not eligible then 'OUT' when snoozed_until > :today then 'SNOOZED'"
          + " else 'WAITING' end ";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SELECT =
      """
      select e.*, a.id as account_id,
        concat_ws(' ', initcap(a.first_name), initcap(a.last_name)) as name
      from collection_entry e join account a on a.number = e.account_number
      """;

  private final JdbcClient sql;

  Entries(JdbcClient sql) {
    this.sql = sql;
  }

  /** The entry of an account; empty for one that was never sent a statement. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Entry> find(long account) {
    return sql.sql(SELECT + " where e.account_number = ?")
        .param(account)
        .query(Entries::entry)
        .optional();
  }

  /** All that somebody holds, those held longest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Entry> held() {
    return sql.sql(SELECT + " where e.state = 'HELD' order by e.held_since, e.account_number")
        .query(Entries::entry)
        .list();
  }

  /** What is for one collector and not held by anybody, in the order of the queue. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Entry> assigned(UUID collector, int limit) {
    return sql.sql(
            SELECT
                + """
                where e.assigned_to = ? and e.state <> 'HELD'
                order by e.priority desc, e.account_number limit ?
                """)
        .params(collector, limit)
        .query(Entries::entry)
        .list();
  }

  private static Entry entry(ResultSet row, int index) throws SQLException {
    String score = row.getString("score");
    return new Entry(
        row.getLong("account_number"),
        Objects.requireNonNull(row.getObject("account_id", UUID.class)),
        row.getString("name"),
        Entry.State.valueOf(row.getString("state")),
        Arrays.asList(JSON.readValue(row.getString("reasons"), Reason[].class)),
        Money.ofCents(row.getLong("owed_cents")),
        row.getObject("asked_on", LocalDate.class),
        row.getString("language"),
        row.getLong("queue_number"),
        score == null ? null : JSON.readValue(score, Score.class),
        row.getObject("snoozed_until", LocalDate.class),
        row.getObject("assigned_to", UUID.class),
        row.getString("assigned_name"),
        row.getObject("lease") == null ? null : lease(row, index));
  }

  static Lease lease(ResultSet row, int index) throws SQLException {
    return new Lease(
        Objects.requireNonNull(row.getObject("lease", UUID.class)),
        row.getLong("account_number"),
        Objects.requireNonNull(row.getObject("holder_id", UUID.class)),
        row.getString("holder_name"),
        Objects.requireNonNull(row.getObject("held_since", OffsetDateTime.class)).toInstant(),
        Objects.requireNonNull(row.getObject("leased_until", OffsetDateTime.class)).toInstant());
  }
}
