package org.openrcm.ledger;

import java.util.Locale;

/** The accounts of the books. A positive balance is debit, a negative one credit. */
public enum AccountKind {
  /** By claim, and by whose turn it is: rank 1 is the primary insurer. */
  INSURANCE_RECEIVABLE("Insurance receivable", "What insurers still owe for claims", Side.DEBIT),
  PATIENT_RECEIVABLE("Patient receivable", "What patients owe by their insurers' word", Side.DEBIT),
  DENIED_PENDING_REVIEW(
      "Denied, to be reviewed", "Refused by an insurer, not yet written off", Side.DEBIT),
  DENIAL_WRITE_OFF(
      "Denials written off", "Refused by an insurer, and given up for good", Side.DEBIT),
  REVENUE("Revenue", "What was charged", Side.CREDIT),
  /** By check. */
  CASH_CLEARING("Cash clearing", "Money that came, until the bank shows it", Side.DEBIT),
  CONTRACTUAL_ADJUSTMENT(
      "Contractual adjustment", "Discounts that contracts and law ask for", Side.DEBIT),
  PAYER_REDUCTION("Payer reduction", "Lowered by the payer on its own account", Side.DEBIT),
  INTEREST_INCOME("Interest income", "Paid for being late", Side.CREDIT),
  /** By reason and reference. */
  PROVIDER_ADJUSTMENT(
      "Provider adjustment", "Put on or taken off a check apart from claims", Side.DEBIT),
  /** By reference: takebacks and balances carried forward, followed until they are zero. */
  PAYER_BALANCE(
      "Payer balance", "Takebacks and forward balances; credit is owed to the payer", Side.CREDIT),
  /** By check. */
  UNAPPLIED_CREDIT("Unapplied credit", "Money that is not for a known claim yet", Side.CREDIT),
  REFUND_PAYABLE("Refund payable", "Refunds that a payer says it got", Side.CREDIT),
  BAD_DEBT("Bad debt", "Given up as uncollectible", Side.DEBIT),
  CHARITY("Charity", "Forgiven as assistance", Side.DEBIT),
  SMALL_BALANCE("Small balance", "Too little to bill", Side.DEBIT),
  AGENCY_PLACED("Placed with an agency", "Being collected by an agency", Side.DEBIT);

  private final String label;
  private final String words;
  private final Side side;

  /** On which side an account is expected to stand. */
  public enum Side {
    DEBIT,
    CREDIT
  }

  AccountKind(String label, String words, Side side) {
    this.label = label;
    this.words = words;
    this.side = side;
  }

  public String label() {
    return label;
  }

  /** What is on it, in a line. */
  public String words() {
    return words;
  }

  public Side side() {
    return side;
  }

  /** As addresses have it, such as {@code cash-clearing}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
