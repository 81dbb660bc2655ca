package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openrcm.seal.AuditExport;
import org.openrcm.seal.Inclusion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code prove-entry}: an entry, and that it is in the record. */
@Command(
    name = "prove-entry",
    description = {
      "Prints an entry of the audit record with the proof that it is in there, for somebody who",
      "may not see the rest. src/docs/CheckEntry.java checks it. That it was given out is on record."
    },
    mixinStandardHelpOptions = true)
final class ProveEntryCommand implements Callable<Integer> {
  @Mixin private final AuditSource source = new AuditSource();
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Number of the entry.")
  private long id;

  @Override
  public Integer call() throws IOException {
    if (!source.isExport()) {
      source.connected(
          connection -> {
            AuditExport.record(connection, "AuditEvent", Long.toString(id));
            return true;
          });
    }
    Optional<String> proof =
        source.read(log -> Inclusion.prove(id, log, source.checkpoints().get(0)));
    PrintWriter out = proof.isPresent() ? spec.commandLine().getOut() : spec.commandLine().getErr();
    out.print(proof.orElse("No such entry was sealed and signed yet.\n"));
    out.flush();
    return proof.isPresent() ? OpenRcm.CLEAN : OpenRcm.FINDINGS;
  }
}
