package org.openrcm.report;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a part of a list begins: behind a day and some numbers. */
final class After {
  private static final String SPLIT = "_";

  private After() {}

  /** The day that is after all others. */
  static final String INFINITY = "infinity";

  static String key(Object... values) {
    return Stream.of(values).map(Object::toString).collect(Collectors.joining(SPLIT));
  }

  /**
   * A condition on columns, their values into the map; none when the key is not one.
   *
   * @param columns a day, then numbers and texts as the key has them
   * @param sign {@code >} where the list goes upwards
   */
  static String beyond(String key, String columns, String sign, Map<String, Object> values) {
    String[] parts = key.split(SPLIT, -1);
    if (parts.length != columns.split(", ", -1).length || !isDay(parts[0])) {
      // somebody changed the address: from the beginning
      return "";
    }
    values.put("after0", parts[0]);
    StringBuilder wanted = new StringBuilder("cast(:after0 as date)");
    for (int i = 1; i < parts.length; i++) {
      boolean number = parts[i].matches("\\d{1,18}");
      values.put("after" + i, number ? Long.valueOf(parts[i]) : parts[i]);
      wanted.append(", :after").append(i);
    }
    return " and (%s) %s (%s)".formatted(columns, sign, wanted);
  }

  /** Of a list of numbers downwards: the one after which the next part begins. */
  static long number(String key) {
    return key.matches("\\d{1,18}") ? Long.parseLong(key) : Long.MAX_VALUE;
  }

  private static boolean isDay(String text) {
    try {
      return text.equals(INFINITY) || text.equals(LocalDate.parse(text).toString());
    } catch (DateTimeException e) {
      return false;
    }
  }
}
