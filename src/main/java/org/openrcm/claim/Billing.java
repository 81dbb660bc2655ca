package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who bills: loop 2000A.
 *
 * @param taxonomy PRV03
 * @param currency CUR02, null for US dollars
 * @param provider 2010AA
 * @param payTo 2010AB: another address for payments, or null
 * @param payToPlan 2010AC: a plan that paid for the claim and wants it back, or null
 * @param details segments of the loop that nothing reckons with
 */
public record Billing(
    @Nullable String taxonomy,
    @Nullable String currency,
    Named provider,
    @Nullable Named payTo,
    @Nullable Named payToPlan,
    List<Detail> details) {}
