package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openrcm.seal.Checkpoints;
import org.openrcm.seal.Fault;
import org.openrcm.seal.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  @Spec private CommandSpec spec;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "The first line of keys.txt after its heading, as you noted it when the server was new.",
        "Without it the checkpoints' own word is taken for the first key."
      })
  private List<String> keys = List.of();

  @Override
  public Integer call() throws IOException {
    // first: later ones may be signed while the record is read
    Checkpoints checkpoints = Checkpoints.read(source.checkpoints(), keys);
    Verification.Report report = source.read(log -> Verification.of(log, checkpoints));
    PrintWriter out = spec.commandLine().getOut();
    report.faults().forEach(fault -> out.println(line(fault)));
    if (report.total() > report.faults().size()) {
      out.printf(Locale.ROOT, "and %,d more%n", report.total() - report.faults().size());
    }
    out.printf(
        Locale.ROOT,
        "%s: %,d entries in %,d chains, %,d checkpoints, %,d entries wait to be sealed%n",
        report.isClean() ? "The record is whole" : "The record is NOT whole",
        report.entries(),
        report.chains(),
        report.checkpoints(),
        report.waiting());
    out.flush();
    return report.isClean() ? OpenRcm.CLEAN : OpenRcm.FINDINGS;
  }

  private static String line(Fault fault) {
    StringBuilder line = new StringBuilder(fault.kind().name());
    if (fault.id() != null) {
      line.append(", entry ").append(fault.id());
    }
    if (fault.chain() != null) {
      line.append(", chain ").append(fault.chain());
    }
    if (fault.from() > 0) {
      line.append(", place ").append(fault.from());
      if (fault.until() > fault.from()) {
        line.append(" to ").append(fault.until());
      }
    }
    if (!fault.where().isEmpty()) {
      line.append(", ").append(fault.where());
    }
    return line.append(": ").append(fault.kind().words()).toString();
  }
}
