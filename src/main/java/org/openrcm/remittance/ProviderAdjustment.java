package org.openrcm.remittance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * Money that moves between payer and provider apart from any claim: a pair of a PLB segment.
 *
 * @param provider PLB01
 * @param fiscalPeriodEnd PLB02
 * @param reason PLB03-1, such as {@code WO} recovery, {@code FB} forward balance, {@code L6}
 *     interest
 * @param reference PLB03-2, the number by which it is followed from check to check
 * @param amount positive lowers the payment, negative raises it (PLB04)
 * @param segment number of its PLB in the transaction set
 */
public record ProviderAdjustment(
    String provider,
    @Nullable LocalDate fiscalPeriodEnd,
    String reason,
    @Nullable String reference,
    Money amount,
    long segment) {}
