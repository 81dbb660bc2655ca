package org.openrcm.claim;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;

/**
 * TA1: whether the other side could take an interchange of ours.
 *
 * @param source of the interchange that brings it; group, set and guide are empty, as a TA1 stands
 *     in no transaction set
 * @param interchangeControl TA101: ISA13 of the interchange that is answered
 * @param date TA102: its ISA09, null when it is missing or unreadable
 * @param time TA103: its ISA10
 * @param code TA104: {@code A} accepted, {@code E} accepted with errors, {@code R} rejected
 * @param note TA105: {@code 000} no error, {@code 025} a control number used before ...
 * @param segment its number in the file
 * @param byteOffset in the file, -1 when not known
 */
public record InterchangeAcknowledgement(
    SetSource source,
    String interchangeControl,
    @Nullable LocalDate date,
    @Nullable LocalTime time,
    String code,
    String note,
    long segment,
    long byteOffset) {

  /** Nothing of the interchange was read. */
  public boolean isRejected() {
    return code.equals("R");
  }
}
