package org.openrcm.claim;

import java.util.UUID;

/**
 * A remittance was brought together with the claims that it decides, in the running transaction.
 *
 * @param again whether it was there before, from another file
 */
public record RemittanceFollowed(UUID remittanceId, boolean again) {}
