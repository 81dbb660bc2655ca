package org.openrcm.statement;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;

/**
 * What an insurer's reason means for the patient: {@code rules/patient-reason.tsv}.
 *
 * <p>A group and CARC without a row, and an amount without any, get a sentence that says so and
 * offers help; the first is the only one that shows a code.
 */
public final class Reasons {
  /** Of what is the patient's because the claim names no insurer. */
  static final String NO_INSURER = "SELF";

  private static final String LIST = "patient-reason";
  private static final String REST = "ANY";
  private static final String NO_CODE = "NONE";
  private static final Set<String> GROUPS = Set.of("PR", "CO", "OA", "PI");
  private static final CodeList ROWS = CodeList.load(LIST);
  private static final Map<CodeList.Row, Said> SAID = new HashMap<>();

  static {
    ROWS.rows().forEach(row -> SAID.put(row, new Said(row)));
  }

  /**
   * A reason as the patient reads it.
   *
   * @param label such as {@code Deductible}
   * @param why one sentence
   * @param known false of the fallback: nothing is known of this reason but its code
   */
  public record Reason(String label, String why, boolean known) {}

  /** The words of a row; those with amounts are empty where there are none. */
  private record Said(Words label, Words why, Words amounts) {
    private Said(CodeList.Row row) {
      this(
          Words.of(LIST, row, "words"),
          Words.of(LIST, row, "why"),
          Words.optional(LIST, row, "amounts"));
    }
  }

  private Reasons() {}

  /**
   * The reason of a group and CARC.
   *
   * @param day of the insurer's decision, null for the newest words
   * @param amounts such as {@code share}, {@code agreed} and {@code percent}, as they are to be
   *     read; the sentence goes without when one that it needs is not here
   */
  public static Reason of(
      String group,
      String carc,
      @Nullable LocalDate day,
      Language language,
      Map<String, String> amounts) {
    CodeList.Row row = find(group, carc, day);
    if (row == null) {
      Said rest = said(ROWS.row(carc.isEmpty() ? NO_CODE : REST, null).orElseThrow());
      String code = group.isEmpty() ? carc : group + "-" + carc;
      return new Reason(
          rest.label().in(language), rest.why().in(language, Map.of("code", code)), false);
    }
    Said said = said(row);
    Words why =
        !said.amounts().isEmpty() && said.amounts().takes(amounts) ? said.amounts() : said.why();
    return new Reason(said.label().in(language), why.in(language, amounts), true);
  }

  /** The reason of a code as the journal has it, such as {@code PR-1}. */
  public static Reason of(
      String code, @Nullable LocalDate day, Language language, Map<String, String> amounts) {
    int dash = code.indexOf('-');
    return dash < 0
        ? of("", code, day, language, amounts)
        : of(code.substring(0, dash), code.substring(dash + 1), day, language, amounts);
  }

  /** What OA and PI have no row of their own for is said as for CO. */
  private static CodeList.@Nullable Row find(String group, String carc, @Nullable LocalDate day) {
    if (group.isEmpty() && carc.equals(NO_INSURER)) {
      return ROWS.row(NO_INSURER, day).orElse(null);
    }
    if (!GROUPS.contains(group)) {
      return null;
    }
    CodeList.Row own = ROWS.row(group + carc, day).orElse(null);
    return own == null && !group.equals("PR") ? ROWS.row("CO" + carc, day).orElse(null) : own;
  }

  private static Said said(CodeList.Row row) {
    return Objects.requireNonNull(SAID.get(row));
  }
}
