/**
 * The patient's own pages, below {@code /my}: what is owed and why, paying it, plans, disputes,
 * help with the bill.
 *
 * <p>In: a signed-in patient or a guest with a statement's code, and what they ask for. Out: their
 * one account, by the reckoning of the next statement, in their language; payments, plans and flags
 * by the same calls as the office's. Never: another person's account, an amount that paper would
 * not say, a payment above what is owed, a look without a row on the record.
 */
@NullMarked
package org.openrcm.portal;

import org.jspecify.annotations.NullMarked;
