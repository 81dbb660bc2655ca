package org.openrcm.claim;

/** The three implementation guides of the 837. */
public enum ClaimKind {
  /** 005010X222. */
  PROFESSIONAL("005010X222A1"),
  /** 005010X223. */
  INSTITUTIONAL("005010X223A2"),
  /** 005010X224. */
  DENTAL("005010X224A2");

  private final String guide;

  ClaimKind(String guide) {
    this.guide = guide;
  }

  /** GS08 and ST03 of what is written. */
  public String guide() {
    return guide;
  }
}
