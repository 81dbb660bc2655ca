package org.openrcm.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.openrcm.seal.Fault.Kind;

/**
 * One alteration by somebody who owns the database: triggers off, everything allowed, and with some
 * of them the seals made anew as a program would. Or one of the folder, without the key.
 */
final class Tampering {
  private static final List<String> COLUMNS =
      List.of(
          "actor_name = actor_name || 'x'",
          "recorded_at = recorded_at + interval '1 microsecond'",
          "patient_id = gen_random_uuid()",
          "patient_id = null",
          "practice_id = null, patient_id = gen_random_uuid()",
          "action = 'SIGN_OUT'",
          "subject_id = subject_id || ' '",
          "subject_id = null, subject_type = subject_type || coalesce(subject_id, '-')",
          "query = 'x'::bytea",
          "query = ''::bytea",
          "outcome = 4",
          "outcome_text = ''",
          "roles = 'administrator'",
          "address = '192.0.2.1'",
          "purpose = 'TREAT'",
          "request_id = 'other'",
          "actor_kind = 'JOBS', actor_id = gen_random_uuid()");

  private final Connection connection;
  private final Random random;
  private final Path folder;
  private final Map<Path, byte[]> files = new HashMap<>();

  private Set<Kind> kinds = Set.of();
  private Long id;

  Tampering(Connection connection, Random random, Path folder) {
    this.connection = connection;
    this.random = random;
    this.folder = folder;
  }

  /** A batch. */
  private record Batch(String chain, long number, List<Long> ids) {}

  String once() throws Exception {
    execute("set local session_replication_role = replica");
    int way = random.nextInt(14);
    switch (way) {
      case 0, 1, 2 -> edit();
      case 3 -> editAndReseal();
      case 4 -> delete();
      case 5 -> add();
      case 6 -> swap();
      case 7 -> cutOff();
      case 8 -> rewriteAll();
      case 9 -> fork();
      case 10 -> takeAwayUnsealed();
      case 11 -> forget();
      case 12 -> forge();
      default -> moveBetweenBatches();
    }
    return "way " + way + " " + kinds + " " + id;
  }

  /** Whether a report tells what was done, and of which entry where that can be known. */
  boolean isNamed(Verification.Report report) {
    return report.faults().stream()
        .anyMatch(fault -> kinds.contains(fault.kind()) && (id == null || id.equals(fault.id())));
  }

