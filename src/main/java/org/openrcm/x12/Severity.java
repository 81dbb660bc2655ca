package org.openrcm.x12;

/** How much a {@link Finding} matters. */
public enum Severity {
  /** The data break a rule: nothing should post from them before a person has looked. */
  ERROR,
  /** The data can be used, but somebody should know. */
  WARNING,
  /** Worth knowing, nothing to do. */
  INFORMATION
}
