package org.openrcm.statement;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.billing.CodeList;

/** One text in every {@link Language}; figures have their places in it, as {@code {share}}. */
record Words(String english, String spanish) {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

  /** The words of two columns of a dated list, the second one named as the first with _es. */
  static Words of(String list, CodeList.Row row, String column) {
    Words words = optional(list, row, column);
    if (words.english.isEmpty()) {
      throw new IllegalStateException(
          "rules/%s.tsv code %s: column %s is empty".formatted(list, row.code(), column));
    }
    return words;
  }

  /** The same, where a row may leave both columns empty. */
  static Words optional(String list, CodeList.Row row, String column) {
    String english = column.equals("words") ? row.words() : row.more().get(column);
    String spanish = row.more().get(column + "_es");
    if (english == null || spanish == null || english.isEmpty() != spanish.isEmpty()) {
      throw new IllegalStateException(
          "rules/%s.tsv code %s: columns %s and %s_es do not both have words"
              .formatted(list, row.code(), column, column));
    }
    return new Words(english, spanish);
  }

  boolean isEmpty() {
    return english.isEmpty();
  }

  String in(Language language) {
    return language == Language.ES ? spanish : english;
  }

  /** Whether each place in the text has a value. */
  boolean takes(Map<String, String> values) {
    return PLACE.matcher(english).results().allMatch(place -> values.containsKey(place.group(1)));
  }

  /** The text with its places filled; one that has no value stays as it is. */
  String in(Language language, Map<String, String> values) {
    return PLACE
        .matcher(in(language))
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }
}
