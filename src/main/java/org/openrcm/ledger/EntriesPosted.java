package org.openrcm.ledger;

/**
 * Entries were posted: told in the transaction that posts them.
 *
 * @param first number of the first of them, {@code last} of the last
 */
public record EntriesPosted(long first, long last) {}
