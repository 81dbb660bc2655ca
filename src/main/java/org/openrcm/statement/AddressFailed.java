package org.openrcm.statement;

/**
 * A bill did not arrive at an account's e-mail address, and no other would. Told in the transaction
 * in which it is noted.
 *
 * @param account its number
 */
public record AddressFailed(long account, String email) {}
