package org.openrcm.statement;

/**
 * How patients reach the practice.
 *
 * @param phone empty while the practice has not said it, as {@code hours}
 */
public record Contact(String name, String phone, String hours) {}
