package org.openrcm.billing;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The crosswalk from a CAS triplet to the FHIR adjudication category that its amount falls under.
 *
 * <p>Every triplet has exactly one category, a code of HL7's adjudication system or of
 * C4BBAdjudication. Source: {@code rules/adjudication-category.tsv}, where {@code *} stands for any
 * group ({@code CAS01}) or any reason ({@code CAS02}, ...). A missing or malformed file, or one
 * without a row for every triplet, is an {@link IllegalStateException}.
 */
public final class AdjudicationCategory {
  private static final String ANY = "*";
  private static final List<String> COLUMNS = List.of("group", "carc", "from", "to", "category");

  private static volatile @Nullable AdjudicationCategory loaded;

  // In each group's list the code is the CARC and the words are the category.
  private final Map<String, CodeList> groups = new HashMap<>();
  private final CodeList anyGroup;
  private final String fallback;

  AdjudicationCategory(List<CodeList.Line> lines) {
    for (CodeList.Line line : lines) {
      groups
          .computeIfAbsent(line.required(0), group -> new CodeList())
          .add(line, line.row(1, 2, 3, 4, Map.of()));
    }
    CodeList any = groups.get(ANY);
    CodeList.Row last = any == null ? null : any.find(ANY, null);
    if (any == null || last == null || last.from() != null || last.to() != null) {
      throw new IllegalStateException(
          lines.get(0).file() + ": needs an undated row for any group and any carc");
    }
    anyGroup = any;
    fallback = last.words();
  }

  /** The crosswalk of the classpath, read once and kept. */
  public static AdjudicationCategory load() {
    AdjudicationCategory crosswalk = loaded;
    if (crosswalk == null) {
      // Two threads that come first read it twice, to the same result.
      crosswalk = new AdjudicationCategory(CodeList.lines("adjudication-category", COLUMNS));
      loaded = crosswalk;
    }
    return crosswalk;
  }

  /**
   * The category on that day (null: the newest row) by the most telling row: group and reason, then
   * the reason in any group, then the group, then any.
   */
  public String category(String group, String carc, @Nullable LocalDate on) {
    CodeList own = groups.get(group);
    CodeList.Row row = own == null ? null : own.find(carc, on);
    if (row == null) {
      row = anyGroup.find(carc, on);
    }
    if (row == null && own != null) {
      row = own.find(ANY, on);
    }
    return row == null ? fallback : row.words();
  }
}
