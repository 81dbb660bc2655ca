package org.openrcm.claim;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A claim as lists show it: no diagnosis, no procedure. */
record ClaimRow(
    long number,
    UUID id,
    UUID patientId,
    String control,
    String patient,
    @Nullable String payer,
    ClaimKind kind,
    @Nullable LocalDate from,
    @Nullable LocalDate until,
    long chargedCents,
    long paidCents,
    ClaimState state,
    LocalDate since,
    UUID fileId,
    String file) {

  /** As pages say it. */
  public String kindLabel() {
    return switch (kind) {
      case PROFESSIONAL -> "Professional";
      case INSTITUTIONAL -> "Institutional";
      case DENTAL -> "Dental";
    };
  }
}
