package org.openrcm.claim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.SetOutcome;

/**
 * What came of an 837, 999, 277CA or TA1 that was to be loaded.
 *
 * @param transactionSet {@code ISA13/GS06/ST02}, as in findings
 * @param submissionId of the submission that it became or that was there before it, or that it
 *     answers; null when there is none
 * @param claims how many were loaded, or spoken of
 * @param reason what there is to know of it, in plain words; null when nothing
 */
public record SubmissionOutcome(
    String transactionSet,
    SetOutcome.Outcome outcome,
    @Nullable UUID submissionId,
    int claims,
    @Nullable String reason) {}
