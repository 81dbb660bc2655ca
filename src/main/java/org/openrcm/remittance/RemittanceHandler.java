package org.openrcm.remittance;

import java.util.List;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;
import org.openrcm.x12.SetEnd;

/**
 * Receives remittances as they are read: the check, then its claims and adjustments, then the end.
 */
public interface RemittanceHandler {

  /** A check and its parties; everything until {@link #end} belongs to it. */
  void start(Remittance remittance);

  void claim(Remittance remittance, ClaimPayment claim);

  void adjustment(Remittance remittance, ProviderAdjustment adjustment);

  void end(Remittance remittance, Totals totals);

  /**
   * What a remittance comes to.
   *
   * @param claims how many claims were read
   * @param unread how many claims and adjustments could not be read; with any, the sums are not the
   *     whole
   * @param charged sum of CLP03
   * @param paid sum of CLP04
   * @param adjusted sum of PLB amounts
   * @param end whether the set was closed as it should be
   * @param unmapped segments behind the header but in no claim that have no place there, such as
   *     unknown ones behind LX or PLB: the first megabyte of them, each with a finding of its own
   */
  record Totals(
      int claims,
      int unread,
      Money charged,
      Money paid,
      Money adjusted,
      SetEnd end,
      List<Unmapped> unmapped) {}
}
