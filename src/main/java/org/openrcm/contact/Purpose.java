package org.openrcm.contact;

/** What one wants to say: it decides which rules bind. */
public enum Purpose {
  /** To ask for what is owed. */
  COLLECT("Ask for what is owed"),
  /**
   * To ask for it by a last day: overshadows the rights that a validation notice tells of (C20).
   */
  DEMAND("Demand it by a last day"),
  REMIND_OF_PLAN("Remind of a plan"),
  /** An answer to what the person asked by the same channel. */
  ANSWER("Answer a question"),
  /** The one confirmation that a wish not to be reached this way is heard (C13, C29). */
  CONFIRM_REFUSAL("Confirm a refusal"),
  VALIDATION_NOTICE("Validation notice"),
  /** What verifies a disputed debt, or names the original creditor (C21, C22). */
  VERIFICATION("Verify the debt"),
  /** The three things that may still be said after a cease, once each (12 CFR 1006.6(c)(2)). */
  CEASE_ENDING("Say that it ends"),
  CEASE_MAY_ACT("Name what is usually done"),
  CEASE_WILL_ACT("Say what will be done"),
  /** To the lawyer of who is to pay. */
  LAWYER("Write to the lawyer"),
  /** To who acts for the estate. */
  ESTATE("Write to the estate");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** To whom it is said. */
  public Party party() {
    return this == LAWYER ? Party.LAWYER : this == ESTATE ? Party.ESTATE : Party.PAYER;
  }

  /** For what a consent to texts and automatic calls must have been given (C29). */
  public Purpose consented() {
    return this == REMIND_OF_PLAN ? REMIND_OF_PLAN : COLLECT;
  }
}
