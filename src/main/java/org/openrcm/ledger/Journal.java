package org.openrcm.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.money.Money;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds to the journal, in the caller's transaction. The database refuses what does not balance when
 * the transaction commits, and any change of what is there (V9__ledger.sql).
 */
@Component
public class Journal {
  /** Added to the practice's own key, so that the lock is not one that loading a claim takes. */
  private static final long LOCK = 0x6c65646765720000L;

  private final JdbcClient sql;
  private final ApplicationEventPublisher events;

  Journal(JdbcClient sql, ApplicationEventPublisher events) {
    this.sql = sql;
    this.events = events;
  }

  /**
   * Lets one transaction of the practice at a time post. To be called before what is to be posted
   * is worked out, so that it is worked out from what is there.
   *
   * <p>Of tables that were filled a moment ago PostgreSQL has no statistics, and may read them
   * whole for each of many keys: until the transaction ends it is to use their indexes. That does
   * not tell it where to begin; queries that must not go wrong say so by {@code lateral} and {@code
   * offset 0}.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void lock() {
    UUID practice = Actor.currentPractice();
    sql.sql("select pg_advisory_xact_lock(?), set_config('enable_seqscan', 'off', true)")
        .param((practice.getMostSignificantBits() ^ practice.getLeastSignificantBits()) + LOCK)
        .query((row, index) -> true)
        .single();
  }

  /**
   * Posts entries as one batch, and tells it ({@link EntriesPosted}); {@link #lock} must be held.
   *
   * @param cause why, such as {@code CHECK_POSTED}
   * @param subject what was posted, where it is one thing
   * @return the batch's number, or 0 when there is nothing to post
   * @throws IllegalArgumentException ENTRIES_MUST_BALANCE
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long post(String cause, @Nullable UUID subject, List<Entry> entries) {
    if (entries.isEmpty()) {
      return 0;
    }
    entries.forEach(Journal::refuseUnbalanced);
    List<Long> numbers =
        sql.sql("select nextval('journal_entry_number') from generate_series(1, ?)")
            .param(entries.size())
            .query(Long.class)
            .list();
    long batch = begin(cause, subject, numbers.get(0), numbers.get(numbers.size() - 1));
    insertEntries(batch, numbers, entries);
    insertLines(numbers, entries);
    sql.sql(
            """
            insert into ledger_total (practice_id, account, batch, balance_cents, lines)
            select ?, m.account, ?, m.moved + coalesce(t.balance_cents, 0),
              m.lines + coalesce(t.lines, 0)
            from (select account, sum(amount_cents)::bigint as moved, count(*) as lines
              from journal_line where entry between ? and ? group by account) m
            left join lateral (
              select t.balance_cents, t.lines from ledger_total t where t.account = m.account
              order by t.batch desc limit 1) t on true
            """)
        .params(Actor.currentPractice(), batch, numbers.get(0), numbers.get(numbers.size() - 1))
        .update();
    events.publishEvent(new EntriesPosted(numbers.get(0), numbers.get(numbers.size() - 1)));
    return batch;
  }

  private static void refuseUnbalanced(Entry entry) {
    long sum = 0;
    for (Line line : entry.lines()) {
      sum = Math.addExact(sum, line.amount().cents());
    }
    if (sum != 0 || entry.lines().size() < 2) {
      throw new IllegalArgumentException("ENTRIES_MUST_BALANCE");
    }
  }

  /** Moments follow one another as batches do, also when the clock is set back. */
  private long begin(String cause, @Nullable UUID subject, long first, long last) {
    Actor actor = Actor.current();
    return sql.sql(
            """
            insert into journal_batch (practice_id, number, posted_at, cause, subject_id, actor_id,
              actor_name, first_entry, last_entry)
            values (?, nextval('journal_batch_number'), greatest(clock_timestamp(),
                (select posted_at from journal_batch order by number desc limit 1)),
              ?, ?, ?, ?, ?, ?)
            returning number
            """)
        .param(Actor.currentPractice())
        .param(cause)
        .param(subject)
        .param(actor.id())
        .param(actor.name())
        .param(first)
        .param(last)
        .query(Long.class)
        .single();
  }

