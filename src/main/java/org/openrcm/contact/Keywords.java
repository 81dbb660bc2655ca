package org.openrcm.contact;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.openrcm.statement.RuleFile;

/** The words by which a message refuses more of them: {@code rules/refusal-keyword.tsv}. */
final class Keywords {
  private static final Set<String> WORDS =
      RuleFile.rows("refusal-keyword", "language", "words").stream()
          .map(row -> row.text("words"))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> POLITE = Set.of("please", "por favor", "thanks", "gracias");

  private Keywords() {}

  /** Whether it says no more than that, however it is written. */
  static boolean refuse(String message) {
    String said =
        message
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\s]", "")
            .replaceAll("\\s+", " ")
            .strip();
    for (String polite : POLITE) {
      said = (" " + said + " ").replace(" " + polite + " ", " ").strip();
    }
    return WORDS.contains(said);
  }
}
