package org.openrcm.x12;

/** How a transaction set ended. */
public enum SetEnd {
  /** By its SE. */
  CLOSED,
  /** Something else began before its SE; all that came before is whole. */
  NOT_CLOSED,
  /** The file ended or could not be read further: what was open last may lack its rest. */
  CUT_OFF
}
