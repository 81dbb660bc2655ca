package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openrcm.seal.Checkpoints;
import org.openrcm.seal.Fault;
import org.openrcm.seal.Verification;
import picocli.CommandLine.Option;

/** By which key the audit record is verified, and what is said of it. */
final class AuditVerdict {
  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "The first line of keys.txt after its heading, as you noted it when the server was new.",
        "Without it the checkpoints' own word is taken for the first key."
      })
  private List<String> keys = List.of();

  /** To be read before the record: later ones may be signed while that is read. */
  Checkpoints checkpoints(List<Path> folders) throws IOException {
    return Checkpoints.read(folders, keys);
  }

  /** Tells each fault in a line, and how it is in the last; gives whether the record is whole. */
  static boolean tell(Verification.Report report, PrintWriter out) {
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
    return report.isClean();
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
