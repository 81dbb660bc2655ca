package org.openrcm.posting;

import java.time.LocalDate;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.AdjustmentCrosswalk;

/** What an adjustment (CAS) means for the ledger: {@code rules/posting.tsv}. */
enum Meaning {
  /** The patient's, or the next payer's where there is one. */
  PATIENT,
  /** A discount. */
  CONTRACTUAL,
  /** Refused: to be reviewed, still owed by somebody. */
  DENIAL,
  /** Lowered by the payer alone (group PI): to be reviewed. */
  REDUCTION,
  /** Paid or adjusted by an earlier payer: moves no money of ours. */
  EARLIER_PAYER,
  INTEREST;

  private static final AdjustmentCrosswalk MEANINGS = AdjustmentCrosswalk.load("posting");
  private static final AdjustmentCrosswalk CATEGORIES =
      AdjustmentCrosswalk.load("adjudication-category");

  /** As it holds on the day of the check. */
  static Meaning of(Adjustment adjustment, LocalDate day) {
    String meaning = MEANINGS.find(adjustment.group(), adjustment.carc(), day);
    if (!meaning.equals("BY_CATEGORY")) {
      return valueOf(meaning);
    }
    String category = CATEGORIES.find(adjustment.group(), adjustment.carc(), day);
    return category.equals("discount") ? CONTRACTUAL : DENIAL;
  }
}
