package org.openrcm.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The record with its seals, to be verified: from a database, or from files that were exported from
 * one. Both give the same lines, as PostgreSQL's {@code COPY} writes them.
 */
public interface SealedLog {
  /** What was sealed, chain by chain in its order; one line for each entry of each batch. */
  String SEALED =
      """
      select b.chain, b.number, b.after_entries, encode(b.root, 'hex'), s.place, s.id,
        encode(s.leaf, 'hex'), %s
      from audit_batch b
      left join lateral unnest(b.events, b.leaves) with ordinality as s (id, leaf, place) on true
      left join audit_event e on e.id = s.id
      order by b.chain, b.number, s.place
      """
          .formatted(Entry.COLUMNS)
          .strip();

  /** What was not: its number, whether it is there, whether it waits. */
  String UNSEALED =
      """
      select o.id, o.there, o.waits, o.practice
      from (
        select coalesce(e.id, p.event_id) as id, e.id is not null as there,
          p.event_id is not null as waits, coalesce(e.practice_id::text, '') as practice
        from audit_event e full join audit_pending p on p.event_id = e.id) o
      left join (select unnest(events) as id from audit_batch) s on s.id = o.id
      where s.id is null
      order by 1
      """
          .strip();

  void sealed(Consumer<String> line) throws IOException;

  void unsealed(Consumer<String> line) throws IOException;

  /**
   * An entry in its batch.
   *
   * @param after entries before the batch
   * @param root of the tree up to its end
   * @param id null in a batch of none, or of more hashes than entries
   * @param leaf the hash that was sealed; null in a batch of more entries than hashes
   * @param entry null when it is gone
   */
  record Sealed(
      String chain,
      long number,
      long after,
      Hash root,
      @Nullable Long id,
      @Nullable Hash leaf,
      @Nullable Entry entry) {
    private static final int OWN = 7;

    static Sealed parse(String line) {
      List<@Nullable String> fields = fields(line);
      if (fields.size() != OWN + Entry.WIDTH) {
        throw new IllegalArgumentException("no line of a sealed entry");
      }
      List<@Nullable String> columns = fields.subList(OWN, fields.size());
      String id = fields.get(5);
      String leaf = fields.get(6);
      return new Sealed(
          text(fields.get(0)),
          Long.parseLong(text(fields.get(1))),
          Long.parseLong(text(fields.get(2))),
          hash(text(fields.get(3))),
          id == null ? null : Long.valueOf(id),
          leaf == null ? null : hash(leaf),
          columns.get(0) == null ? null : new Entry(columns));
    }
  }

  /**
   * An entry in no batch.
   *
   * @param there whether it can be read
   * @param waits whether it is to be sealed
   */
  record Unsealed(long id, boolean there, boolean waits, String chain) {
    private static final int WIDTH = 4;

    static Unsealed parse(String line) {
      List<@Nullable String> fields = fields(line);
      if (fields.size() != WIDTH) {
        throw new IllegalArgumentException("no line of an unsealed entry");
      }
      String practice = text(fields.get(3));
      return new Unsealed(
          Long.parseLong(text(fields.get(0))),
          text(fields.get(1)).equals("t"),
          text(fields.get(2)).equals("t"),
          practice.isEmpty() ? Entry.OF_NOBODY : practice);
    }
  }

  private static String text(@Nullable String field) {
    return field == null ? "" : field;
  }

  private static Hash hash(String hex) {
    return Hash.of(HexFormat.of().parseHex(hex));
  }

  /** The fields of a line of {@code COPY} in its text format. */
  private static List<@Nullable String> fields(String line) {
    List<@Nullable String> fields = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= line.length(); at++) {
      if (at == line.length() || line.charAt(at) == '\t') {
        String field = line.substring(start, at);
        fields.add(field.equals("\\N") ? null : unescaped(field));
        start = at + 1;
      }
    }
    return fields;
  }

  private static String unescaped(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int at = 0; at < field.length(); at++) {
      char c = field.charAt(at);
      if (c == '\\' && at + 1 < field.length()) {
        at++;
        c =
            switch (field.charAt(at)) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case 'v' -> '\u000b';
              default -> field.charAt(at);
            };
      }
      text.append(c);
    }
    return text.toString();
  }
}
