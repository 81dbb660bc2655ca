package org.openrcm.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a form.
 *
 * @param field at which it stands; {@code all} above the form
 * @param key of its text
 * @param value in the text; empty when it has none
 */
record Trouble(String field, String key, String value) {

  /** In their order. */
  static Map<String, Trouble> byField(List<Trouble> troubles) {
    Map<String, Trouble> byField = new LinkedHashMap<>();
    troubles.forEach(trouble -> byField.putIfAbsent(trouble.field(), trouble));
    return byField;
  }
}
