package org.openrcm.claim;

import org.jspecify.annotations.Nullable;

/** The three implementation guides of the 837. */
public enum ClaimKind {
  /** 005010X222. */
  PROFESSIONAL("005010X222A1"),
  /** 005010X223. */
  INSTITUTIONAL("005010X223A2"),
  /** 005010X224. */
  DENTAL("005010X224A2");

  private static final int STEM = "005010X222".length();

  private final String guide;

  ClaimKind(String guide) {
    this.guide = guide;
  }

  /** GS08 and ST03 of what is written. */
  public String guide() {
    return guide;
  }

  /** The kind that a guide is of, the nearest one for guides between payers; null for others. */
  static @Nullable ClaimKind of(String guide) {
    String number = guide.length() >= STEM ? guide.substring(0, STEM) : guide;
    return switch (number) {
      case "005010X222", "005010X291", "005010X298", "004010X098" -> PROFESSIONAL;
      case "005010X223", "005010X292", "005010X299", "004010X096" -> INSTITUTIONAL;
      case "005010X224", "005010X293", "005010X300", "004010X097" -> DENTAL;
      default -> null;
    };
  }
}
