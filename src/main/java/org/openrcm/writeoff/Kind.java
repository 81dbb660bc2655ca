package org.openrcm.writeoff;

import java.util.Locale;
import org.openrcm.ledger.AccountKind;

/** Why money is given up. */
public enum Kind {
  CHARITY(
      "Help with the bill",
      "By the practice's rules of assistance. The patient owes it no more, and reads it as help.",
      AccountKind.CHARITY),
  BAD_DEBT(
      "Bad debt",
      "Nobody will pay it. It is no help with the bill: it is only not asked for any more.",
      AccountKind.BAD_DEBT),
  SMALL_BALANCE(
      "Small balance",
      "All that the account owes is too little to ask for. Done at once.",
      AccountKind.SMALL_BALANCE);

  private final String label;
  private final String words;
  private final AccountKind account;

  Kind(String label, String words, AccountKind account) {
    this.label = label;
    this.words = words;
    this.account = account;
  }

  public String label() {
    return label;
  }

  /** What it means, for people of the office. */
  public String words() {
    return words;
  }

  /** Where it is posted. */
  AccountKind account() {
    return account;
  }

  /** As forms have it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
