package org.openrcm.billing;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A dated crosswalk from a CAS triplet to what its amount counts as: {@code adjudication-category}
 * to a FHIR adjudication category (a code of HL7's adjudication system or of C4BBAdjudication),
 * {@code posting} to what it means for the ledger.
 *
 * <p>Every triplet has exactly one value. Source: {@code rules/<name>.tsv}, where {@code *} stands
 * for any group ({@code CAS01}) or any reason ({@code CAS02}, ...). A missing or malformed file, or
 * one without a row for every triplet, is an {@link IllegalStateException}.
 */
public final class AdjustmentCrosswalk {
  private static final String ANY = "*";
  private static final List<String> COLUMNS = List.of("group", "carc", "from", "to");
  private static final Map<String, AdjustmentCrosswalk> LOADED = new ConcurrentHashMap<>();

  // In each group's list the code is the CARC and the words are the value.
  private final Map<String, CodeList> groups = new HashMap<>();
  private final CodeList anyGroup;
  private final String fallback;

  AdjustmentCrosswalk(List<CodeList.Line> lines) {
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

  /** The crosswalk of that name on the classpath, read once and kept. */
  public static AdjustmentCrosswalk load(String name) {
    AdjustmentCrosswalk loaded = LOADED.get(name);
    return loaded != null
        ? loaded
        : LOADED.computeIfAbsent(
            name, file -> new AdjustmentCrosswalk(CodeList.lines(file, COLUMNS)));
  }

  /**
   * The value on that day (null: the newest row) by the most telling row: group and reason, then
   * the reason in any group, then the group, then any.
   */
  public String find(String group, String carc, @Nullable LocalDate on) {
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
