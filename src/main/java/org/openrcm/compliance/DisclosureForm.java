package org.openrcm.compliance;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Sent;

/**
 * The form by which a disclosure is noted, as typed.
 *
 * @param on the day, yyyy-mm-dd
 * @param key of the form: sent twice it is one disclosure
 */
record DisclosureForm(
    String on,
    String recipient,
    String address,
    String description,
    String purpose,
    String reason,
    String key) {

  private static final int LONGEST = 300;

  static DisclosureForm empty() {
    return new DisclosureForm("", "", "", "", "", "", UUID.randomUUID().toString());
  }

  static DisclosureForm of(Map<String, String> sent) {
    return new DisclosureForm(
        Sent.value(sent, "on"),
        line(sent, "recipient"),
        line(sent, "address"),
        line(sent, "description"),
        Sent.value(sent, "purpose"),
        line(sent, "reason"),
        Sent.value(sent, "key"));
  }

  /** A line of text, not longer than the database's rows are shown. */
  static String line(Map<String, String> sent, String name) {
    String text = Sent.value(sent, name).replaceAll("\\p{Cntrl}", " ");
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  @Nullable LocalDate day() {
    return day(on);
  }

  /** A day as forms send it; null when it is none. */
  static @Nullable LocalDate day(String text) {
    try {
      return text.length() == "2026-01-31".length() ? LocalDate.parse(text) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The form's key as an id; one of its own for what our pages did not send. */
  UUID id() {
    return key(key);
  }

  static UUID key(String text) {
    return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? UUID.fromString(text)
        : UUID.randomUUID();
  }

  /** What is wrong, by field. */
  Map<String, String> troubles(LocalDate today) {
    Map<String, String> troubles = new LinkedHashMap<>();
    LocalDate day = day();
    if (day == null || day.isAfter(today)) {
      troubles.put("on", "Give the day on which it was told, today or before.");
    }
    if (recipient.isEmpty()) {
      troubles.put("recipient", "Say who was told: the name of the office or person.");
    }
    if (description.isEmpty()) {
      troubles.put("description", "Say in brief what was told, such as: bills of March 2026.");
    }
    if (Purpose.of(purpose, day == null ? today : day).isEmpty()) {
      troubles.put("purpose", "Choose what it was for.");
    }
    if (reason.isEmpty()) {
      troubles.put("reason", "Say why in brief, or which paper asked for it.");
    }
    return troubles;
  }
}
