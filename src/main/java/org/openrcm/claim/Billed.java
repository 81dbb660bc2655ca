package org.openrcm.claim;

import org.openrcm.x12.FindingRule;
import org.openrcm.x12.Severity;

/** The rules that an 837's content can break beyond its structure. */
public enum Billed implements FindingRule {
  /** A claim that lacks an amount it cannot be without, or part of which could not be read. */
  CLAIM_NOT_READ(1, Severity.ERROR),
  /** More before the first claim, or in one party of it, than is held in memory. */
  HEADER_TOO_LARGE(1, Severity.ERROR),
  /** A transaction set of another kind where an 837 was expected. */
  NOT_A_CLAIM(2, Severity.ERROR),
  /** A charge or a number of units below zero: an 837 takes back by void and replacement. */
  NEGATIVE_CHARGE(2, Severity.ERROR),
  /** CLM02 is the sum of the lines' charges. */
  CLAIM_CHARGE(3, Severity.ERROR),
  /** What an earlier payer paid (AMT*D) is the sum of its SVD02 less its claim-level CAS. */
  EARLIER_PAYMENT(3, Severity.ERROR),
  /** A line's charge is what an earlier payer paid for it (SVD02) and its adjustments (CAS). */
  EARLIER_DECISION(3, Severity.ERROR),
  /** A line's earlier payer (SVD01) is none of those whose coverage the claim names. */
  EARLIER_PAYER_UNKNOWN(3, Severity.WARNING),
  /** Two claims of one submission with one CLM01: their answers cannot be told apart. */
  DUPLICATE_CLAIM(3, Severity.WARNING),
  /** A replacement or void that does not name the claim it is about (REF*F8). */
  PRIOR_CLAIM_MISSING(4, Severity.WARNING),
  /** A claim that names a prior one (REF*F8), yet says that it is an original. */
  PRIOR_CLAIM_UNEXPECTED(4, Severity.WARNING);

  private final int level;
  private final Severity severity;

  Billed(int level, Severity severity) {
    this.level = level;
    this.severity = severity;
  }

  @Override
  public int level() {
    return level;
  }

  @Override
  public Severity severity() {
    return severity;
  }
}
