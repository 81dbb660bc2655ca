package org.openrcm.seal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** The record in a database, as it was at one moment; nothing is written. */
public final class StoredLog implements SealedLog {
  private final Connection connection;

  private StoredLog(Connection connection) {
    this.connection = connection;
  }

  /**
   * The record that a connection sees.
   *
   * @param connection in no transaction; it is in one afterwards, to be rolled back
   */
  public static StoredLog at(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute("set transaction isolation level repeatable read, read only");
    }
    return within(connection);
  }

  /** The record as a transaction sees it that has begun. */
  static StoredLog within(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("select set_config('app.sealing', 'yes', true)");
    }
    return new StoredLog(connection);
  }

  @Override
  public void sealed(Consumer<String> line) throws IOException {
    copy(SEALED, line);
  }

  @Override
  public void unsealed(Consumer<String> line) throws IOException {
    copy(UNSEALED, line);
  }

  private void copy(String query, Consumer<String> line) throws IOException {
    long number = 0;
    long malformed = 0;
    try (PGCopyInputStream bytes =
            new PGCopyInputStream(
                connection.unwrap(PGConnection.class), "copy (" + query + ") to stdout");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String one = lines.readLine(); one != null; one = lines.readLine()) {
        number++;
        // read to its end: a copy that is broken off cancels what is asked next
        if (malformed == 0 && !isAccepted(one, line)) {
          malformed = number;
        }
      }
    } catch (SQLException e) {
      throw new IOException("the record cannot be read from the database, " + e.getMessage(), e);
    }
    if (malformed > 0) {
      throw new IOException("row " + malformed + " of the record is not as the server writes it");
    }
  }

  private static boolean isAccepted(String one, Consumer<String> line) {
    try {
      line.accept(one);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
