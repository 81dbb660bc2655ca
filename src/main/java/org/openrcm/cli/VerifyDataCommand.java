package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.seal.Checkpoints;
import org.openrcm.seal.StoredLog;
import org.openrcm.seal.Verification;
import org.openrcm.server.SystemVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify-data}: whether all that a server keeps is as it was. */
@Command(
    name = "verify-data",
    description = {
      "Checks all that a server keeps, as after a restore: the audit record, the books,",
      "files as received, statements and letters, and that the keys open the secrets.",
      "Nothing is written. Exit code 0: all is whole; 1: it is not, and it is said what;",
      "2: not readable."
    },
    mixinStandardHelpOptions = true)
final class VerifyDataCommand implements Callable<Integer> {
  @Mixin private final ServerData server = new ServerData();
  @Mixin private final AuditVerdict verdict = new AuditVerdict();
  @Spec private CommandSpec spec;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "With the keys of secrets. Default: OPENRCM_SECRETS_KEYS, or secret-keys.txt in --data.")
  private @Nullable Path secrets;

  @Override
  public Integer call() throws IOException {
    Checkpoints checkpoints = verdict.checkpoints(server.checkpoints());
    PrintWriter out = spec.commandLine().getOut();
    boolean whole =
        server.connected(
            connection -> {
              boolean record = isRecordWhole(connection, checkpoints, out);
              boolean rest = isRestWhole(connection, out);
              connection.rollback();
              return record && rest;
            });
    out.println(whole ? "All of it is whole." : "It is NOT whole. What to do: src/docs/backup.md");
    out.flush();
    return whole ? OpenRcm.CLEAN : OpenRcm.FINDINGS;
  }

  /** A record that cannot be read is told, and the rest looked at all the same. */
  private static boolean isRecordWhole(
      Connection connection, Checkpoints checkpoints, PrintWriter out) throws SQLException {
    boolean whole;
    try {
      whole = AuditVerdict.tell(Verification.of(StoredLog.at(connection), checkpoints), out);
    } catch (IOException e) {
      out.println("The record is NOT whole: " + e.getMessage());
      whole = false;
    }
    connection.rollback();
    out.flush();
    return whole;
  }

  private boolean isRestWhole(Connection connection, PrintWriter out) throws SQLException {
    Path keys = secrets == null ? ServerData.secrets(server.folder()) : secrets;
    boolean[] whole = {true};
    SystemVerification.of(
        connection,
        keys,
        part -> {
          whole[0] &= part.isWhole();
          tell(part, out);
        });
    return whole[0];
  }

  private static void tell(SystemVerification.Part part, PrintWriter out) {
    part.faults().forEach(fault -> out.println(part.name() + ": " + fault));
    if (part.total() > part.faults().size()) {
      out.printf(Locale.ROOT, "and %,d more%n", part.total() - part.faults().size());
    }
    String name = part.name().substring(0, 1).toUpperCase(Locale.ROOT) + part.name().substring(1);
    out.printf("%s are %s: %s%n", name, part.isWhole() ? "whole" : "NOT whole", part.seen());
    if (!part.isWhole()) {
      out.println("  " + part.advice());
    }
    out.flush();
  }
}
