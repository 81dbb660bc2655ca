package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.openrcm.seal.Checkpoints;
import org.openrcm.seal.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code verify-audit}: whether the audit record is as it was sealed. */
@Command(
    name = "verify-audit",
    description = {
      "Checks that no entry of the audit record was changed, added or taken away.",
      "Nothing is written. Exit code 0: it is whole; 1: it is not; 2: not readable."
    },
    mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {
  @Mixin private final AuditSource source = new AuditSource();
  @Mixin private final AuditVerdict verdict = new AuditVerdict();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Checkpoints checkpoints = verdict.checkpoints(source.checkpoints());
    Verification.Report report = source.read(log -> Verification.of(log, checkpoints));
    PrintWriter out = spec.commandLine().getOut();
    boolean whole = AuditVerdict.tell(report, out);
    out.flush();
    return whole ? OpenRcm.CLEAN : OpenRcm.FINDINGS;
  }
}
