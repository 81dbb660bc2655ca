package org.openrcm.collections;

/** Why nothing is done; nothing is changed then. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** The rules that a wish can break, in words for who asked. */
  public enum Reason {
    LEASE_RAN_OUT(
        "You do not hold this account any more: it went back to the queue, or somebody took it back."
            + " Nothing was changed."),
    HOLDS_ANOTHER("You hold another account. Finish it, or put it back, and take this one then."),
    NOT_FREE("Somebody else has this account now, or it is not in the queue any more."),
    NO_KEY("Reload the page and try again: this form was not sent whole."),
    NO_ACT("Choose what came of it."),
    NOTE_NEEDED("Write a note."),
    NOTE_TOO_LONG("Say it in up to 1,000 characters."),
    CARD_NUMBER("This looks like a card's number, which must not be kept. Leave it out."),
    NO_SUCH_VISIT("Nothing is owed for that visit now. Choose another one, or the whole account."),
    NOT_IN_THE_PAST("Enter today or a later day."),
    NOTHING_TO_UNDO("This cannot be undone here."),
    NOTHING_WAITS("No account waits in your queues now."),
    NOT_AN_AMOUNT("Enter an amount like 25 or 1,200.00."),
    NOT_ABOVE_ZERO("Enter an amount above zero."),
    PROMISE_ABOVE_OWED("A promise cannot be for more than is owed."),
    PROMISE_IN_THE_PAST("The day of a promise cannot be before today."),
    PROMISE_TOO_FAR("A promise is for the next 60 days. For longer, agree on a plan."),
    NO_DAY("Enter a day like 2026-03-31."),
    SNOOZE_NOT_LATER("Choose a day after today."),
    SNOOZE_TOO_FAR("An account can rest for 90 days at most."),
    NO_SUCH_COLLECTOR("Choose a collector of this practice."),
    SENT_BEFORE(
        "This form was sent before with something else in it. Look at what was done, and begin"
            + " anew."),
    NAME_NEEDED("Enter a name."),
    NAME_TAKEN("There is one of this name already."),
    TEAM_HAS_QUEUES("Queues are for this team. Give them to another one first."),
    NUMBERS_WRONG("Enter whole numbers, the first not above the second.");

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
