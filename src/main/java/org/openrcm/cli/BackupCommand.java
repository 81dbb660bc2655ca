package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.server.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backup}: a copy of a server with a database of its own. */
@Command(
    name = "backup",
    description = {
      "Copies the folder of a server with a database of its own, also while it works,",
      "into a new folder that a server can be started on, and its keys into another.",
      "Keep the two apart. A database of yours is backed up by its own means:",
      "src/docs/backup.md."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder of the server. Default: data.")
  private Path data = Path.of("data");

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Folder to make, with all but the keys.")
  private Path to = Path.of(".");

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the keys; those that were copied there before are replaced.")
  private Path keys = Path.of(".");

  @Option(
      names = "--audit",
      paramLabel = "DIR",
      description = "Where the server signs. Default: OPENRCM_AUDIT_FOLDER, or audit in --data.")
  private @Nullable Path audit;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "With the keys of secrets. Default: OPENRCM_SECRETS_KEYS, or secret-keys.txt in --data.")
  private @Nullable Path secrets;

  @Override
  public Integer call() throws IOException {
    try {
      Backup.Written written =
          Backup.write(
              data,
              audit == null ? ServerData.auditFolder(data) : audit,
              secrets == null ? ServerData.secrets(data) : secrets,
              to,
              keys);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "%s: %,d files with %,d bytes; the keys are in %s%n",
          to,
          written.files(),
          written.bytes(),
          keys);
      out.flush();
      return OpenRcm.CLEAN;
    } catch (SQLException e) {
      throw ServerData.unusable(e);
    }
  }
}
