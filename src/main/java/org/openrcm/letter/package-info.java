/**
 * Letters of follow-up: what statements do not say, such as that a promise was not kept.
 *
 * <p>In: that a letter is wanted for a reason, each reason once. Out: letters on the practice's
 * paper, asked of the contact firewall when they are printed, kept as they were sent and noted as
 * contacts. Never: a letter that the firewall forbids, one that waits and says not why, a diagnosis
 * or a procedure.
 */
@NullMarked
package org.openrcm.letter;

import org.jspecify.annotations.NullMarked;
