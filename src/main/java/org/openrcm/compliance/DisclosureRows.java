package org.openrcm.compliance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Disclosures and requests in the database. */
@Component
class DisclosureRows {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;

  DisclosureRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** Keeps it, with its id and number from the database; the same id again changes nothing. */
  boolean insert(UUID id, long account, DisclosureForm form, Instant at) {
    return sql.sql(
                """
                insert into disclosure (practice_id, number, id, account_number, made_on, recipient,
                  address, description, purpose, reason, noted_at, noted_by, noted_by_id)
                values (?, nextval('disclosure_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """)
            .params(
                Actor.currentPractice(),
                id,
                account,
                Objects.requireNonNull(form.day()),
                form.recipient(),
                form.address(),
                form.description(),
                form.purpose(),
                form.reason(),
                at.atOffset(ZoneOffset.UTC),
                Actor.current().name())
            .param(Actor.current().id())
            .update()
        > 0;
  }

  /** All of an account, the latest first. */
  List<Disclosure> ofAccount(long account) {
    Map<Long, List<Disclosure.Hold>> holds = new HashMap<>();
    sql.sql(
            """
            select h.disclosure_number, h.agency, h.in_writing, h.begins_on, h.ends_on
            from disclosure_hold h
            join disclosure d on d.practice_id = h.practice_id and d.number = h.disclosure_number
            where d.account_number = ? order by h.disclosure_number, h.place
            """)
        .param(account)
        .query(
            row -> {
              holds
                  .computeIfAbsent(row.getLong("disclosure_number"), key -> new ArrayList<>())
                  .add(
                      new Disclosure.Hold(
                          row.getString("agency"),
                          row.getBoolean("in_writing"),
                          day(row, "begins_on"),
                          day(row, "ends_on")));
            });
    return sql.sql(
            "select * from disclosure where account_number = ? order by made_on desc, number desc")
        .param(account)
        .query((row, index) -> disclosure(row, holds))
        .list();
  }

  private static Disclosure disclosure(ResultSet row, Map<Long, List<Disclosure.Hold>> holds)
      throws SQLException {
    LocalDate madeOn = day(row, "made_on");
    return new Disclosure(
        row.getLong("number"),
        id(row),
        row.getLong("account_number"),
        madeOn,
        row.getString("recipient"),
        row.getString("address"),
        row.getString("description"),
        Purpose.of(row.getString("purpose"), madeOn)
            .orElseThrow(() -> new IllegalStateException("a purpose that no rule has")),
        row.getString("reason"),
        Objects.requireNonNull(row.getObject("noted_at", OffsetDateTime.class)).toInstant(),
        row.getString("noted_by"),
        row.getString("withdrawn_by"),
        holds.getOrDefault(row.getLong("number"), List.of()));
  }

  private static UUID id(ResultSet row) throws SQLException {
    return Objects.requireNonNull(row.getObject("id", UUID.class));
  }

  private static LocalDate day(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, LocalDate.class));
  }

  void withdraw(Disclosure one, Instant at) {
    sql.sql("update disclosure set withdrawn_at = ?, withdrawn_by = ? where number = ?")
        .params(at.atOffset(ZoneOffset.UTC), Actor.current().name(), one.number())
        .update();
  }

  void hold(Disclosure one, Disclosure.Hold hold, Instant at) {
    sql.sql(
            """
            insert into disclosure_hold (practice_id, disclosure_number, place, agency, in_writing,
              begins_on, ends_on, noted_at, noted_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Actor.currentPractice(),
            one.number(),
            one.holds().size() + 1,
            hold.agency(),
            hold.inWriting(),
            hold.begins(),
            hold.ends(),
            at.atOffset(ZoneOffset.UTC),
            Actor.current().name())
        .update();
  }

  /** Keeps it; the same id again changes nothing. */
  boolean insert(UUID id, long account, LocalDate askedOn, Instant at) {
    return sql.sql(
                """
                insert into accounting_request (practice_id, number, id, account_number, asked_on,
                  noted_at, noted_by)
                values (?, nextval('disclosure_number'), ?, ?, ?, ?, ?)
                on conflict do nothing
                """)
            .params(
                Actor.currentPractice(),
                id,
                account,
                askedOn,
                at.atOffset(ZoneOffset.UTC),
                Actor.current().name())
            .update()
        > 0;
  }

  /** All of an account, the latest first. */
  List<AccountingRequest> requests(long account) {
    return sql.sql(
            "select * from accounting_request where account_number = ?"
                + " order by asked_on desc, number desc")
        .param(account)
        .query((row, index) -> request(row))
        .list();
  }

  private static AccountingRequest request(ResultSet row) throws SQLException {
    String given = row.getString("given");
    return new AccountingRequest(
        row.getLong("number"),
        id(row),
        row.getLong("account_number"),
        day(row, "asked_on"),
        row.getObject("extended_on", LocalDate.class),
        row.getString("extended_why"),
        row.getObject("given_on", LocalDate.class),
        row.getString("given_by"),
        given == null ? null : JSON.readValue(given, Accounting.class));
  }

  void extend(AccountingRequest one, LocalDate day, String why) {
    sql.sql("update accounting_request set extended_on = ?, extended_why = ? where number = ?")
        .params(day, why, one.number())
        .update();
  }

  void give(AccountingRequest one, LocalDate day, Accounting given) {
    sql.sql(
            "update accounting_request set given_on = ?, given_by = ?, given = ?::json"
                + " where number = ?")
        .params(day, Actor.current().name(), JSON.writeValueAsString(given), one.number())
        .update();
  }

  /** Holds the account until the transaction ends, so that two who act on it do not cross. */
  void lock(long account) {
    sql.sql("select number from account where number = ? for update")
        .param(account)
        .query(Long.class)
        .single();
  }
}
