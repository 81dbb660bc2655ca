package org.openrcm.seal;

/**
 * The entries of a practice, or those that concern none, in the order in which they were sealed.
 */
final class Chain {
  /** Of what was done before a practice was known. */
  static final String OF_NOBODY = "00000000-0000-0000-0000-000000000000";

  private Chain() {}
}
