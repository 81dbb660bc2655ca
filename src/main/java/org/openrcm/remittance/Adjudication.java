package org.openrcm.remittance;

import org.openrcm.x12.FindingRule;
import org.openrcm.x12.Severity;

/** The rules that an 835's content can break beyond its structure. */
public enum Adjudication implements FindingRule {
  /** A claim that lacks an amount it cannot be without, or part of which could not be read. */
  CLAIM_NOT_READ(1, Severity.ERROR),
  /** More before the first claim than is held in memory. */
  HEADER_TOO_LARGE(1, Severity.ERROR),
  /** A transaction set of another kind where an 835 was expected. */
  NOT_A_REMITTANCE(2, Severity.ERROR),
  /** No payment, yet BPR01 or BPR04 say otherwise (or the other way round). */
  ZERO_PAYMENT(2, Severity.WARNING),
  /** SVC02 - sum of its CAS = SVC03 (005010X221A1 1.10.2.1.1). */
  SERVICE_BALANCE(3, Severity.ERROR),
  /** CLP03 - sum of all CAS of claim and lines = CLP04 (1.10.2.1.2). */
  CLAIM_BALANCE(3, Severity.ERROR),
  /** BPR02 = sum of CLP04 - sum of PLB amounts (1.10.2.1.3). */
  REMITTANCE_BALANCE(3, Severity.ERROR),
  /** CLP05 differs from the sum of PR adjustments; the adjustments are what counts. */
  PATIENT_RESPONSIBILITY(3, Severity.WARNING);

  private final int level;
  private final Severity severity;

  Adjudication(int level, Severity severity) {
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
