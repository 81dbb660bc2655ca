package org.openrcm.claim;

import org.openrcm.x12.FindingRule;
import org.openrcm.x12.Severity;

/** What an acknowledgement may not be, so that it can be held in memory. */
enum AcknowledgementTooLarge implements FindingRule {
  /** One set's errors, or one claim's statuses and lines, are more than are kept. */
  ACKNOWLEDGEMENT_TOO_LARGE;

  @Override
  public int level() {
    return 1;
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }
}
