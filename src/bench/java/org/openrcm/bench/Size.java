package org.openrcm.bench;

/** How much a bench measures. */
public enum Size {
  /** What the document shows. */
  FULL,
  /** Little, to see that it all goes through; its figures mean nothing. */
  QUICK;

  public int of(int full, int quick) {
    return this == FULL ? full : quick;
  }
}
