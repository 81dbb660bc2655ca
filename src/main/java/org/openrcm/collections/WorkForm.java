package org.openrcm.collections;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Sent;

/**
 * The form of the work screen, as typed.
 *
 * @param fields by their names; those that are missing are empty
 */
record WorkForm(Map<String, String> fields) {
  private static final int LONGEST = 2000;

  /** What a collector can type. */
  private static final List<String> NAMES =
      List.of(
          "act",
          "inbound",
          "number",
          "note",
          "amount",
          "day",
          "instalments",
          "first",
          "visit",
          "until",
          "to",
          "rest");

  static final WorkForm EMPTY = new WorkForm(Map.of());

  WorkForm {
    fields = Map.copyOf(fields);
  }

  /** Only what the form has, cut off where it is longer than anything that is meant. */
  static WorkForm of(Map<String, String> sent) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = Sent.value(sent, name);
      if (!value.isEmpty()) {
        fields.put(name, value.substring(0, Math.min(value.length(), LONGEST)));
      }
    }
    return new WorkForm(fields);
  }

  /** The value of a field; empty for nothing. */
  public String value(String name) {
    return fields.getOrDefault(name, "");
  }

  /** The same, or what stands there while nothing was typed. */
  public String value(String name, String otherwise) {
    return fields.isEmpty() ? otherwise : value(name);
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  @Nullable Act act() {
    return Act.of(value("act"));
  }

  boolean isInbound() {
    return !value("inbound").isEmpty();
  }

  /**
   * A day of the form.
   *
   * @throws Refused NO_DAY
   */
  LocalDate day(String name) {
    try {
      return LocalDate.parse(value(name));
    } catch (DateTimeParseException e) {
      throw new Refused(Refused.Reason.NO_DAY);
    }
  }
}
