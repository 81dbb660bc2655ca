package org.openrcm.collections;

import java.time.Instant;
import java.util.UUID;

/**
 * That somebody holds an account: nobody else does, until it is given up or runs out.
 *
 * @param number of the account
 * @param holder the collector, by their id
 * @param until when it runs out unless it is renewed
 */
record Lease(UUID id, long number, UUID holder, String holderName, Instant since, Instant until) {}
