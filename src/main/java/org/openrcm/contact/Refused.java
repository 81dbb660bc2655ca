package org.openrcm.contact;

/** Why nothing is noted; nothing is changed then. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** The rules that a wish can break. */
  public enum Reason {
    IN_FUTURE("This moment is still to come. Enter when it was."),
    TOO_OLD("This is more than 60 days ago. Look at the day again."),
    NOT_OF_CHANNEL("That cannot have come of a contact this way. Choose another outcome."),
    NO_ADDRESS("Enter the number or the e-mail address that it was."),
    NO_KEY("Reload the page and try again: this form was not sent whole."),
    SENT_BEFORE(
        "This form was sent before with something else in it. Look at what was noted, and begin"
            + " anew."),
    LIFTED("It was taken off before.");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

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
