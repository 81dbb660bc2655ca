package org.openrcm.billing;

import org.jspecify.annotations.Nullable;

/** REF: an identifier and the qualifier that says whose and what it is (REF01, REF02). */
public record Reference(String qualifier, String value) {

  /** Whether REF01 says that REF02 is a social security number; of some payers NM1's code. */
  public static boolean isSsn(@Nullable String qualifier) {
    return "SY".equals(qualifier) || "34".equals(qualifier);
  }
}
