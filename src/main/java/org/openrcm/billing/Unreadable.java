package org.openrcm.billing;

import org.openrcm.x12.FindingRule;
import org.openrcm.x12.Severity;

/** Values that cannot be what their element asks for (SNIP level 1). */
public enum Unreadable implements FindingRule {
  /** An amount that is no number, has parts of a cent, or is beyond a hundred billion dollars. */
  AMOUNT_UNREADABLE,
  /** A quantity, weight or rate that is no number. */
  QUANTITY_UNREADABLE,
  /** A date that is not in the calendar. */
  DATE_UNREADABLE;

  @Override
  public int level() {
    return 1;
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }
}
