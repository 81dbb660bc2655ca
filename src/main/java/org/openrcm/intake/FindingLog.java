package org.openrcm.intake;

import java.util.ArrayList;
import java.util.List;
import org.openrcm.x12.Finding;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Syntax;

/** Counts all findings of a file and keeps the first of them. */
final class FindingLog implements FindingSink {
  /** How many are kept: enough to see what is wrong, and a file of junk costs no more. */
  static final int KEPT = 1_000;

  private final List<Finding> kept = new ArrayList<>();
  private int errors;
  private int warnings;
  private boolean isX12 = true;
  private boolean cutOff;

  @Override
  public void add(Finding finding) {
    if (kept.size() < KEPT) {
      kept.add(finding);
    }
    switch (finding.severity()) {
      case ERROR -> errors++;
      case WARNING -> warnings++;
      case INFORMATION -> {}
    }
    isX12 &= finding.rule() != Syntax.NO_INTERCHANGE;
    cutOff |= finding.rule() == Syntax.UNREADABLE;
  }

  List<Finding> kept() {
    return kept;
  }

  int errors() {
    return errors;
  }

  int warnings() {
    return warnings;
  }

  /** Whether an interchange was found. */
  boolean isX12() {
    return isX12;
  }

  /** Whether its compression broke off before its end. */
  boolean isCutOff() {
    return cutOff;
  }
}