  void undo() throws IOException {
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private void expect(Long which, Kind... any) {
    id = which;
    kinds = Set.of(any);
  }

  private void edit() throws SQLException {
    Long entry = pick(batch().ids());
    // a change that changes nothing is none
    for (String change : shuffled(COLUMNS)) {
      if (execute("update audit_event set " + change + " where id = " + entry + and(change)) > 0) {
        break;
      }
    }
    expect(entry, Kind.CHANGED);
  }

  /** Only where at least one column gets another value. */
  private static String and(String change) {
    List<String> differs = new ArrayList<>();
    for (String one : change.split(", (?=[a-z_]+ = )")) {
      String[] sides = one.split(" = ", 2);
      differs.add(sides[0] + " is distinct from " + sides[1]);
    }
    return " and (" + String.join(" or ", differs) + ")";
  }

  private void editAndReseal() throws SQLException {
    Batch batch = batch();
    Long entry = pick(batch.ids());
    execute("update audit_event set actor_name = 'Somebody Else' where id = " + entry);
    reseal(batch.chain(), random.nextBoolean() ? batch.number() : Long.MAX_VALUE);
    expect(null, Kind.RESEALED);
  }

  private void delete() throws SQLException {
    Long entry = pick(batch().ids());
    execute("delete from audit_event where id = " + entry);
    expect(entry, Kind.DELETED);
  }

  private void add() throws SQLException {
    Long like = pick(batch().ids());
    Long added =
        number(
            """
            insert into audit_event (practice_id, recorded_at, actor_kind, actor_name, roles, action,
              subject_type, purpose, request_id, outcome)
            select practice_id, recorded_at, actor_kind, 'Forged', roles, action, subject_type,
              purpose, request_id, outcome
            from audit_event where id = %d returning id"""
                .formatted(like));
    execute("delete from audit_pending where event_id = " + added);
    expect(added, Kind.ADDED);
  }

  /** Two entries of a batch change places. */
  private void swap() throws SQLException {
    Batch batch = batch(2);
    List<Long> ids = shuffled(batch.ids());
    String array =
        "array_replace(array_replace(array_replace(events, %1$d, 0), %2$d, %1$d), 0, %2$d)";
    execute(
        ("update audit_batch set events = " + array + " where chain = '%3$s' and number = %4$d")
            .formatted(ids.get(0), ids.get(1), batch.chain(), batch.number()));
    if (random.nextBoolean()) {
      reseal(batch.chain(), batch.number());
      expect(null, Kind.RESEALED);
    } else {
      expect(ids.get(0), Kind.CHANGED);
    }
  }

  private void cutOff() throws SQLException {
    Batch batch = batch();
    String tail = " where chain = '%s' and number >= %d".formatted(batch.chain(), batch.number());
    if (random.nextBoolean()) {
      execute(
          "delete from audit_event where id in (select unnest(events) from audit_batch"
              + tail
              + ")");
      execute("delete from audit_batch" + tail);
    } else {
      // as a backup of that day has it: entries that were not written yet, batches neither
      execute("delete from audit_event where id >= %d".formatted(batch.ids().get(0)));
      execute(
          "delete from audit_batch where events && array(select id from unnest(events) as u (id)"
              + " where id >= %d)".formatted(batch.ids().get(0)));
      execute("delete from audit_pending");
    }
    expect(null, Kind.CUT_OFF);
  }

  /** Everything sealed anew after an entry was taken out. */
  private void rewriteAll() throws SQLException {
    Batch batch = batch();
    Long entry = pick(batch.ids());
    execute("delete from audit_event where id = " + entry);
    execute(
        "update audit_batch set leaves = leaves[:p-1] || leaves[p+1:], events = events[:p-1] ||"
            + " events[p+1:] from (select array_position(events, %1$d) as p from audit_batch"
                .formatted(entry)
            + " where chain = '%1$s' and number = %2$d) as at where chain = '%1$s' and number = %2$d"
                .formatted(batch.chain(), batch.number()));
    execute(
        "delete from audit_batch where chain = '%s' and events = '{}'".formatted(batch.chain()));
    reseal(batch.chain(), Long.MAX_VALUE);
    expect(null, Kind.RESEALED, Kind.OUT_OF_ORDER, Kind.CUT_OFF);
  }

  /** The same entries in another batch too. */
  private void fork() throws SQLException {
    Batch batch = batch();
    execute("drop index audit_batch_once");
    long last = number("select max(number) from audit_batch where chain = '" + batch.chain() + "'");
    execute(
        "insert into audit_batch select chain, %d, after_entries, events, leaves, root, peaks,"
                .formatted(last + 1)
            + " sealed_at from audit_batch where chain = '%s' and number = %d"
                .formatted(batch.chain(), batch.number()));
    expect(pick(batch.ids()), Kind.TWICE);
  }

  private void takeAwayUnsealed() throws SQLException {
    Long entry = number("select max(event_id) from audit_pending");
    execute("delete from audit_event where id = " + entry);
    expect(entry, Kind.LOST);
  }

  /** What waits is never to be sealed. */
  private void forget() throws SQLException {
    Long entry = number("select min(event_id) from audit_pending");
    execute("delete from audit_pending where event_id = " + entry);
    expect(entry, Kind.ADDED);
  }

  /** Checkpoints for what was rewritten, by another key; or true ones with other words. */
  private void forge() throws Exception {
    SealFolder sealed = new SealFolder(folder);
    Path file = sealed.checkpoints().get(0);
    files.put(file, Files.readAllBytes(file));
    String text = Files.readString(file);
    if (random.nextBoolean()) {
      Batch batch = batch();
      SealKeys stranger =
          SealKeys.open(
              new SealFolder(Files.createTempDirectory(folder.getParent(), "stranger")),
              Instant.now());
      Note note = stranger.sign(new Checkpoint(batch.chain(), 3, Hash.over(), Instant.now()));
      Files.writeString(file, text + note.written());
    } else {
      int at = text.indexOf("\n", random.nextInt(text.length() / 2)) + 1;
      String note = text.substring(text.indexOf(Note.ORIGIN, at));
      String size = note.split("\n", 3)[1];
      Files.writeString(
          file, text.replace(note, note.replaceFirst("\n" + size + "\n", "\n" + size + "0\n")));
    }
    expect(null, Kind.FORGED);
  }

  /** The last entry of a batch becomes the first of the next. */
  private void moveBetweenBatches() throws SQLException {
    Batch batch = batch(2);
    int last = batch.ids().size();
    String of = "chain = '%s' and number = %d";
    if (number(
            "select count(*) from audit_batch where "
                + of.formatted(batch.chain(), batch.number() + 1))
        == 0) {
      edit();
      return;
    }
    execute(
        "update audit_batch n set events = b.events[%1$d:] || n.events, leaves = b.leaves[%1$d:] || n.leaves"
                .formatted(last)
            + " from audit_batch b where b."
            + of.formatted(batch.chain(), batch.number()).replace("number", "b.number")
            + " and n.chain = b.chain and n.number = b.number + 1");
    execute(
        "update audit_batch set events = events[:%1$d], leaves = leaves[:%1$d] where "
                .formatted(last - 1)
            + of.formatted(batch.chain(), batch.number()));
    expect(null, Kind.OUT_OF_ORDER, Kind.RESEALED);
  }

  /**
   * Makes leaves, roots and peaks of a chain fit its entries again, up to a batch or to the end.
   */
  private void reseal(String chain, long until) throws SQLException {
    Tree tree = new Tree();
    for (Batch batch : batches("where chain = '" + chain + "' and number <= " + until)) {
      long after = tree.size();
      StringBuilder leaves = new StringBuilder("array[");
      for (Long entry : batch.ids()) {
        Hash leaf = hash(entry);
        tree.add(leaf);
        leaves.append(leaves.length() > 6 ? "," : "").append(hex(leaf.bytes()));
      }
      execute(
          "update audit_batch set after_entries = %d, leaves = %s]::bytea[], root = %s, peaks = %s"
                  .formatted(after, leaves, hex(tree.root().bytes()), hex(tree.peaks()))
              + " where chain = '%s' and number = %d".formatted(chain, batch.number()));
    }
  }

  private Hash hash(Long entry) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + Entry.COLUMNS + " from audit_event e where id = " + entry)) {
      row.next();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= Entry.WIDTH; i++) {
        columns.add(row.getString(i));
      }
      return new Entry(columns).hash();
    }
  }

  private static String hex(byte[] bytes) {
    return "'\\x" + HexFormat.of().formatHex(bytes) + "'::bytea";
  }

  private Batch batch() throws SQLException {
    return batch(1);
  }

  private Batch batch(int entries) throws SQLException {
    return pick(batches("where cardinality(events) >= " + entries));
  }

  private List<Batch> batches(String where) throws SQLException {
    List<Batch> batches = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select chain, number, events from audit_batch "
                    + where
                    + " order by chain, number")) {
      while (rows.next()) {
        batches.add(
            new Batch(
                rows.getString(1), rows.getLong(2), List.of((Long[]) rows.getArray(3).getArray())));
      }
    }
    return batches;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> List<T> shuffled(List<T> from) {
    List<T> shuffled = new ArrayList<>(from);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private int execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return statement.getUpdateCount();
    }
  }

  private Long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
