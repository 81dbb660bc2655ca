package org.openrcm.audit;

import java.util.Locale;

/**
 * What an entry of the record has, all of which entries can be sorted by (45 CFR 170.315(d)(3)): in
 * the order in which it is shown.
 */
enum AuditElement {
  WHEN("When", "id"),
  WHO("Who", text("actor_name")),
  ACTION("Did", text("action")),
  WHAT("What", text("subject_type")),
  ID("Id of what", text("coalesce(subject_id, '')")),
  QUERY("Search", "coalesce(query, '')"),
  PATIENT("Patient id", text("coalesce(patient_id::text, '')")),
  OUTCOME("Outcome", "outcome"),
  WHY("Why refused", text("coalesce(outcome_text, '')")),
  ADDRESS("Address", text("coalesce(address, '')")),
  KIND("Kind", text("actor_kind")),
  ROLES("Roles", text("roles")),
  PURPOSE("Purpose", text("purpose")),
  REQUEST("Request", text("request_id"));

  private final String word;
  private final String sql;

  AuditElement(String word, String sql) {
    this.word = word;
    this.sql = sql;
  }

  /** Sorted as it is, whatever the language of the database. */
  private static String text(String column) {
    return "(" + column + ") collate \"C\"";
  }

  /** As it stands in addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is called. */
  public String word() {
    return word;
  }

  /** By what it is sorted. */
  String sql() {
    return sql;
  }

  /** The one of this key; the time where there is none. */
  static AuditElement of(String key) {
    for (AuditElement each : values()) {
      if (each.key().equals(key)) {
        return each;
      }
    }
    return WHEN;
  }
}
