package org.openrcm.claim;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;
import org.openrcm.billing.Unmapped;

/**
 * One 837 transaction set: claims that one submitter sends to one receiver.
 *
 * @param purpose BHT02: {@code 00} original, {@code 18} sent again
 * @param reference BHT03: the submitter's number of the set
 * @param date BHT04
 * @param time BHT05
 * @param use BHT06: {@code CH} chargeable, {@code RP} encounters, {@code 31} subrogation
 * @param submitter loop 1000A
 * @param receiver loop 1000B
 * @param unmapped segments before the first claim that have no place in the mapping
 */
public record Submission(
    SetSource source,
    ClaimKind kind,
    @Nullable String purpose,
    @Nullable String reference,
    @Nullable LocalDate date,
    @Nullable LocalTime time,
    @Nullable String use,
    @Nullable Named submitter,
    @Nullable Named receiver,
    List<Unmapped> unmapped) {}
