package org.openrcm.remittance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claim as it was loaded.
 *
 * @param id {@link Identities#claimId}
 * @param patientId of the FHIR Patient
 * @param coverageId of the FHIR Coverage that paid
 * @param priorClaimNumber the payer's number of the claim that this one corrects (see {@link
 *     Reversals}), or null
 */
public record StoredClaim(
    ClaimKey key,
    UUID id,
    UUID patientId,
    UUID coverageId,
    @Nullable String priorClaimNumber,
    ClaimPayment claim) {}
