package org.openrcm.account;

import java.util.Collection;

/**
 * Something that is not in the books has changed about accounts: a flag, a plan, a statement, a
 * language, a contact, what was told of how people may be reached. Told in the transaction of the
 * change.
 *
 * @param accounts by their numbers
 */
public record AccountsTouched(Collection<Long> accounts) {}
