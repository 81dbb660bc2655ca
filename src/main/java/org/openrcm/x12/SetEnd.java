package org.openrcm.x12;

/** How a transaction set ended. */
public enum SetEnd {
  /** By its SE. */
  CLOSED,
  /** Another set or the end of its group came before its SE; all that came before is whole. */
  NOT_CLOSED,
  /**
   * The file ended, could not be read further, or went on with another interchange: what was open
   * last may lack its rest.
   */
  CUT_OFF
}
