package org.openrcm.claim;

/**
 * A submission was loaded, in the running transaction.
 *
 * @param number of the submission
 */
public record SubmissionLoaded(long number) {}
