package org.openrcm.claim;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * DTP: a day ({@code D8}), a span of days ({@code RD8}), a day and time ({@code DT}) or a time
 * ({@code TM}).
 *
 * @param qualifier DTP01: {@code 472} service, {@code 434} statement, {@code 435} admission ...
 * @param start null for a time alone
 * @param end last day of a span, null otherwise
 * @param time null unless one was sent
 */
public record Period(
    String qualifier,
    @Nullable LocalDate start,
    @Nullable LocalDate end,
    @Nullable LocalTime time) {

  /** The last day: the end of a span, otherwise its one day. */
  public @Nullable LocalDate last() {
    return end == null ? start : end;
  }
}
