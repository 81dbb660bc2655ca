package org.openrcm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.seal.ExportedLog;
import org.openrcm.seal.SealedLog;
import org.openrcm.seal.StoredLog;
import org.openrcm.server.OwnDatabase;
import picocli.CommandLine.Option;

/** Where the audit record and its checkpoints are. */
final class AuditSource {
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
      description = "JDBC URL of another database; PGUSER and PGPASSWORD say as whom.")
  private @Nullable String database;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "What export-audit wrote, instead of a database.")
  private @Nullable Path export;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description =
          "Folder with checkpoints, for each node or copy. Default: audit in that folder.")
  private List<Path> checkpoints = List.of();

  /** What is done with the record. */
  interface Use<T> {
    T with(SealedLog log) throws IOException, SQLException;
  }

  <T> T read(Use<T> use) throws IOException {
    if (export != null) {
      try {
        return use.with(new ExportedLog(export));
      } catch (SQLException e) {
        throw unusable(e);
      }
    }
    return connected(
        connection -> {
          T result = use.with(StoredLog.at(connection));
          connection.rollback();
          return result;
        });
  }

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

  private static IOException unusable(SQLException e) {
    return new IOException("the database cannot be used: " + e.getMessage(), e);
  }

  boolean isExport() {
    return export != null;
  }

  List<Path> checkpoints() {
    if (!checkpoints.isEmpty()) {
      return checkpoints;
    }
    return List.of((export == null ? data : export).resolve(CHECKPOINTS));
  }
}
