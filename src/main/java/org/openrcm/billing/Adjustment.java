package org.openrcm.billing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * One reason for which a charge was not paid as billed: a triplet of a CAS segment.
 *
 * @param group CAS01: {@code CO}, {@code OA}, {@code PI}, {@code PR}
 * @param carc the claim adjustment reason code (CAS02, 05, 08, 11, 14, 17)
 * @param amount positive lowers the payment (CAS03, 06, 09, 12, 15, 18)
 * @param quantity units adjusted, if any (CAS04, 07, 10, 13, 16, 19)
 * @param segment number of its CAS in the transaction set
 */
public record Adjustment(
    String group, String carc, Money amount, @Nullable BigDecimal quantity, long segment) {

  /** Whether the patient owes it. */
  public boolean isPatientResponsibility() {
    return group.equals("PR");
  }
}
