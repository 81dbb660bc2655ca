package org.openrcm.contact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The contacts that were made: only ever added to. */
@Component
class ContactLog {
  private static final String ROWS =
      """
      select c.*, d.id as d_id, d.channel as d_channel, d.purpose as d_purpose, d.at as d_at,
        d.ask as d_ask, d.allowed as d_allowed, d.next_allowed as d_next, d.verdict as d_verdict,
        f.facts->'zones' as d_zones
      from contact c
      left join contact_decision d on d.id = c.decision_id
      left join contact_facts f on f.id = d.facts_id
      """;

  private final JdbcClient sql;

  ContactLog(JdbcClient sql) {
    this.sql = sql;
  }

  void add(Contact contact, String key) {
    Contacted what = contact.what();
    sql.sql(
            """
            insert into contact (practice_id, number, id, idempotency_key, account_number, channel,
              direction, outcome, purpose, party, address, at, note, noted_at, noted_by, decision_id)
            values (?, nextval('contact_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(contact.id())
        .param(key)
        .param(contact.account())
        .param(what.channel().name())
        .param(what.direction().name())
        .param(what.outcome().name())
        .param(what.purpose().name())
        .param(what.party().name())
        .param(what.address())
        .param(what.at().atOffset(ZoneOffset.UTC))
        .param(what.note())
        .param(contact.notedAt().atOffset(ZoneOffset.UTC))
        .param(contact.notedBy())
        .param(contact.decision() == null ? null : contact.decision().id())
        .update();
  }

  /** One transaction at a time for a key: the second one finds what the first has noted. */
  Optional<Contact> byKey(String key) {
    sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 19))")
        .param(Actor.currentPractice() + key)
        .query((row, index) -> 0)
        .list();
    return sql.sql(ROWS + "where c.idempotency_key = ?")
        .param(key)
        .query(ContactLog::contact)
        .optional();
  }

  /** By account, the latest first. */
  Map<Long, List<Contact>> of(Collection<Long> accounts) {
    Map<Long, List<Contact>> contacts = new HashMap<>();
    sql.sql(ROWS + "where c.account_number = any (?) order by c.at desc, c.number desc")
        .param(accounts.toArray(Long[]::new))
        .query(ContactLog::contact)
        .list()
        .forEach(
            contact ->
                contacts.computeIfAbsent(contact.account(), key -> new ArrayList<>()).add(contact));
    return contacts;
  }

  private static Contact contact(ResultSet row, int index) throws SQLException {
    return new Contact(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        new Contacted(
            Channel.valueOf(row.getString("channel")),
            Direction.valueOf(row.getString("direction")),
            Outcome.valueOf(row.getString("outcome")),
            Purpose.valueOf(row.getString("purpose")),
            Party.valueOf(row.getString("party")),
            row.getString("address"),
            instant(row, "at"),
            row.getString("note")),
        instant(row, "noted_at"),
        row.getString("noted_by"),
        row.getString("d_id") == null
            ? null
            : DecisionRows.decision(row, row.getLong("account_number"), "d_"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
  }
}
