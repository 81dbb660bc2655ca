package org.openrcm.posting;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.ClaimState;
import org.openrcm.money.Money;

/**
 * A claim that a payment or a takeback may be for; which one it is, a person says.
 *
 * @param day of its first service
 * @param score of 100
 * @param words what fits and what does not
 */
record Candidate(
    UUID claim,
    String control,
    String patient,
    UUID patientId,
    @Nullable LocalDate day,
    Money charged,
    @Nullable String payer,
    ClaimState state,
    int score,
    String words) {

  private static final int WELL = 75;
  private static final int IN_PART = 45;

  public String label() {
    return control.isEmpty() ? "(no number)" : control;
  }

  /** How it fits, in a word. */
  public String fit() {
    return score >= WELL ? "Fits well" : score >= IN_PART ? "Fits in part" : "Fits little";
  }

  public String meaning() {
    return score >= WELL ? "good" : score >= IN_PART ? "attention" : "neutral";
  }
}
