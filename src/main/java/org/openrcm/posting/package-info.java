/**
 * What payers decide, brought into the books.
 *
 * <p>In: claims, claim payments, provider adjustments, and what people decide about them. Out:
 * entries for {@code ledger}, exceptions for people. The ledger is a function of those facts: for
 * each document {@link org.openrcm.posting.Settlement} tells the lines that it is to have in total,
 * and what is posted is the difference to what it has. So the order of files cannot matter, undoing
 * is posting that a check is not posted, and a preview is the same reckoning with the check assumed
 * posted. Never: an amount that no segment says, a silent guess which claim a payment is for, a
 * check whose cash is not BPR02.
 */
@NullMarked
package org.openrcm.posting;

import org.jspecify.annotations.NullMarked;
