package org.openrcm.writeoff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Write-offs in their tables. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WriteOffRows {
  /** With what each gives up now, the latest first. */
  private static final String SOME =
      """
      select w.*, g.given_cents
      from (select * from write_off %s) w
      cross join lateral (
        select coalesce(-sum(l.amount_cents), 0)::bigint as given_cents
        from journal_entry e
        cross join lateral (
          select * from journal_line where entry = e.number offset 0) l
        where e.source_number = w.number and e.source = 'WRITE_OFF'
          and l.account = 'PATIENT_RECEIVABLE') g
      order by w.number desc
      """;

  private final JdbcClient sql;

  WriteOffRows(JdbcClient sql) {
    this.sql = sql;
  }

  public long next() {
    return sql.sql("select nextval('write_off_number')").query(Long.class).single();
  }

  public void insert(WriteOff one, String key) {
    sql.sql(
            """
            insert into write_off (practice_id, number, id, account_number, kind, note,
              proposed_at, proposed_by, proposed_by_id, idempotency_key, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Actor.currentPractice(),
            one.number(),
            one.id(),
            one.account(),
            one.kind().name(),
            one.note(),
            at(one.proposed().at()),
            one.proposed().name())
        .param(one.proposed().id())
        .params(key, one.state().name())
        .update();
    for (WriteOff.Part part : one.visits()) {
      sql.sql(
              """
              insert into write_off_visit (practice_id, write_off_number, place, claim_number,
                amount_cents)
              values (?, ?, ?, ?, ?)
              """)
          .params(
              Actor.currentPractice(),
              one.number(),
              part.place(),
              part.claim(),
              part.amount().cents())
          .update();
    }
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  public void decided(WriteOff one, WriteOff.State state, WriteOff.By by, Money refund) {
    sql.sql(
            """
            update write_off set state = ?, decided_at = ?, decided_by = ?, decided_by_id = ?,
              refund_cents = ? where number = ?
            """)
        .param(state.name())
        .param(at(by.at()))
        .param(by.name())
        .param(by.id())
        .param(refund.cents())
        .param(one.number())
        .update();
  }

  public void undone(WriteOff one, WriteOff.By by) {
    sql.sql("update write_off set state = 'UNDONE', undone_at = ?, undone_by = ? where number = ?")
        .params(at(by.at()), by.name(), one.number())
        .update();
  }

  public Optional<WriteOff> find(UUID id) {
    return some("where id = :id", Map.of("id", id)).stream().findFirst();
  }

  public Optional<WriteOff> ofKey(String key) {
    return some("where idempotency_key = :key", Map.of("key", key)).stream().findFirst();
  }

  /** The latest first. */
  public List<WriteOff> ofAccount(long account) {
    return some("where account_number = :account order by number desc", Map.of("account", account));
  }

  /** Those that a condition finds, with their visits. */
  public List<WriteOff> some(String where, Map<String, ?> values) {
    Map<Long, List<WriteOff.Part>> parts = new HashMap<>();
    List<WriteOff> found =
        sql.sql(SOME.formatted(where))
            .params(values)
            .query((row, index) -> writeOff(row, parts))
            .list();
    sql.sql(
            """
            select * from write_off_visit where write_off_number = any (?)
            order by write_off_number, place
            """)
        .param(found.stream().map(WriteOff::number).toArray(Long[]::new))
        .query(
            row -> {
              Objects.requireNonNull(parts.get(row.getLong("write_off_number")))
                  .add(
                      new WriteOff.Part(
                          row.getInt("place"),
                          row.getLong("claim_number"),
                          Money.ofCents(row.getLong("amount_cents"))));
            });
    return found;
  }

  private static WriteOff writeOff(ResultSet row, Map<Long, List<WriteOff.Part>> parts)
      throws SQLException {
    long number = row.getLong("number");
    return new WriteOff(
        number,
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        Kind.valueOf(row.getString("kind")),
        row.getString("note"),
        Objects.requireNonNull(by(row, "proposed", "proposed_by_id")),
        WriteOff.State.valueOf(row.getString("state")),
        by(row, "decided", "decided_by_id"),
        by(row, "undone", null),
        Money.ofCents(row.getLong("refund_cents")),
        Money.ofCents(row.getLong("given_cents")),
        parts.computeIfAbsent(number, key -> new ArrayList<>()));
  }

  private static WriteOff.@Nullable By by(ResultSet row, String what, @Nullable String id)
      throws SQLException {
    OffsetDateTime at = row.getObject(what + "_at", OffsetDateTime.class);
    return at == null
        ? null
        : new WriteOff.By(
            row.getString(what + "_by"),
            id == null ? null : row.getObject(id, UUID.class),
            at.toInstant());
  }

  /** A part of a write-off that stands. */
  record Standing(Document document, Kind kind, long claim, Money amount) {}

  /** All of these accounts, in the order of the write-offs. */
  public List<Standing> standing(List<Long> accounts) {
    return sql.sql(
            """
            select w.number, w.kind, p.place, p.amount_cents, p.claim_number
            from unnest(?::bigint[]) a (number)
            cross join lateral (
              select * from write_off
              where account_number = a.number and state = 'APPROVED' offset 0) w
            cross join lateral (
              select * from write_off_visit where write_off_number = w.number offset 0) p
            order by w.number, p.place
            """)
        .param((Object) accounts.toArray(Long[]::new))
        .query(
            (row, index) ->
                new Standing(
                    new Document(Source.WRITE_OFF, row.getLong("number"), row.getInt("place")),
                    Kind.valueOf(row.getString("kind")),
                    row.getLong("claim_number"),
                    Money.ofCents(row.getLong("amount_cents"))))
        .list();
  }

  /** Whether something of these claims waits for approval. */
  public boolean waits(List<Long> claims) {
    return sql.sql(
            """
            select exists (
              select from write_off w join write_off_visit v on v.write_off_number = w.number
              where w.state = 'PROPOSED' and v.claim_number = any (?))
            """)
        .param((Object) claims.toArray(Long[]::new))
        .query(Boolean.class)
        .single();
  }

  /** What the patient paid for claims, refunds taken off. */
  public Money paid(List<Long> claims) {
    return Money.ofCents(
        sql.sql(
                """
                select coalesce(-sum(l.amount_cents), 0)::bigint
                from journal_line l join journal_entry e on e.number = l.entry
                where l.claim_number = any (?) and l.account = 'PATIENT_RECEIVABLE'
                  and e.source in ('PATIENT_PAYMENT', 'REFUND')
                """)
            .param((Object) claims.toArray(Long[]::new))
            .query(Long.class)
            .single());
  }
}
