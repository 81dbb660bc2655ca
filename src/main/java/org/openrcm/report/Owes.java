package org.openrcm.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openrcm.ledger.AccountKind;

/** Who is to pay what is open. */
public enum Owes {
  INSURER("Insurers", "accent", AccountKind.INSURANCE_RECEIVABLE),
  DENIED("Denied, to review", "wrong", AccountKind.DENIED_PENDING_REVIEW),
  PATIENT("Patients", "attention", AccountKind.PATIENT_RECEIVABLE);

  private final String label;
  private final String meaning;
  private final AccountKind account;

  Owes(String label, String meaning, AccountKind account) {
    this.label = label;
    this.meaning = meaning;
    this.account = account;
  }

  public String label() {
    return label;
  }

  /** The colour of charts. */
  String meaning() {
    return meaning;
  }

  /** Where the journal has it. */
  AccountKind account() {
    return account;
  }

  /** As addresses have it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The receivables of the journal. */
  static List<AccountKind> accounts() {
    return Arrays.stream(values()).map(Owes::account).toList();
  }
}
