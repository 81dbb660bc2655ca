package org.openrcm.posting;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;

/**
 * Until when a denial can be appealed: {@code rules/appeal-deadline.tsv}, days from the day of the
 * check by the kind of plan.
 */
final class AppealDeadlines {
  private static final List<CodeList.Row> ROWS = CodeList.load("appeal-deadline").rows();

  /** The last day ({@code w.until}) of a check {@code q} and a claim payment {@code cp}. */
  static final String JOIN =
      """
      cross join lateral (
        select q.day + d.days as until from unnest(cast(:plans as text[]), cast(:firsts as date[]),
          cast(:lasts as date[]), cast(:days as int[])) as d (plan, first, last, days)
        where d.plan in (cp.filing_indicator, 'ANY')
          and (d.first is null or d.first <= q.day) and (d.last is null or d.last >= q.day)
        order by d.plan = 'ANY' limit 1) w
      """;

  private AppealDeadlines() {}

  /** The values that {@link #JOIN} needs. */
  static Map<String, Object> values() {
    return Map.of(
        "plans", texts(CodeList.Row::code),
        "firsts", texts(row -> text(row.from())),
        "lasts", texts(row -> text(row.to())),
        "days", ROWS.stream().map(row -> Integer.valueOf(row.words())).toArray(Integer[]::new));
  }

  private static @Nullable String text(@Nullable Object day) {
    return day == null ? null : day.toString();
  }

  private static String[] texts(Function<CodeList.Row, @Nullable String> value) {
    return ROWS.stream().map(value).toArray(String[]::new);
  }

  /** How many days there are and by which rule, in words, for the page. */
  static List<String> words() {
    return ROWS.stream()
        .map(
            row ->
                "%s days %s (%s)"
                    .formatted(
                        row.words(),
                        row.code().equals("ANY") ? "for all others" : "for " + plan(row.code()),
                        Objects.requireNonNullElse(row.more().get("source"), "")))
        .toList();
  }

  private static String plan(String code) {
    return CodeList.load("claim-filing-indicator").words(code, null).orElse(code);
  }
}
