package org.openrcm.claim;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * PAT, in 2000B of a subscriber who is the patient, in 2000C of any other.
 *
 * @param relationship PAT01, to the subscriber; null in 2000B
 * @param deathDate PAT06
 * @param weight PAT08 in pounds (PAT07 {@code 01})
 * @param pregnant PAT09
 */
public record PatientFacts(
    @Nullable String relationship,
    @Nullable LocalDate deathDate,
    @Nullable BigDecimal weight,
    boolean pregnant) {

  /** Where a file says nothing of it. */
  static final PatientFacts UNKNOWN = new PatientFacts(null, null, null, false);
}
