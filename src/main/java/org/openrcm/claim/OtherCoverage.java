package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;

/**
 * Another payer's coverage of the patient, with its decision where there was one: loop 2320.
 *
 * @param membership SBR
 * @param adjustments CAS of the claim as a whole
 * @param amounts AMT: {@code D} paid, {@code A8} not covered, {@code EAF} what remains of the
 *     patient's share
 * @param details OI, MIA and MOA
 * @param subscriber 2330A
 * @param payer 2330B; its DTP*573 is the day of the decision
 * @param providers 2330C on, as that payer knows them
 */
public record OtherCoverage(
    PlanMembership membership,
    List<Adjustment> adjustments,
    List<Amount> amounts,
    List<Detail> details,
    @Nullable Named subscriber,
    @Nullable Named payer,
    List<Named> providers) {}
