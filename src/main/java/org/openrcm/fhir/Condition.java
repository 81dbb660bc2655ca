package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A condition of a search in SQL, with the values of its question marks. Under row-level security
 * an index is used only for operators that cannot tell what they were given: =, &lt;, &gt; and
 * their like. LIKE, functions of a column and operators of arrays would read every row.
 */
record Condition(String sql, List<Object> values) {
  static final Condition ALWAYS = new Condition("true", List.of());
  static final Condition NEVER = new Condition("false", List.of());

  static Condition of(String sql, Object... values) {
    return new Condition(sql, List.of(values));
  }

  /**
   * That {@code column} is one of these; never, if there are none.
   *
   * @param type {@code uuid} or {@code text}
   */
  static Condition in(String column, String type, List<?> values) {
    if (values.isEmpty()) {
      return NEVER;
    }
    if (values.size() == 1) {
      // lets an index that is led by the column give its rows in order
      return of(column + " = ?::" + type, values.get(0));
    }
    Object array =
        type.equals("uuid") ? values.toArray(UUID[]::new) : values.toArray(String[]::new);
    return of(column + " = any(?::" + type + "[])", array);
  }

  static Condition all(List<Condition> conditions) {
    return joined(conditions, " and ", ALWAYS);
  }

  static Condition any(List<Condition> conditions) {
    return joined(conditions, " or ", NEVER);
  }

  private static Condition joined(List<Condition> conditions, String word, Condition none) {
    if (conditions.isEmpty()) {
      return none;
    }
    List<Object> values = new ArrayList<>();
    conditions.forEach(condition -> values.addAll(condition.values()));
    return new Condition(
        conditions.stream().map(Condition::sql).collect(Collectors.joining(word, "(", ")")),
        values);
  }

  Condition and(Condition other) {
    return all(Arrays.asList(this, other));
  }
}
