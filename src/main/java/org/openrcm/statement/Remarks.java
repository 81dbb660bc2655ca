package org.openrcm.statement;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;

/**
 * What an insurer's remark code means for the patient, and what to do now: {@code
 * rules/patient-remark.tsv}. Remarks that change nothing for the patient have no words.
 */
public final class Remarks {
  private static final String LIST = "patient-remark";
  private static final CodeList ROWS = CodeList.load(LIST);

  static {
    ROWS.rows().forEach(row -> remark(row, Language.EN));
  }

  /**
   * A remark as the patient reads it.
   *
   * @param next what the patient can do; null when there is nothing to do
   */
  public record Remark(String label, String why, @Nullable String next) {}

  private Remarks() {}

  /** The remark of a code on the day of the insurer's decision; null for the newest words. */
  public static Optional<Remark> of(String code, @Nullable LocalDate day, Language language) {
    return ROWS.row(code, day).map(row -> remark(row, language));
  }

  /** Those of several codes in their order; what several of them say is said once. */
  public static List<Remark> of(
      Collection<String> codes, @Nullable LocalDate day, Language language) {
    return codes.stream().flatMap(code -> of(code, day, language).stream()).distinct().toList();
  }

  private static Remark remark(CodeList.Row row, Language language) {
    Words next = Words.optional(LIST, row, "next");
    return new Remark(
        Words.of(LIST, row, "words").in(language),
        Words.of(LIST, row, "why").in(language),
        next.isEmpty() ? null : next.in(language));
  }
}
