package org.openrcm.ledger;

import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A line of an entry.
 *
 * @param amount positive is debit, negative is credit
 * @param at what it is on and where it comes from
 */
public record Line(At at, Money amount) {

  /**
   * Where a line is posted.
   *
   * @param claim the number of a claim, for accounts that go by claim
   * @param rank of an insurance receivable: 1 is the primary insurer
   * @param serviceLine LX01 of the claim's line, null for the claim as a whole
   * @param code why, such as {@code CO-45} or {@code WO}
   * @param reference by which money is followed: a check's number, a takeback's reference
   * @param segment of the document's transaction set: where the amount stands
   */
  public record At(
      AccountKind account,
      @Nullable Long claim,
      @Nullable Integer rank,
      @Nullable Integer serviceLine,
      @Nullable String code,
      @Nullable String reference,
      long segment) {}
}
