package org.openrcm.claim;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.billing.SetSource;

/**
 * One 277CA: what a payer or clearinghouse did with the claims of a batch (005010X214).
 *
 * @param reference BHT03: the sender's number of the report
 * @param date BHT04
 * @param time BHT05
 * @param sender 2100A NM1: the payer ({@code PR}) or clearinghouse ({@code AY})
 * @param trace 2200A TRN02
 * @param received 2200A DTP*050: when the batch came in
 * @param processed 2200A DTP*009
 */
public record StatusReport(
    SetSource source,
    @Nullable String reference,
    @Nullable LocalDate date,
    @Nullable LocalTime time,
    @Nullable Person sender,
    @Nullable String trace,
    @Nullable LocalDate received,
    @Nullable LocalDate processed) {}
