/**
 * The practice's books: a double-entry journal that is only ever added to, and what its accounts
 * come to, now and at any moment before.
 *
 * <p>In: balanced entries, each for one document, of whoever posts. Out: balances, trial balance,
 * entries with the segment behind each line. Never: a changed or deleted row, an amount without a
 * document, an opinion of what a payer's decision means.
 */
@NullMarked
package org.openrcm.ledger;

import org.jspecify.annotations.NullMarked;