  private void insertEntries(long batch, List<Long> numbers, List<Entry> entries) {
    sql.sql(
            """
            insert into journal_entry (practice_id, number, batch, source, source_number,
              source_place, day)
            select ?, n.number, ?, n.source, n.of, n.place, n.day
            from unnest(?::bigint[], ?::text[], ?::bigint[], ?::int[], ?::date[])
              as n (number, source, of, place, day)
            """)
        .param(Actor.currentPractice())
        .param(batch)
        .param(numbers.toArray(Long[]::new))
        .param(each(entries, entry -> entry.document().source().name(), String[]::new))
        .param(each(entries, entry -> entry.document().number(), Long[]::new))
        .param(each(entries, entry -> entry.document().place(), Integer[]::new))
        .param(each(entries, entry -> entry.day().toString(), String[]::new))
        .update();
  }

  private void insertLines(List<Long> numbers, List<Entry> entries) {
    List<Line> lines = new ArrayList<>();
    List<Long> of = new ArrayList<>();
    List<Integer> place = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      List<Line> some = entries.get(i).lines();
      for (int k = 0; k < some.size(); k++) {
        lines.add(some.get(k));
        of.add(numbers.get(i));
        place.add(k + 1);
      }
    }
    sql.sql(
            """
            insert into journal_line (practice_id, entry, line, account, amount_cents,
              claim_number, rank, service_line, code, reference, segment)
            select ?, n.* from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::bigint[],
              ?::smallint[], ?::int[], ?::text[], ?::text[], ?::bigint[]) n
            """)
        .param(Actor.currentPractice())
        .param(of.toArray(Long[]::new))
        .param(place.toArray(Integer[]::new))
        .param(each(lines, line -> line.at().account().name(), String[]::new))
        .param(each(lines, line -> line.amount().cents(), Long[]::new))
        .param(each(lines, line -> line.at().claim(), Long[]::new))
        .param(each(lines, line -> line.at().rank(), Integer[]::new))
        .param(each(lines, line -> line.at().serviceLine(), Integer[]::new))
        .param(each(lines, line -> line.at().code(), String[]::new))
        .param(each(lines, line -> line.at().reference(), String[]::new))
        .param(each(lines, line -> line.at().segment(), Long[]::new))
        .update();
  }

  private static <T, V> V[] each(
      List<T> of, Function<T, @Nullable V> value, IntFunction<V[]> array) {
    return of.stream().map(value).toArray(array);
  }

  /** What is posted for these documents; without those for which there is nothing. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Document, Lines> posted(Collection<Document> documents) {
    Map<Document, Lines> posted = new HashMap<>();
    sql.sql(
            """
            select e.source, e.source_number, e.source_place, l.account, l.claim_number, l.rank,
              l.service_line, l.code, l.reference, l.segment, sum(l.amount_cents)::bigint as cents
            from unnest(?::text[], ?::bigint[], ?::int[]) as d (source, number, place)
            cross join lateral (
              select * from journal_entry e
              where e.source_number = d.number and e.source = d.source
                and e.source_place = d.place offset 0) e
            cross join lateral (
              select * from journal_line l where l.entry = e.number offset 0) l
            group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            having sum(l.amount_cents) <> 0
            """)
        .param(documents.stream().map(each -> each.source().name()).toArray(String[]::new))
        .param(documents.stream().map(Document::number).toArray(Long[]::new))
        .param(documents.stream().map(Document::place).toArray(Integer[]::new))
        .query(
            row -> {
              posted
                  .computeIfAbsent(document(row), key -> new Lines())
                  .add(at(row), Money.ofCents(row.getLong("cents")));
            });
    return posted;
  }

  static Document document(ResultSet row) throws SQLException {
    return new Document(
        Source.valueOf(row.getString("source")),
        row.getLong("source_number"),
        row.getInt("source_place"));
  }

  static Line.At at(ResultSet row) throws SQLException {
    return new Line.At(
        AccountKind.valueOf(row.getString("account")),
        row.getObject("claim_number", Long.class),
        row.getObject("rank", Integer.class),
        row.getObject("service_line", Integer.class),
        row.getString("code"),
        row.getString("reference"),
        row.getLong("segment"));
  }

  /** The moment of the latest batch that is posted. */
  @Transactional
  public @Nullable OffsetDateTime last() {
    return sql.sql("select max(posted_at) from journal_batch")
        .query((row, index) -> row.getObject(1, OffsetDateTime.class))
        .single();
  }
}
