package org.openrcm.claim;

import org.jspecify.annotations.Nullable;

/**
 * Who holds the policy, and whom it is billed to: loop 2000B.
 *
 * @param facts PAT, when the subscriber is the patient; null when not sent
 * @param person 2010BA
 * @param payer 2010BB
 */
public record Subscriber(
    PlanMembership membership, @Nullable PatientFacts facts, Named person, Named payer) {}
