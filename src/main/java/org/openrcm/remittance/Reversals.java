package org.openrcm.remittance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which claim of a check corrects which: a reversal (CLP02 22) is followed by the claim as it is
 * now, under the same patient control number. Remembers the last {@value #REMEMBERED} reversals.
 */
public final class Reversals {
  private static final int REMEMBERED = 10_000;

  private final Map<String, String> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Forgets all: another check begins. */
  public void clear() {
    open.clear();
  }

  /**
   * Takes the next claim of the check, and answers the payer's number (CLP07) of the reversal
   * before it that it corrects, or null.
   */
  public @Nullable String prior(ClaimPayment claim) {
    if (claim.isReversal()) {
      String number = claim.payerClaimControlNumber();
      open.put(claim.patientControlNumber(), number == null ? "" : number);
      return null;
    }
    String number = open.remove(claim.patientControlNumber());
    return number == null || number.isEmpty() ? null : number;
  }
}
