package org.openrcm.claim;

import org.jspecify.annotations.Nullable;

/**
 * SBR: how somebody is insured by one payer (2000B of the payer billed, 2320 of another).
 *
 * @param sequence SBR01: {@code P} primary, {@code S} secondary, {@code T} tertiary, {@code A}-
 *     {@code H}, {@code U} unknown
 * @param relationship SBR02: {@code 18} self; in 2000B empty when the patient is somebody else; in
 *     2320 the patient's relationship to that subscriber
 * @param group SBR03
 * @param groupName SBR04
 * @param insuranceType SBR05: why Medicare is not primary
 * @param filingIndicator SBR09: kind of plan
 */
public record PlanMembership(
    @Nullable String sequence,
    @Nullable String relationship,
    @Nullable String group,
    @Nullable String groupName,
    @Nullable String insuranceType,
    @Nullable String filingIndicator) {

  /** Where a file says nothing of it. */
  static final PlanMembership UNKNOWN = new PlanMembership(null, null, null, null, null, null);
}
