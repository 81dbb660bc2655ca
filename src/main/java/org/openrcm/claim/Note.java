package org.openrcm.claim;

/** NTE: a code that says of what, and free text. */
public record Note(String code, String text) {}
