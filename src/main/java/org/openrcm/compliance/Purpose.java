package org.openrcm.compliance;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.openrcm.billing.CodeList;

/**
 * For what something was told: {@code rules/disclosure-purpose.tsv}.
 *
 * @param words for people of the office, and for the patient
 * @param counted whether an accounting has it
 * @param held whether an official can have it kept from the patient for a while
 * @param source where the law says so
 */
record Purpose(String code, String words, boolean counted, boolean held, String source) {
  private static final CodeList ROWS = CodeList.load("disclosure-purpose");
  private static final String YES = "yes";

  /** All of a day, in the order of the file. */
  static List<Purpose> on(LocalDate day) {
    return ROWS.rows().stream().filter(row -> row.holdsOn(day)).map(Purpose::of).toList();
  }

  static Optional<Purpose> of(String code, LocalDate day) {
    return ROWS.row(code, day).map(Purpose::of);
  }

  private static Purpose of(CodeList.Row row) {
    return new Purpose(
        row.code(),
        row.words(),
        YES.equals(row.more().get("counted")),
        YES.equals(row.more().get("held")),
        row.more().getOrDefault("source", ""));
  }
}
