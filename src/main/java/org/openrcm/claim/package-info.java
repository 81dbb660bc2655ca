/**
 * The 837 as billed (005010X222, X223, X224), and what payers and clearinghouses acknowledged of
 * it.
 *
 * <p>In: segments of 837, 999, TA1 and 277CA, placed in their loops by {@code x12}. Out: {@link
 * org.openrcm.claim.Submission}s and their {@link org.openrcm.claim.Claim}s, one at a time, as
 * sent; 837s written from them; each claim's status. Never: a charge or code changed, a decision
 * about money, or a whole transaction set held in memory.
 */
@NullMarked
package org.openrcm.claim;

import org.jspecify.annotations.NullMarked;
