package org.openrcm.billing;

/** REF: an identifier and the qualifier that says whose and what it is (REF01, REF02). */
public record Reference(String qualifier, String value) {}
