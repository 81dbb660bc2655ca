package org.openrcm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.seal.ExportedLog;
import org.openrcm.seal.SealedLog;
import org.openrcm.seal.StoredLog;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the audit record and its checkpoints are: in a server's database, or in an export. */
final class AuditSource {
  @Mixin private final ServerData server = new ServerData();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "What export-audit wrote, instead of a database.")
  private @Nullable Path export;

  /** What is done with the record. */
  interface Use<T> {
    T with(SealedLog log) throws IOException, SQLException;
  }

  <T> T read(Use<T> use) throws IOException {
    if (export != null) {
      try {
        return use.with(new ExportedLog(export));
      } catch (SQLException e) {
        throw ServerData.unusable(e);
      }
    }
    return connected(
        connection -> {
          T result = use.with(StoredLog.at(connection));
          connection.rollback();
          return result;
        });
  }

  <T> T connected(ServerData.Connected<T> use) throws IOException {
    return server.connected(use);
  }

  boolean isExport() {
    return export != null;
  }

  List<Path> checkpoints() {
    return export == null ? server.checkpoints() : server.checkpointsOf(export);
  }
}
