package org.openrcm.payment;

import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;

/** Where the money of patients is posted. */
final class Places {
  static final String PAYMENT = "PAYMENT";
  static final String REFUND = "REFUND";

  private Places() {}

  static Line.At cash(PatientPayment payment) {
    return at(AccountKind.CASH_CLEARING, null, null, payment.reference());
  }

  static Line.At credit(PatientPayment payment) {
    return at(AccountKind.UNAPPLIED_CREDIT, null, null, payment.reference());
  }

  static Line.At visit(long claim, String code) {
    return at(AccountKind.PATIENT_RECEIVABLE, claim, code, null);
  }

  private static Line.At at(
      AccountKind kind, @Nullable Long claim, @Nullable String code, @Nullable String reference) {
    return new Line.At(kind, claim, null, null, code, reference, 0);
  }
}
