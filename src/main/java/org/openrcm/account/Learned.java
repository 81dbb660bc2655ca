package org.openrcm.account;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;

/**
 * What an 835 adds to what the claim said.
 *
 * @param claim the number of the claim that it pays
 * @param next the payer whom it passed the claim on to (NM1*TT), null when to none
 * @param correctedMemberId the member number by which the payer knows the insured (NM1*74), null
 *     when it corrects none
 * @param on of two words the later one counts
 */
public record Learned(
    long claim, @Nullable SeenCoverage next, @Nullable String correctedMemberId, LocalDate on) {}
