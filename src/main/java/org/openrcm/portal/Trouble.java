package org.openrcm.portal;

/**
 * What is wrong with a form.
 *
 * @param field at which it stands; {@code all} above the form
 * @param key of its text
 * @param value in the text; empty when it has none
 */
record Trouble(String field, String key, String value) {}
