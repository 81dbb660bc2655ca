/**
 * The patients' own pages, below {@code /my}: how they get in, and what they see and do there.
 *
 * <p>In: a code from a statement with the patient's birth date, or a sign-in that was made with
 * one; and what patients ask for. Out: pages in the patient's language about the one account that
 * is open, by the reckoning of the next statement; payments, plans and flags by the same calls as
 * the office's; each look and each refusal on record. Never: another account than those that codes
 * opened, a code that is looked up before the try is counted, an answer that tells whether a code
 * exists, an amount that paper would not say, a payment above what is owed.
 */
@NullMarked
package org.openrcm.portal;

import org.jspecify.annotations.NullMarked;
