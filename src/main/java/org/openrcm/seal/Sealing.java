package org.openrcm.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds entries that wait to the trees of their chains. Writers never wait for it: what they insert
 * it reads when they are done, in no order but the one that it gives.
 */
@Component
class Sealing {
  /** Any number, but the same on all nodes. */
  private static final long LOCK = 0x5ea1L;

  private static final int ROUND = 10_000;

  /** Entries of a batch: of these one is named when entry and seal were both changed. */
  private static final int BATCH = 1_000;

  private final JdbcClient database;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Sealing(JdbcClient database, Clock clock, PlatformTransactionManager transactions) {
    this.database = database;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What a round did.
   *
   * @param heads of the chains that grew
   * @param more whether there is as much again
   */
  record Round(List<Checkpoint> heads, int sealed, boolean more) {
    private static final Round NOTHING = new Round(List.of(), 0, false);
  }

  private record Waiting(long id, Entry entry) {}

  /** Where a chain ends. */
  private record Head(long number, Tree tree) {}

  /** Seals what waits, unless another node does. */
  Round seal() {
    return transaction.execute(
        status -> {
          see();
          return isMine() ? sealAll() : Round.NOTHING;
        });
  }

  /** Of all chains, as they are now. */
  List<Checkpoint> heads() {
    return transaction.execute(
        status -> {
          see();
          return database
              .sql(
                  """
                  select distinct on (chain) chain, after_entries + cardinality(events) as size, root,
                    sealed_at
                  from audit_batch order by chain, number desc
                  """)
              .query(
                  (row, at) ->
                      new Checkpoint(
                          row.getString("chain"),
                          row.getLong("size"),
                          Hash.of(row.getBytes("root")),
                          row.getTimestamp("sealed_at").toInstant()))
              .list();
        });
  }

  private void see() {
    database.sql("select set_config('app.sealing', 'yes', true)").query(String.class).single();
  }

  private boolean isMine() {
    return database
        .sql("select pg_try_advisory_xact_lock(?)")
        .param(LOCK)
        .query(Boolean.class)
        .single();
  }

  private Round sealAll() {
    Map<String, List<Waiting>> chains = new LinkedHashMap<>();
    List<Waiting> all = waiting();
    all.forEach(
        one -> chains.computeIfAbsent(one.entry().chain(), any -> new ArrayList<>()).add(one));
    // as the database keeps it
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Checkpoint> heads = new ArrayList<>();
    chains.forEach((chain, waiting) -> heads.add(seal(chain, waiting, now)));
    database
        .sql("delete from audit_pending where event_id = any(?)")
        .param(all.stream().map(Waiting::id).toArray(Long[]::new))
        .update();
    return new Round(heads, all.size(), all.size() == ROUND);
  }

  private List<Waiting> waiting() {
    return database
        .sql(
            "select %s from audit_pending p join audit_event e on e.id = p.event_id"
                    .formatted(Entry.COLUMNS)
                + " order by p.event_id limit ?")
        .param(ROUND)
        .query((row, at) -> waiting(row))
        .list();
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    List<@Nullable String> columns = new ArrayList<>(Entry.WIDTH);
    for (int at = 1; at <= Entry.WIDTH; at++) {
      columns.add(row.getString(at));
    }
    return new Waiting(row.getLong(1), new Entry(columns));
  }

  private Checkpoint seal(String chain, List<Waiting> waiting, Instant now) {
    Head head = head(chain);
    Tree tree = head.tree();
    long number = head.number();
    for (int from = 0; from < waiting.size(); from += BATCH) {
      List<Waiting> batch = waiting.subList(from, Math.min(from + BATCH, waiting.size()));
      long after = tree.size();
      List<Hash> leaves = batch.stream().map(one -> one.entry().hash()).toList();
      leaves.forEach(tree::add);
      number++;
      database
          .sql("insert into audit_batch values (?::uuid, ?, ?, ?, ?, ?, ?, ?)")
          .params(chain, number, after)
          .param(batch.stream().map(Waiting::id).toArray(Long[]::new))
          .param(leaves.stream().map(Hash::bytes).toArray(byte[][]::new))
          .params(tree.root().bytes(), tree.peaks(), now.atOffset(ZoneOffset.UTC))
          .update();
    }
    return new Checkpoint(chain, tree.size(), tree.root(), now);
  }

  private Head head(String chain) {
    return database
        .sql(
            """
            select number, after_entries + cardinality(events) as size, peaks
            from audit_batch where chain = ? order by number desc limit 1
            """)
        .param(UUID.fromString(chain))
        .query(
            (row, at) ->
                new Head(
                    row.getLong("number"), new Tree(row.getLong("size"), row.getBytes("peaks"))))
        .optional()
        .orElseGet(() -> new Head(0, new Tree()));
  }
}
