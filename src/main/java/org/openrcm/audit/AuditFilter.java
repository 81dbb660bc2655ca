package org.openrcm.audit;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for, as typed; and what is wrong with what was typed, by field.
 *
 * @param who part of an actor's name
 * @param action name of an {@link Action}
 * @param patient id of a FHIR Patient
 * @param from first day, yyyy-mm-dd, in the server's time zone; {@code until} the last
 * @param outcome done or refused, empty for both
 * @param after the id before which to go on
 */
public record AuditFilter(
    String who,
    String action,
    String patient,
    String from,
    String until,
    String outcome,
    String after) {

  static final String REFUSED = "refused";
  static final String DONE = "done";

  /** Of the parameters of a request; unknown ones are passed over. */
  public static AuditFilter of(Map<String, String> sent) {
    Function<String, String> value = name -> sent.getOrDefault(name, "").strip();
    return new AuditFilter(
        value.apply("who"),
        value.apply("action"),
        value.apply("patient"),
        value.apply("from"),
        value.apply("until"),
        value.apply("outcome"),
        value.apply("after"));
  }

  /** What cannot be understood, by field, in plain words; empty when all is well. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    if (!patient.isEmpty() && patientId() == null) {
      troubles.put("patient", "Give the whole id, such as 3f2b8c1e-5a64-5d0e-9c11-7d2f0a6b9e42.");
    }
    if (!from.isEmpty() && day(from) == null) {
      troubles.put("from", "Give a date as year-month-day, such as 2026-03-04.");
    }
    if (!until.isEmpty() && day(until) == null) {
      troubles.put("until", "Give a date as year-month-day, such as 2026-03-04.");
    }
    LocalDate first = day(from);
    LocalDate last = day(until);
    if (first != null && last != null && last.isBefore(first)) {
      troubles.put("until", "The last day is before the first. Swap them.");
    }
    return troubles;
  }

  public boolean isAll() {
    return (who + action + patient + from + until + outcome).isEmpty();
  }

  @Nullable UUID patientId() {
    try {
      UUID id = UUID.fromString(patient);
      return id.toString().equals(patient.toLowerCase(Locale.ROOT)) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * The conditions in SQL, each beginning with {@code and}; their values go into {@code values}.
   */
  String where(Map<String, Object> values) {
    StringBuilder where = new StringBuilder();
    if (!who.isEmpty()) {
      where.append(" and strpos(lower(actor_name), lower(:who)) > 0");
      values.put("who", who);
    }
    if (!action.isEmpty()) {
      where.append(" and action = :action");
      values.put("action", action);
    }
    UUID id = patientId();
    if (id != null) {
      where.append(" and patient_id = :patient");
      values.put("patient", id);
    }
    LocalDate first = day(from);
    if (first != null) {
      where.append(" and recorded_at >= :from");
      values.put("from", start(first));
    }
    LocalDate last = day(until);
    if (last != null) {
      where.append(" and recorded_at < :until");
      values.put("until", start(last.plusDays(1)));
    }
    if (outcome.equals(REFUSED)) {
      where.append(" and outcome > 0");
    } else if (outcome.equals(DONE)) {
      where.append(" and outcome = 0");
    }
    if (after.matches("\\d{1,18}")) {
      where.append(" and id < :after");
      values.put("after", Long.parseLong(after));
    }
    return where.toString();
  }

  private static Object start(LocalDate day) {
    return day.atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime();
  }
}
