package org.openrcm.posting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the exceptions of documents: one for each type, opened when its cause appears, solved when
 * the cause is gone, closed when somebody says so.
 */
@Component
class Exceptions {
  static final String SUBJECT = "PostingException";

  private final JdbcClient sql;
  private final JdbcTemplate batches;

  Exceptions(JdbcClient sql, JdbcTemplate batches) {
    this.sql = sql;
    this.batches = batches;
  }

  private record Key(Trouble type, Document document) {}

  private record Kept(UUID id, Key key, String state, long cents) {

    /** Somebody closed it, when there was no less at stake. */
    boolean isClosedFor(Money amount) {
      return state.equals("CLOSED") && amount.cents() <= cents;
    }
  }

  /**
   * Makes the exceptions of these documents what they are to be.
   *
   * @param payers names, where there is one
   * @return types of those that are open by it and were not
   */
  List<Trouble> keep(
      Collection<Document> documents,
      List<Settlement.Exceptional> wanted,
      Map<Document, String> payers) {
    Map<Key, Kept> kept = new HashMap<>();
    for (Kept one : of(documents)) {
      kept.put(one.key(), one);
    }
    List<Trouble> opened = new ArrayList<>();
    List<Object[]> added = new ArrayList<>();
    List<Object[]> changed = new ArrayList<>();
    Map<Key, Money> sums = new HashMap<>();
    wanted.forEach(
        one -> sums.merge(new Key(one.type(), one.document()), one.amount(), Money::plus));
    sums.forEach(
        (key, amount) -> {
          Kept before = kept.remove(key);
          if (before == null) {
            added.add(row(key, amount, payers.get(key.document())));
            opened.add(key.type());
          } else if (before.state().equals("SOLVED") || before.cents() != amount.cents()) {
            String state = before.isClosedFor(amount) ? "CLOSED" : "OPEN";
            if (state.equals("OPEN") && !before.state().equals(state)) {
              opened.add(key.type());
            }
            changed.add(new Object[] {state, amount.cents(), state, state, before.id()});
          }
        });
    insert(added);
    batches.batchUpdate(
        """
        update posting_exception set state = ?, amount_cents = ?,
          closed_at = case ? when 'CLOSED' then closed_at end,
          closed_by = case ? when 'CLOSED' then closed_by end
        where id = ?
        """,
        changed);
    solve(kept.values());
    return opened;
  }

  /** The same check came in another file. */
  void cameTwice(long remittance, Money amount, @Nullable String payer) {
    insert(
        List.<Object[]>of(
            row(new Key(Trouble.CAME_TWICE, Document.check(remittance)), amount, payer)));
  }

  private static Object[] row(Key key, Money amount, @Nullable String payer) {
    return new Object[] {
      Actor.currentPractice(),
      UUID.randomUUID(),
      key.type().name(),
      key.document().source().name(),
      key.document().number(),
      key.document().place(),
      amount.cents(),
      payer
    };
  }

  private void insert(List<Object[]> rows) {
    batches.batchUpdate(
        """
        insert into posting_exception (practice_id, id, type, source, source_number, source_place,
          amount_cents, payer)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (practice_id, source_number, source, source_place, type) do update
          set state = 'OPEN', closed_at = null, closed_by = null
        """,
        rows);
  }

  /** Without those that tell of something that happened and cannot go away. */
  private List<Kept> of(Collection<Document> documents) {
    return sql.sql(
            """
            select x.id, x.type, x.state, x.source, x.source_number, x.source_place, x.amount_cents
            from unnest(?::text[], ?::bigint[], ?::int[]) as d (source, number, place)
            join posting_exception x on x.source_number = d.number and x.source = d.source
              and x.source_place = d.place
            where x.type <> 'CAME_TWICE'
            """)
        .param(documents.stream().map(each -> each.source().name()).toArray(String[]::new))
        .param(documents.stream().map(Document::number).toArray(Long[]::new))
        .param(documents.stream().map(Document::place).toArray(Integer[]::new))
        .query(
            (row, index) ->
                new Kept(
                    row.getObject("id", UUID.class),
                    new Key(
                        Trouble.valueOf(row.getString("type")),
                        new Document(
                            Source.valueOf(row.getString("source")),
                            row.getLong("source_number"),
                            row.getInt("source_place"))),
                    row.getString("state"),
                    row.getLong("amount_cents")))
        .list();
  }

  private void solve(Collection<Kept> gone) {
    UUID[] ids =
        gone.stream()
            .filter(one -> !one.state().equals("SOLVED"))
            .map(Kept::id)
            .toArray(UUID[]::new);
    if (ids.length > 0) {
      sql.sql(
              "update posting_exception set state = 'SOLVED', closed_at = now(), closed_by = null"
                  + " where id = any (?)")
          .param(ids)
          .update();
    }
  }
}
