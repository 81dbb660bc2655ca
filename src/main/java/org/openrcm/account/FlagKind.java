package org.openrcm.account;

import java.util.Locale;

/** What can stand between an account and a bill or a call. */
public enum FlagKind {
  HOLD("On hold", "Nothing is sent until somebody takes the hold off.", true),
  DISPUTE(
      "Disputed", "The patient says that it is wrong. Find out before it is billed again.", true),
  BANKRUPTCY(
      "Bankruptcy",
      "The patient has filed for bankruptcy: the court forbids to ask for the money (11 USC 362).",
      false),
  ASSISTANCE(
      "Help asked for",
      "The patient asked for help with the bill. Decide on it before it is billed again.",
      false),
  DECEASED("Deceased", "The patient has died: it is for the estate.", false),
  RETURNED_MAIL("Mail came back", "Mail came back from the address. Ask for the right one.", false),
  ATTORNEY("Has a lawyer", "A lawyer speaks for the patient: write to the lawyer only.", false);

  private final String label;
  private final String words;
  private final boolean forVisit;

  FlagKind(String label, String words, boolean forVisit) {
    this.label = label;
    this.words = words;
    this.forVisit = forVisit;
  }

  public String label() {
    return label;
  }

  /** What it means for who works on the account. */
  public String words() {
    return words;
  }

  /** Whether it can be for one visit alone. */
  public boolean isForVisit() {
    return forVisit;
  }

  /** As addresses have it, such as {@code returned-mail}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
