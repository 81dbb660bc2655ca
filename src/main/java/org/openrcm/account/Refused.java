package org.openrcm.account;

/** Why a correction is not made; nothing is changed then. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** The rules that a correction can break. */
  enum Reason {
    CHANGED_MEANWHILE(
        "This account was changed while you worked on it. Look at what it says now, and try again."),
    NOT_THE_LAST("Something was changed after it, so it cannot be undone any more."),
    NOTHING_TO_DO("Nothing was changed: it is so already.");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  Refused(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
