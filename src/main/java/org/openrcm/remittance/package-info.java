/**
 * The 835 as paid: what a payer says about a check and the claims on it (005010X221A1).
 *
 * <p>In: the segments of an 835, placed in their loops by {@code x12}. Out: {@link
 * org.openrcm.remittance.Remittance} and its {@link org.openrcm.remittance.ClaimPayment}s, as sent,
 * with findings where they do not balance. Never: an amount changed to make something balance, a
 * decision about posting, or a whole check held in memory.
 */
@NullMarked
package org.openrcm.remittance;

import org.jspecify.annotations.NullMarked;
