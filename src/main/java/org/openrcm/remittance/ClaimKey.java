package org.openrcm.remittance;

/**
 * A claim's place among all that was loaded; in this order claims were loaded.
 *
 * @param remittanceNumber the check's number
 * @param ordinal the claim's place in the check, from 1
 */
public record ClaimKey(long remittanceNumber, int ordinal) {}
