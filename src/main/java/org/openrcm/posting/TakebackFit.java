package org.openrcm.posting;

import org.jspecify.annotations.Nullable;
import org.openrcm.claim.StoredBill;
import org.openrcm.money.Money;

/** How well a claim fits a takeback, of 100 points. */
final class TakebackFit {
  private static final int REFERENCE = 60;
  private static final int ONE_APART = 45;
  private static final int CUT_OFF = 35;
  private static final int PAID = 25;
  private static final int PAID_MORE = 10;
  private static final int TAKING_PAYER = 15;

  private TakebackFit() {}

  /** Points, and the reasons for them into the likeness. */
  static int score(
      StoredBill bill, String reference, Money amount, @Nullable String payer, Likeness likeness) {
    String wanted = Likeness.plain(reference);
    String payers = Likeness.plain(bill.payerClaimNumber());
    String ours = Likeness.plain(bill.claim().patientControlNumber());
    if (wanted.equals(payers)) {
      likeness.fits(REFERENCE, "payer's number");
    } else if (wanted.equals(ours)) {
      likeness.fits(REFERENCE, "claim number");
    } else if (payers.length() >= Likeness.LONG_ENOUGH && wanted.contains(payers)) {
      likeness.remark(REFERENCE, "the payer's number is in the reference");
    } else if (ours.length() >= Likeness.LONG_ENOUGH && wanted.contains(ours)) {
      likeness.remark(REFERENCE, "the claim number is in the reference");
    } else if (Likeness.isOneApart(wanted, payers)) {
      likeness.remark(ONE_APART, "the payer's number differs by one character");
    } else if (payers.startsWith(wanted.substring(0, Math.max(0, wanted.length() - 2)))) {
      likeness.remark(CUT_OFF, "the payer's number begins alike");
    } else {
      likeness.remark(CUT_OFF, "a payment of it has nearly that number");
    }
    if (bill.paid().equals(amount)) {
      likeness.fits(PAID, "amount paid");
    } else if (bill.paid().compareTo(amount) > 0) {
      likeness.remark(PAID_MORE, bill.paid().toDecimal() + " was paid for it");
    } else {
      likeness.remark(0, "only " + bill.paid().toDecimal() + " was paid for it");
    }
    PaymentFit.payer(bill.claim(), payer, TAKING_PAYER, likeness);
    return likeness.score();
  }
}
