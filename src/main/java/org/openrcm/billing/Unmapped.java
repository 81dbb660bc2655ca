package org.openrcm.billing;

/**
 * A segment that the mapping has no place for, kept as it was sent.
 *
 * @param segment its number in the transaction set, ST being 1
 * @param text with its own delimiters, without the terminator
 */
public record Unmapped(long segment, String text) {}
