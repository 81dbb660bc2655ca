package org.openrcm.claim;

/**
 * Where a claim is in its life. It moves on with what comes back for it, and never back to an
 * earlier stage: read, answered by a 999, answered by a 277CA, decided by an 835, taken over by
 * another claim. Within a stage the later word holds.
 */
public enum ClaimState {
  /** In our system; nothing has come back for it. */
  READ(Stage.READ, "Read", "neutral", "Send it, and wait for the 999"),
  /** The 999 accepted its transaction set. */
  ACKNOWLEDGED(Stage.SET_ANSWERED, "Acknowledged", "neutral", "Wait for the 277CA"),
  /** The 999, or a TA1, refused what it was sent in: it was never received. */
  REJECTED_BY_999(
      Stage.SET_ANSWERED, "Refused by 999", "wrong", "Correct the file and send it again"),
  /** The 277CA accepted it. */
  ACCEPTED(Stage.CLAIM_ANSWERED, "Accepted", "neutral", "Wait for the payment"),
  /** The 277CA refused it: it will not be decided on. */
  REJECTED(Stage.CLAIM_ANSWERED, "Rejected", "wrong", "Correct the claim and send it again"),
  /** Passed on to somebody else who is to answer. */
  FORWARDED(Stage.CLAIM_ANSWERED, "Forwarded", "neutral", "Wait for the next payer's answer"),
  /** Decided, with no part denied; the patient may owe all of it. */
  PAID(Stage.DECIDED, "Paid", "good", "Bill the patient's share, if there is one"),
  /** Decided, with some of it denied. */
  PARTLY_PAID(Stage.DECIDED, "Partly paid", "attention", "See which lines were denied, and why"),
  /** Decided: nobody pays anything. */
  DENIED(Stage.DECIDED, "Denied", "wrong", "See why: correct, appeal or write off"),
  /** Every decision on it was taken back. */
  REVERSED(Stage.DECIDED, "Reversed", "attention", "Wait for the corrected decision"),
  /** Another claim was sent in its place. */
  REPLACED(Stage.TAKEN_OVER, "Replaced", "neutral", "Follow the claim that replaces it"),
  /** Taken back by another claim. */
  VOIDED(Stage.TAKEN_OVER, "Voided", "neutral", "Nothing: it was taken back");

  private enum Stage {
    READ,
    SET_ANSWERED,
    CLAIM_ANSWERED,
    DECIDED,
    TAKEN_OVER
  }

  private final Stage stage;
  private final String label;
  private final String meaning;
  private final String next;

  ClaimState(Stage stage, String label, String meaning, String next) {
    this.stage = stage;
    this.label = label;
    this.meaning = meaning;
    this.next = next;
  }

  /** As pages say it. */
  public String label() {
    return label;
  }

  /** Which of the four meanings of colour it has. */
  public String meaning() {
    return meaning;
  }

  /** What is to be done or waited for. */
  public String next() {
    return next;
  }

  /** Whether somebody refused to take it: it never counts as sent. */
  public boolean isRefused() {
    return this == REJECTED || this == REJECTED_BY_999;
  }

  /** Whether another claim took its place or took it back. */
  public boolean isTakenOver() {
    return stage == Stage.TAKEN_OVER;
  }

  /** Whether a payer has decided on it. */
  public boolean isDecided() {
    return stage == Stage.DECIDED;
  }

  ClaimState acknowledged() {
    return moved(ACKNOWLEDGED);
  }

  ClaimState rejectedBy999() {
    return moved(REJECTED_BY_999);
  }

  ClaimState accepted() {
    return moved(ACCEPTED);
  }

  ClaimState rejected() {
    return moved(REJECTED);
  }

  ClaimState forwarded() {
    return moved(FORWARDED);
  }

  ClaimState paid() {
    return moved(PAID);
  }

  ClaimState partlyPaid() {
    return moved(PARTLY_PAID);
  }

  ClaimState denied() {
    return moved(DENIED);
  }

  ClaimState reversed() {
    return moved(REVERSED);
  }

  /** What was refused was never received: nothing can take its place at the payer. */
  ClaimState replaced() {
    return takenOver(REPLACED);
  }

  ClaimState voided() {
    return takenOver(VOIDED);
  }

  private ClaimState takenOver(ClaimState to) {
    if (isRefused()) {
      throw refused(to);
    }
    return moved(to);
  }

  private ClaimState moved(ClaimState to) {
    if (to.stage.compareTo(stage) < 0) {
      throw refused(to);
    }
    return to;
  }

  private IllegalStateException refused(ClaimState to) {
    return new IllegalStateException("a claim that is " + this + " cannot become " + to);
  }
}
