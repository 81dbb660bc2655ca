package org.openrcm.account;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands between an account and a bill or a call.
 *
 * @param claim number of the one visit that it is about; null for the account as a whole
 * @param until the last day on which it holds by itself; null until it is lowered
 * @param lowered the day from which on it does not hold; null while nobody lowered it
 */
public record Flag(
    UUID id,
    long account,
    @Nullable Long claim,
    FlagKind kind,
    LocalDate raised,
    String by,
    @Nullable LocalDate until,
    String note,
    @Nullable LocalDate lowered,
    @Nullable String loweredBy) {

  /** Whether it holds on a day. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(raised)
        && (until == null || !day.isAfter(until))
        && (lowered == null || day.isBefore(lowered));
  }
}
