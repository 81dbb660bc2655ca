package org.openrcm.claim;

import java.util.List;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;
import org.openrcm.x12.SetEnd;

/** Receives claims as they are read: the submission, its claims, then its end. */
public interface ClaimHandler {

  /** A transaction set and its parties; everything until {@link #end} belongs to it. */
  void start(Submission submission);

  void claim(Submission submission, Claim claim);

  void end(Submission submission, Totals totals);

  /**
   * What a submission comes to.
   *
   * @param claims how many claims were read
   * @param unread how many could not be read
   * @param charged sum of CLM02 of those that were read
   * @param end whether the set was closed as it should be
   * @param unmapped segments after the last claim that no record holds
   */
  record Totals(int claims, int unread, Money charged, SetEnd end, List<Unmapped> unmapped) {}
}
