/**
 * Patients, who pays for them, their coverages in order and how to reach them: one account for each
 * person, with all the claims for them.
 *
 * <p>In: what claims say of their patients, what remittances add, what people correct by hand. Out:
 * which account a claim is on, what is owed on it by whom and why, now and at any moment before.
 * Never: a diagnosis or a procedure, a claim that undoes what somebody set by hand, a guess that
 * two people are one.
 */
@NullMarked
package org.openrcm.account;

import org.jspecify.annotations.NullMarked;
