package org.openrcm.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the record out of the house, which is on the record itself. */
public final class AuditExport {
  private AuditExport() {}

  /**
   * Copies the record into a folder, and the checkpoints beside it.
   *
   * @param beside name of the folder in it with the checkpoints
   */
  public static void write(
      Connection connection, List<Path> checkpoints, Path folder, String beside)
      throws IOException, SQLException {
    record(connection, "AuditEvent", null);
    Path target = Files.createDirectories(folder.resolve(beside));
    for (Path from : checkpoints) {
      SealFolder sealed = new SealFolder(from);
      for (Path file : sealed.shown()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    // after the checkpoints: what they say is in it
    ExportedLog.write(StoredLog.at(connection), folder);
    connection.rollback();
  }

  /**
   * Puts on record that something was copied, by whoever runs the command.
   *
   * @param type of what was copied
   * @param id of the one that was, null for all
   */
  public static void record(Connection connection, String type, @Nullable String id)
      throws SQLException {
    connection.setAutoCommit(true);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into audit_event (actor_kind, actor_name, roles, action, subject_type, subject_id,
              purpose, request_id, outcome)
            values ('JOB', ?, 'operator', 'COPY', ?, ?, 'HPAYMT',
              gen_random_uuid()::text, 0)
            """)) {
      insert.setString(1, "command line, " + System.getProperty("user.name"));
      insert.setString(2, type);
      insert.setString(3, id);
      insert.executeUpdate();
    }
  }
}
