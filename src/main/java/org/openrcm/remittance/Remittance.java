package org.openrcm.remittance;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;

/**
 * One 835 transaction set: a payment, or the notice of none, by one payer to one payee. Its claims
 * and provider adjustments come after it, in the order of the file.
 *
 * @param source where it came from
 * @param payment BPR
 * @param trace TRN: by which the deposit is known
 * @param currency CUR02, null for US dollars
 * @param receiverId REF*EV
 * @param versionId REF*F2
 * @param productionDate DTM*405
 * @param payer loop 1000A
 * @param payee loop 1000B
 * @param unmapped segments before the first claim that the mapping has no place for
 */
public record Remittance(
    SetSource source,
    Payment payment,
    Trace trace,
    @Nullable Currency currency,
    @Nullable String receiverId,
    @Nullable String versionId,
    @Nullable LocalDate productionDate,
    Party payer,
    Party payee,
    List<Unmapped> unmapped) {

  /**
   * BPR: how much moves, and how.
   *
   * @param handling BPR01
   * @param amount BPR02, null when it cannot be read
   * @param creditDebit BPR03, {@code C} or {@code D}
   * @param method BPR04
   * @param format BPR05
   * @param originator BPR06-BPR09: the payer's bank and account
   * @param originatorId BPR10
   * @param originatorSupplement BPR11
   * @param receiver BPR12-BPR15: the payee's bank and account
   * @param date BPR16: the check's date or the transfer's effective date
   */
  public record Payment(
      String handling,
      @Nullable Money amount,
      String creditDebit,
      String method,
      @Nullable String format,
      @Nullable BankAccount originator,
      @Nullable String originatorId,
      @Nullable String originatorSupplement,
      @Nullable BankAccount receiver,
      @Nullable LocalDate date) {}

  /** A bank's and an account's number with their qualifiers (BPR06-BPR09, BPR12-BPR15). */
  public record BankAccount(
      @Nullable String bankQualifier,
      @Nullable String bank,
      @Nullable String accountQualifier,
      @Nullable String account) {}

  /**
   * TRN.
   *
   * @param number TRN02: check or transfer number
   * @param originator TRN03: the payer's id, with a leading 1 for a tax number
   * @param supplement TRN04
   */
  public record Trace(String number, @Nullable String originator, @Nullable String supplement) {}

  /** CUR: the currency's code and the rate at which it was exchanged, as sent. */
  public record Currency(String code, @Nullable String rate) {}
}
