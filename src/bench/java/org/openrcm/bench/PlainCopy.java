package org.openrcm.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What PostgreSQL takes for rows alone: a COPY by their owner into tables of the same columns and
 * indexes, without triggers, foreign keys and row-level security.
 */
final class PlainCopy {
  private static final int BUFFER = 1 << 16;

  private PlainCopy() {}

  /** Takes the practice's rows out, and measures putting them into tables beside. */
  static long nanos(ServedPractice practice, List<String> tables) throws Exception {
    try (Connection connection = practice.asOwner();
        Statement statement = connection.createStatement()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      byte[][] rows = new byte[tables.size()][];
      for (int i = 0; i < rows.length; i++) {
        String table = tables.get(i);
        statement.execute(
            "create table if not exists plain_%1$s (like %1$s including all)".formatted(table));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy.copyOut("copy (select * from " + table + ") to stdout", out);
        rows[i] = out.toByteArray();
      }
      return Latencies.nanos(
          () -> {
            connection.setAutoCommit(false);
            for (int i = 0; i < rows.length; i++) {
              copy.copyIn(
                  "copy plain_" + tables.get(i) + " from stdin",
                  new ByteArrayInputStream(rows[i]),
                  BUFFER);
            }
            connection.commit();
          });
    }
  }
}
