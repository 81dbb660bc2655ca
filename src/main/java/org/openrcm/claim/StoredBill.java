package org.openrcm.claim;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A claim as it was loaded, and where it is in its life.
 *
 * @param number in the order of loading
 * @param id {@link ClaimIdentities#claimId}
 * @param fileId of the file that it came in
 * @param patientId {@link ClaimIdentities#patientId}
 * @param since the day on which its state began
 * @param payerClaimNumber as the payer told it, or null
 * @param paid by all payers, reversals taken off
 * @param owed by the patient, as payers decided
 */
public record StoredBill(
    long number,
    UUID id,
    long submissionNumber,
    UUID fileId,
    Instant loadedAt,
    UUID patientId,
    Submission submission,
    Claim claim,
    ClaimState state,
    LocalDate since,
    @Nullable String payerClaimNumber,
    Money paid,
    Money owed) {}
