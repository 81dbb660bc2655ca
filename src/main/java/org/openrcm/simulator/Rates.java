package org.openrcm.simulator;

import org.openrcm.billing.Procedure;
import org.openrcm.claim.ServiceLine;

/** What a line is priced by. */
final class Rates {
  private Rates() {}

  /** The procedure's code, or the revenue code of a line that has no procedure. */
  static String code(ServiceLine line) {
    Procedure procedure = line.procedure();
    String revenue = line.revenueCode();
    return procedure != null ? procedure.code() : revenue == null ? "" : revenue;
  }
}
