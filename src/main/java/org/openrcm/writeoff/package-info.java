/**
 * Money that the practice gives up: bad debt, help with the bill, small balances.
 *
 * <p>In: what somebody proposes for visits of an account, and what somebody else decides. Out: an
 * entry of the journal for each visit, and its opposite when it is undone; that of a part when an
 * insurer pays it after all. Never: more than is owed, one person who proposes and approves, an
 * amount above the limit of who approves, an effect twice.
 */
@NullMarked
package org.openrcm.writeoff;

import org.jspecify.annotations.NullMarked;
