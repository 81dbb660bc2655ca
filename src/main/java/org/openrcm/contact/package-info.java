/**
 * Whom the office may call or write to, when and why: the contact firewall, what patients told of
 * how to reach them, and the log of every contact.
 *
 * <p>In: contacts that were made, consents, wishes and refusals, what else is known of an account,
 * and dated packs of rules. Out: one decision for each channel with the word of every rule and the
 * next allowed moment, stored so that it can be made again. Never: a contact that is forgotten
 * because a rule forbade it, a rule in code that is not dated in a file, an audit row for a
 * decision: who shows it or acts on it writes that.
 */
@NullMarked
package org.openrcm.contact;

import org.jspecify.annotations.NullMarked;
