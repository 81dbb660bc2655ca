package org.openrcm.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openrcm.x12.Finding;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Severity;
import org.openrcm.x12.Syntax;

/** Prints findings as they come, so many of each kind, and answers the exit code. */
final class Findings implements FindingSink {
  private final PrintWriter out;
  private final int mostOfAKind;
  private final Map<String, Integer> counts = new TreeMap<>();
  private boolean any;
  private boolean unreadable;

  Findings(PrintWriter out, int mostOfAKind) {
    this.out = out;
    this.mostOfAKind = mostOfAKind;
  }

  @Override
  public void add(Finding finding) {
    any |= finding.severity() != Severity.INFORMATION;
    unreadable |= finding.rule() == Syntax.NO_INTERCHANGE;
    int count = counts.merge(finding.code(), 1, Integer::sum);
    if (count <= mostOfAKind) {
      out.println(line(finding));
    }
  }

  private static String line(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT)
        + " level "
        + finding.rule().level()
        + " "
        + finding.code()
        + "  "
        + finding.place()
        + ": "
        + finding.message();
  }

  /** Says how many findings were not printed. */
  void summarize() {
    counts.forEach(
        (code, count) -> {
          if (count > mostOfAKind) {
            out.println("and " + (count - mostOfAKind) + " more of " + code);
          }
        });
    out.flush();
  }

  int exitCode() {
    return unreadable ? OpenRcm.UNREADABLE : any ? OpenRcm.FINDINGS : OpenRcm.CLEAN;
  }
}
