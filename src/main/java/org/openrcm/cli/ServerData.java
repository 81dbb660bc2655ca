package org.openrcm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.server.OwnDatabase;
import picocli.CommandLine.Option;

/** Where a server has its database, and the checkpoints of its audit record. */
final class ServerData {
  /** Of the folder of a server, and of an export. */
  static final String CHECKPOINTS = "audit";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder of a server with a database of its own. Default: data.")
  private Path data = Path.of("data");

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "JDBC URL of another database; PGUSER and PGPASSWORD are its owner's.")
  private @Nullable String database;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = {
        "Folder with checkpoints, for each node or copy. Default: OPENRCM_AUDIT_FOLDER, or audit in",
        "that folder."
      })
  private List<Path> checkpoints = List.of();

  /** What is done with a connection. */
  interface Connected<T> {
    T with(Connection connection) throws IOException, SQLException;
  }

  <T> T connected(Connected<T> use) throws IOException {
    try {
      if (database == null) {
        try (OwnDatabase own = OwnDatabase.open(data)) {
          return use.with(own.connection());
        }
      }
      try (Connection connection =
          DriverManager.getConnection(
              database, System.getenv("PGUSER"), System.getenv("PGPASSWORD"))) {
        return use.with(connection);
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  static IOException unusable(SQLException e) {
    return new IOException("the database cannot be used: " + e.getMessage(), e);
  }

  Path folder() {
    return data;
  }

  /** Those that are named, or else where the server signs. */
  List<Path> checkpoints() {
    return checkpoints.isEmpty() ? List.of(auditFolder(data)) : checkpoints;
  }

  /** Those that are named, or else those of an export. */
  List<Path> checkpointsOf(Path export) {
    return checkpoints.isEmpty() ? List.of(export.resolve(CHECKPOINTS)) : checkpoints;
  }

  /** As a server is told in its environment. */
  static Path auditFolder(Path data) {
    return environment("OPENRCM_AUDIT_FOLDER", data.resolve(CHECKPOINTS));
  }

  /** As a server is told in its environment: the file with the keys of secrets. */
  static Path secrets(Path data) {
    return environment("OPENRCM_SECRETS_KEYS", data.resolve("secret-keys.txt"));
  }

  private static Path environment(String name, Path otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : Path.of(value);
  }
}
