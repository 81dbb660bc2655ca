package org.openrcm.contact;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openrcm.statement.RuleFile;

/** The rules of contact, as {@code rules/contact-rule.tsv} has them. */
final class Rules {
  private static final String ALL = "all";
  private static final String BUT = ALL + " but ";

  private static final List<Rule> ALL_ROWS =
      RuleFile.rows(
              "contact-rule",
              "pack",
              "rule",
              "from",
              "to",
              "roles",
              "states",
              "kind",
              "channels",
              "purposes",
              "limits",
              "title",
              "words")
          .stream()
          .map(Rules::rule)
          .toList();

  private Rules() {}

  /** Every row, in force or not. */
  static List<Rule> all() {
    return ALL_ROWS;
  }

  static Rule rule(RuleFile.Row row) {
    LocalDate from = row.day("from");
    if (from == null) {
      throw row.wrong("column from is empty: it is the version of the rule");
    }
    try {
      return new Rule(
          row.text("pack"),
          row.text("rule"),
          from,
          row.day("to"),
          Arrays.stream(CollectorRole.values())
              .filter(role -> row.text("roles").contains(role.code()))
              .collect(Collectors.toUnmodifiableSet()),
          Set.copyOf(split(row.optional("states"))),
          RuleKind.valueOf(row.text("kind")),
          some(row.text("channels"), EnumSet.allOf(Channel.class), Channel::valueOf),
          some(row.text("purposes"), EnumSet.allOf(Purpose.class), Purpose::valueOf),
          limits(row.optional("limits")),
          row.text("title"),
          row.text("words"));
    } catch (IllegalArgumentException e) {
      throw row.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** {@code all}, {@code all but A B} or {@code A B}. */
  private static <E extends Enum<E>> Set<E> some(
      String text, EnumSet<E> all, Function<String, E> name) {
    if (text.equals(ALL)) {
      return all;
    }
    boolean but = text.startsWith(BUT);
    Set<E> named =
        split(but ? text.substring(BUT.length()) : text).stream()
            .map(name)
            .collect(Collectors.toSet());
    all.removeIf(each -> named.contains(each) == but);
    return all;
  }

  private static List<String> split(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(" "));
  }

  /** {@code most=7; days=7}. */
  private static Map<String, String> limits(String text) {
    Map<String, String> limits = new LinkedHashMap<>();
    for (String limit : text.isBlank() ? new String[0] : text.split("; ")) {
      int sign = limit.indexOf('=');
      if (sign < 1) {
        throw new IllegalArgumentException("limit " + limit + " is not name=value");
      }
      limits.put(limit.substring(0, sign), limit.substring(sign + 1));
    }
    return Map.copyOf(limits);
  }
}
