package org.openrcm.seal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit record as it is hashed: its columns as text, each after its length in bytes
 * (four, the greatest first; all ones where there is none), so that no two entries have the same
 * bytes. The hash of a leaf begins with a zero byte (RFC 9162 section 2.1.1).
 *
 * @param columns those of {@link #COLUMNS}
 */
record Entry(List<@Nullable String> columns) {
  /** The chain of what was done before a practice was known; each other one is of a practice. */
  static final String OF_NOBODY = "00000000-0000-0000-0000-000000000000";

  /** In the order in which they are hashed; moments in UTC to the microsecond, a query in hex. */
  static final String COLUMNS =
      """
      e.id::text, e.practice_id::text,
      to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      e.actor_kind, e.actor_id::text, e.actor_name, e.roles, e.action, e.subject_type, e.subject_id,
      e.patient_id::text, encode(e.query, 'hex'), e.purpose, e.address, e.request_id,
      e.outcome::text, e.outcome_text""";

  static final int WIDTH = 17;
  private static final int PRACTICE = 1;
  private static final int NONE = -1;

  Entry {
    if (columns.size() != WIDTH) {
      throw new IllegalArgumentException(columns.size() + " columns instead of " + WIDTH);
    }
  }

  /** The chain that it belongs to. */
  String chain() {
    String practice = columns.get(PRACTICE);
    return practice == null ? OF_NOBODY : practice;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String column : columns) {
        if (column == null) {
          out.writeInt(NONE);
        } else {
          byte[] text = column.getBytes(StandardCharsets.UTF_8);
          out.writeInt(text.length);
          out.write(text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Hash hash() {
    return Tree.leaf(bytes());
  }
}
