/**
 * How what payers decided gets into the books, and what the books say of it.
 *
 * <p>In: claims, claim payments, and what people decide about them. Out: entries of the ledger, and
 * pages and answers that lead from each figure to its entries and to the segments behind them.
 * Never: an amount that no segment says, a change of what was posted.
 */
@NullMarked
package org.openrcm.posting;

import org.jspecify.annotations.NullMarked;
