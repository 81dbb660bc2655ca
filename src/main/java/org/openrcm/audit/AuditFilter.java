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
import org.openrcm.web.Query;

/**
 * Which entries are asked for, as typed; and what is wrong with what was typed, by field.
 *
 * @param who part of an actor's name
 * @param action name of an {@link Action}
 * @param patient id of a FHIR Patient
 * @param from first day, yyyy-mm-dd, in the practice's time zone; {@code until} the last
 * @param outcome done or refused, empty for both
 * @param sort by which {@link AuditElement}, its key; empty for the time
 * @param order {@link #ASCENDING}, or anything else for descending
 * @param after the id of the entry behind which to go on
 */
public record AuditFilter(
    String who,
    String action,
    String patient,
    String from,
    String until,
    String outcome,
    String sort,
    String order,
    String after) {

  static final String REFUSED = "refused";
  static final String DONE = "done";
  static final String ASCENDING = "asc";

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
        value.apply("sort"),
        value.apply("order"),
        value.apply("after"));
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("who", who);
    values.put("action", action);
    values.put("patient", patient);
    values.put("from", from);
    values.put("until", until);
    values.put("outcome", outcome);
    values.put("sort", sort);
    values.put("order", order);
    values.put("after", after);
    return values;
  }

  /** The same but for one field, from the first entry on. */
  public AuditFilter with(String field, String value) {
    Map<String, String> values = values();
    values.put("after", "");
    values.put(field, value);
    return of(values);
  }

  /** As a column's head leads to: sorted by it, and if it is already, the other way round. */
  public AuditFilter by(AuditElement element) {
    boolean turn = "descending".equals(sorted(element));
    return with("sort", element.key()).with("order", turn ? ASCENDING : "");
  }

  /** How the entries are sorted by this element, in ARIA's words; null when they are not. */
  public @Nullable String sorted(AuditElement element) {
    return element() != element ? null : isAscending() ? "ascending" : "descending";
  }

  private AuditElement element() {
    return AuditElement.of(sort);
  }

  private boolean isAscending() {
    return order.equals(ASCENDING);
  }

  /** The address of a page with this filter. */
  public String address(String page) {
    return Query.address(page, values());
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
   *
   * @param zone in which days begin and end
   */
  String where(Map<String, Object> values, ZoneId zone) {
    StringBuilder where = new StringBuilder();
    if (!who.isEmpty()) {
      where.append(" and strpos(lower(replace(actor_name, '_', ' ')), lower(:who)) > 0");
      values.put("who", who.replace('_', ' '));
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
      values.put("from", start(first, zone));
    }
    LocalDate last = day(until);
    if (last != null) {
      where.append(" and recorded_at < :until");
      values.put("until", start(last.plusDays(1), zone));
    }
    if (outcome.equals(REFUSED)) {
      where.append(" and outcome > 0");
    } else if (outcome.equals(DONE)) {
      where.append(" and outcome = 0");
    }
    if (after.matches("\\d{1,18}")) {
      String by = element().sql();
      where.append(
          " and (%1$s, id) %2$s (select %1$s, id from audit_event where id = :after)"
              .formatted(by, isAscending() ? ">" : "<"));
      values.put("after", Long.parseLong(after));
    }
    return where.toString();
  }

  /** Their order in SQL; of two that are alike the later comes first, or last. */
  String orderBy() {
    String direction = isAscending() ? " asc" : " desc";
    return " order by " + element().sql() + direction + ", id" + direction;
  }

  private static Object start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toOffsetDateTime();
  }
}
