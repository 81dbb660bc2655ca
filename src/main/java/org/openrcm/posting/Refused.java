package org.openrcm.posting;

/** What somebody asked for cannot be done as things are. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Why why;

  /** The rule that refuses it. */
  public enum Why {
    NOT_WAITING("The check is not waiting to be posted."),
    NOT_POSTED("The check is not posted."),
    CANNOT_BE_POSTED("An amount of the check is out of range, or missing. It cannot be posted."),
    NO_SUCH_CLAIM("No claim of this practice has that number."),
    CLAIM_NEEDED("Choose the claim it is for."),
    NOT_SOLVED_SO("This exception cannot be solved that way."),
    NOTE_NEEDED("Write in a few words why nothing is left to do."),
    NOT_OPEN("The exception is not open any more."),
    NONE_CHOSEN("Choose at least one denial."),
    DENIAL_GONE("One of them is not there any more. Look at the list again."),
    ABOVE_LIMIT("It is more than you may write off of one claim. Ask who has a higher limit."),
    NOTHING_TO_UNDO("There is nothing to undo any more.");

    private final String words;

    Why(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  Refused(Why why) {
    super(why.name());
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
