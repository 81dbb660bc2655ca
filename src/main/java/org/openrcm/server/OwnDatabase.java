package org.openrcm.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The database that a server brought along, for a command beside it: the one that runs, or else one
 * that runs as long as the command does.
 */
public final class OwnDatabase implements AutoCloseable {
  /** On which line of PostgreSQL's {@code postmaster.pid} the port stands. */
  private static final int PORT_LINE = 3;

  private final @Nullable BroughtPostgres started;
  private final Connection connection;

  private OwnDatabase(@Nullable BroughtPostgres started, Connection connection) {
    this.started = started;
    this.connection = connection;
  }

  /**
   * Opens it as the owner of its tables.
   *
   * @param data the server's folder
   * @throws IOException when there is none in it, or it does not start
   */
  public static OwnDatabase open(Path data) throws IOException, SQLException {
    return open(data, OwnDatabase::asOwner);
  }

  /** Opens it as who may do everything. */
  static OwnDatabase openAsSuperuser(Path data) throws IOException, SQLException {
    return open(data, OwnDatabase::asSuperuser);
  }

  private static OwnDatabase open(Path data, SignIn signIn) throws IOException, SQLException {
    try {
      return openOrStart(data, signIn);
    } catch (StartRefused e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** As whom. */
  private interface SignIn {
    Connection at(String url, DataFolder.Passwords passwords) throws SQLException;
  }

  private static Connection asOwner(String url, DataFolder.Passwords passwords)
      throws SQLException {
    return DriverManager.getConnection(url, BroughtPostgres.OWNER, passwords.owner());
  }

  private static Connection asSuperuser(String url, DataFolder.Passwords passwords)
      throws SQLException {
    return DriverManager.getConnection(url, BroughtPostgres.SUPERUSER, passwords.superuser());
  }

  private static OwnDatabase openOrStart(Path data, SignIn signIn)
      throws IOException, SQLException {
    DataFolder.Passwords passwords = DataFolder.passwords(data);
    if (passwords == null) {
      throw new StartRefused("There is no database in " + data + ". Name its folder with --data.");
    }
    Path running = data.resolve("postgres").resolve("postmaster.pid");
    if (Files.exists(running)) {
      List<String> lines = Files.readAllLines(running);
      String url = "jdbc:postgresql://127.0.0.1:" + lines.get(PORT_LINE).strip() + "/";
      try {
        return new OwnDatabase(null, signIn.at(url + BroughtPostgres.DATABASE, passwords));
      } catch (SQLException e) {
        if (!"08001".equals(e.getSQLState())) {
          throw e;
        }
        // nobody is there: it was killed, and left the file
      }
    }
    BroughtPostgres started = BroughtPostgres.start(data);
    try {
      return new OwnDatabase(started, signIn.at(started.url(), passwords));
    } catch (SQLException e) {
      started.close();
      throw e;
    }
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    if (started != null) {
      started.close();
    }
  }
}
