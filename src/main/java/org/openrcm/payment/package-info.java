/**
 * What patients pay: cash and cheques at the desk, cards through a gateway; what it is applied to,
 * refunds, receipts, and plans to pay in parts.
 *
 * <p>In: what somebody of the office takes, what the gateway's signed events tell, and the wish of
 * a payer. Out: balanced entries of the journal, each exactly once whatever is sent twice; what an
 * account owes now, its credit and its plan. What was paid for a visit goes with it when another
 * claim takes the place of the one that it was paid for. Never: the number of a card, a visit that
 * a payment brings below zero, an amount that is taken without the journal.
 */
@NullMarked
package org.openrcm.payment;

import org.jspecify.annotations.NullMarked;
