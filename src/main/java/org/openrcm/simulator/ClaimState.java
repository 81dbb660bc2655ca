package org.openrcm.simulator;

import java.util.Locale;

/** What a claim is meant to end as, when all that the payer sends has come. */
public enum ClaimState {
  /** In a transaction set that the 999 rejects: nothing more will come. */
  REJECTED_BY_999,
  /** Turned back by the 277CA: nothing more will come. */
  REJECTED_BY_277CA,
  /** Accepted by the 277CA, and no answer to it by its own number. */
  ACCEPTED_BY_277CA,
  /** Decided, no line denied; all of it may be the patient's share. */
  PAID,
  /** Some lines denied. */
  PARTLY_PAID,
  /** Nothing paid, nothing allowed. */
  DENIED,
  /** Estimated only. */
  PREDETERMINED,
  /** Decided and handed on to the next payer. */
  FORWARDED,
  /** Taken back because a later claim takes its place. */
  REPLACED,
  /** Taken back because a later claim voids it. */
  VOIDED,
  /** Never sent: on a check all the same. */
  UNKNOWN;

  /** As files write it, such as {@code rejected-by-999}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
