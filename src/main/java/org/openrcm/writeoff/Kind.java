package org.openrcm.writeoff;

import java.util.Locale;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;

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

  /** What takes an amount off the patient's share of a claim. */
  Lines given(long claim, Money amount) {
    return new Lines().move(amount, at(account, claim), at(AccountKind.PATIENT_RECEIVABLE, claim));
  }

  private Line.At at(AccountKind on, long claim) {
    return new Line.At(on, claim, null, null, name(), null, 0);
  }

  /** As forms have it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
