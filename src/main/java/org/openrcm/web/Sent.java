package org.openrcm.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a browser sends, as the database can keep it. */
public final class Sent {

  private Sent() {}

  /** Without blanks around it and without character 0, which PostgreSQL does not know. */
  public static String text(String sent) {
    return sent.replace("\0", "").strip();
  }

  /** A value of an address or a form; empty when it was not sent. */
  public static String value(Map<String, String> sent, String name) {
    return text(sent.getOrDefault(name, ""));
  }

  /** A day as typed, such as 2026-03-31; null when it is none, or none of our time. */
  public static @Nullable LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      return day.getYear() > 0 && day.getYear() < 10_000 ? day : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Says, by field, that what was typed is no day; nothing is none that was left out. */
  public static void checkDay(String field, String text, Map<String, String> troubles) {
    if (!text.isEmpty() && day(text) == null) {
      troubles.put(field, "Enter a day like 2026-03-31.");
    }
  }
}
