package org.openrcm.claim;

import org.openrcm.money.Money;
import org.openrcm.x12.SetEnd;

/**
 * Receives acknowledgements as they are read. What is said of a group or a report comes between its
 * start and its end, in the order of the file.
 */
public interface AcknowledgementHandler {

  /** A TA1. */
  void interchange(InterchangeAcknowledgement acknowledgement);

  /** A 999 starts. */
  void start(GroupAcknowledgement group);

  void set(GroupAcknowledgement group, SetAcknowledgement set);

  void end(GroupAcknowledgement group, GroupAcknowledgement.Result result);

  /** A 277CA starts. */
  void start(StatusReport report);

  void party(StatusReport report, PartyStatus party);

  void claim(StatusReport report, ClaimStatus claim);

  void end(StatusReport report, Totals totals);

  /**
   * What a 277CA comes to.
   *
   * @param claims how many claims it told of
   * @param accepted how many of them were accepted
   * @param rejected how many were rejected
   * @param charged sum of the first STC04 of each claim
   * @param end whether the set was closed as it should be
   */
  record Totals(int claims, int accepted, int rejected, Money charged, SetEnd end) {}
}
