package org.openrcm.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the journal, in the caller's transaction. */
@Component
public class PostedLines {
  private static final int ENTRIES_OF_A_DOCUMENT = 200;
  private static final String SELECT =
      """
      select l.*, e.batch, e.source, e.source_number, e.source_place, e.day, b.posted_at, b.cause,
        b.subject_id, b.actor_name
      from %s l
      join journal_entry e on e.number = l.entry
      join journal_batch b on b.number = e.batch
      """;

  /**
   * Of each batch that touched the account its last lines on it. That a batch did stands in
   * ledger_total, so neither an account with few lines nor one with many is read through.
   */
  private static final String OF_ACCOUNT =
      """
      (select l.* from (
        select b.first_entry, b.last_entry from ledger_total t
        join journal_batch b on b.number = t.batch
        where t.account = :account and t.batch > :afterBatch and t.batch <= :untilBatch
          and b.first_entry <= :entry
        order by t.batch desc limit :limit + 1) r
      cross join lateral (
        select l.* from journal_line l
        where l.account = :account and l.entry between r.first_entry and r.last_entry
          and (l.entry, l.line) < (:entry, :line)
        order by l.entry desc, l.line desc limit :limit) l
      order by l.entry desc, l.line desc limit :limit)
      """;

  private final JdbcClient sql;
  private final Balances balances;

  PostedLines(JdbcClient sql, Balances balances) {
    this.sql = sql;
    this.balances = balances;
  }

  /**
   * Which lines are wanted.
   *
   * @param account null for all, which a claim or a reference must then narrow down
   * @param claims numbers of claims; null for any or none
   * @param reference null for any or none
   * @param after the last that is too early
   * @param until the last that is not too late
   */
  public record Wanted(
      @Nullable AccountKind account,
      @Nullable List<Long> claims,
      @Nullable String reference,
      Balances.Point after,
      Balances.Point until) {

    /** All lines on an account up to a point. */
    public static Wanted on(AccountKind account, Balances.Point until) {
      return new Wanted(account, null, null, Balances.Point.START, until);
    }
  }

  /** The place of a line in the journal. */
  public record Key(long entry, int line) {
    static final Key END = new Key(Long.MAX_VALUE, 0);
  }

  /** How many lines there are, and what they come to. */
  public record Sum(long count, Money balance) {}

  /** What a reference comes to on an account. */
  public record OfReference(String reference, long lines, Money balance) {}

  /**
   * References of an account.
   *
   * @param count of all of them
   * @param open those that are not zero
   * @param balance of all of them together
   */
  public record References(List<OfReference> rows, long count, long open, Money balance) {}

  /** The lines of an entry in their order; none when there is no such entry. */
  @Transactional
  public List<PostedLine> entry(long number) {
    return sql.sql(
            SELECT.formatted("(select * from journal_line where entry = ?)") + " order by l.line")
        .param(number)
        .query(PostedLines::line)
        .list();
  }

  /** The lines of all entries for a document, in their order. */
  @Transactional
  public List<PostedLine> of(Document document) {
    return sql.sql(
            SELECT.formatted(
                    """
                    (select l.* from journal_line l join (
                      select number from journal_entry
                      where source_number = ? and source = ? and source_place = ?
                      order by number limit ?) o on o.number = l.entry)
                    """)
                + " order by l.entry, l.line")
        .param(document.number())
        .param(document.source().name())
        .param(document.place())
        .param(ENTRIES_OF_A_DOCUMENT)
        .query(PostedLines::line)
        .list();
  }

  /**
   * Lines, the latest first.
   *
   * @param before the last one of the part before; null at the beginning
   */
  @Transactional
  public List<PostedLine> list(Wanted wanted, @Nullable Key before, int limit) {
    Key key = before == null ? Key.END : before;
    Map<String, Object> values = values(wanted);
    values.put("entry", key.entry());
    values.put("line", key.line());
    values.put("limit", limit);
    String found =
        isWholeAccount(wanted)
            ? OF_ACCOUNT
            : "(select l.* from journal_line l"
                + where(wanted)
                + " and (l.entry, l.line) < (:entry, :line)"
                + " order by l.entry desc, l.line desc limit :limit)";
    return sql.sql(SELECT.formatted(found) + " order by l.entry desc, l.line desc")
        .params(values)
        .query(PostedLines::line)
        .list();
  }

