package org.openrcm.writeoff;

/** Why nothing is done; nothing is changed then. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** The rules that a wish can break, in words for who asked. */
  public enum Reason {
    NO_VISIT("Choose at least one visit that something is owed for."),
    NO_REASON("Say why, in a few words: whoever approves it reads this."),
    MORE_THAN_OWED("This is more than is owed now: somebody paid, or an insurer decided anew."),
    NOT_SMALL("The account owes more than a small balance. Choose another kind."),
    SMALL_IS_ALL("A small balance is all that the account owes: choose every visit, in full."),
    WAITS_ALREADY("Something of this visit waits for approval already."),
    SAME_PERSON("Who proposed it cannot approve it: another person has to."),
    NO_PERSON("Only a person can do this."),
    ABOVE_LIMIT("This is above what you may approve. Somebody with a higher limit has to."),
    DECIDED("This was decided before."),
    NOT_APPROVED("Only what was approved can be undone."),
    SENT_BEFORE(
        "This form was sent before with something else in it. Look at what was done, and begin"
            + " anew.");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For people of the office. */
    public String words() {
      return words;
    }
  }

  Refused(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  public String words() {
    return reason.words();
  }
}
