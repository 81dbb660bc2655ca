package org.openrcm.ledger;

/** The kinds of documents that entries are for. */
public enum Source {
  /** The charges of a claim (837). */
  CLAIM,
  /** A claim payment (835 CLP). */
  PAYMENT,
  /** A provider adjustment (835 PLB: one reason with its amount). */
  PROVIDER_ADJUSTMENT,
  /** What a check is more, or less, than its claims and adjustments come to. */
  CHECK,
  /** What a patient paid: number is the payment's. */
  PATIENT_PAYMENT,
  /** What a patient got back: number is the refund's. */
  REFUND,
  /** What was given up: number is the write-off's, place that of the visit in it. */
  WRITE_OFF
}