  private static boolean isWholeAccount(Wanted wanted) {
    return wanted.account() != null && wanted.claims() == null && wanted.reference() == null;
  }

  private static Map<String, Object> values(Wanted wanted) {
    if (wanted.account() == null && wanted.claims() == null && wanted.reference() == null) {
      throw new IllegalArgumentException("an account, claims or a reference");
    }
    Map<String, Object> values = new HashMap<>();
    if (wanted.account() != null) {
      values.put("account", wanted.account().name());
    }
    if (wanted.claims() != null) {
      values.put("claims", wanted.claims().toArray(Long[]::new));
    }
    if (wanted.reference() != null) {
      values.put("reference", wanted.reference());
    }
    values.put("after", wanted.after().entry());
    values.put("until", wanted.until().entry());
    values.put("afterBatch", wanted.after().batch());
    values.put("untilBatch", wanted.until().batch());
    return values;
  }

  private static String where(Wanted wanted) {
    return " where l.entry > :after and l.entry <= :until"
        + (wanted.account() == null ? "" : " and l.account = :account")
        + (wanted.claims() == null ? "" : " and l.claim_number = any (:claims)")
        + (wanted.reference() == null ? "" : " and l.reference = :reference");
  }

  /** Of a whole account it is what two totals differ by; otherwise lines are added up. */
  @Transactional
  public Sum sum(Wanted wanted) {
    AccountKind account = wanted.account();
    if (account != null && isWholeAccount(wanted)) {
      Balances.Standing start = balances.on(account, wanted.after());
      Balances.Standing end = balances.on(account, wanted.until());
      return wanted.until().batch() <= wanted.after().batch()
          ? new Sum(0, Money.ZERO)
          : new Sum(end.lines() - start.lines(), end.balance().minus(start.balance()));
    }
    return sql.sql(
            "select count(*), coalesce(sum(l.amount_cents), 0)::bigint from journal_line l"
                + where(wanted))
        .params(values(wanted))
        .query((row, index) -> new Sum(row.getLong(1), Money.ofCents(row.getLong(2))))
        .single();
  }

  /**
   * What the references of an account come to, those that are not zero first.
   *
   * @param wanted of an account
   * @param after the last one of the part before; null at the beginning
   */
  @Transactional
  public References references(Wanted wanted, @Nullable OfReference after, int limit) {
    Map<String, Object> values = values(wanted);
    values.put("limit", limit);
    values.put("zero", after != null && after.balance().isZero());
    values.put("last", after == null ? "" : after.reference());
    Money[] sum = {Money.ZERO};
    long[] counts = new long[2];
    List<OfReference> rows =
        sql.sql(
                """
                with found as materialized (
                  select l.reference, sum(l.amount_cents)::bigint as cents, count(*) as lines
                  from journal_line l%s and l.reference is not null group by l.reference)
                select f.*, s.* from (
                  select count(*) as all, count(*) filter (where cents <> 0) as open,
                    coalesce(sum(cents), 0)::bigint as sum from found) s
                left join (
                  select * from found where (cents = 0, reference) > (:zero, :last)
                  order by cents = 0, reference limit :limit) f on true
                order by f.cents = 0, f.reference
                """
                    .formatted(where(wanted)))
            .params(values)
            .query(
                (row, index) -> {
                  counts[0] = row.getLong("all");
                  counts[1] = row.getLong("open");
                  sum[0] = Money.ofCents(row.getLong("sum"));
                  String reference = row.getString("reference");
                  return new OfReference(
                      reference == null ? "" : reference,
                      row.getLong("lines"),
                      Money.ofCents(row.getLong("cents")));
                })
            .list();
    List<OfReference> there = rows.stream().filter(row -> row.lines() > 0).toList();
    return new References(there, counts[0], counts[1], sum[0]);
  }

  private static PostedLine line(ResultSet row, int index) throws SQLException {
    return new PostedLine(
        row.getLong("entry"),
        row.getInt("line"),
        new PostedLine.Batch(
            row.getLong("batch"),
            Objects.requireNonNull(row.getObject("posted_at", OffsetDateTime.class)).toInstant(),
            row.getString("cause"),
            row.getObject("subject_id", UUID.class),
            row.getString("actor_name")),
        Journal.document(row),
        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
        new Line(Journal.at(row), Money.ofCents(row.getLong("amount_cents"))));
  }
}
