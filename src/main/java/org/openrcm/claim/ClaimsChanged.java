package org.openrcm.claim;

import java.util.Set;

/**
 * In the running transaction, claims began or ceased to count as sent, or what came back for one
 * turned out to belong to another.
 *
 * @param claims numbers of all claims that are concerned
 */
public record ClaimsChanged(Set<Long> claims) {}
