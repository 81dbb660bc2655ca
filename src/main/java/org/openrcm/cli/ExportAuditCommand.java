package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openrcm.seal.AuditExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export-audit}: the record as files that can be verified elsewhere. */
@Command(
    name = "export-audit",
    description = {
      "Copies the audit record with its seals and checkpoints into a folder, for verify-audit",
      "--from. It tells who looked at whose data: keep it as you keep those. The copy is on record."
    },
    mixinStandardHelpOptions = true)
final class ExportAuditCommand implements Callable<Integer> {
  @Mixin private final AuditSource source = new AuditSource();
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder to write to.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws IOException {
    source.connected(
        connection -> {
          AuditExport.write(connection, source.checkpoints(), folder, ServerData.CHECKPOINTS);
          return true;
        });
    PrintWriter out = spec.commandLine().getOut();
    out.println(folder);
    out.flush();
    return OpenRcm.CLEAN;
  }
}
