package org.openrcm.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;

/**
 * What patients call a service, by the number of its code: {@code rules/service-kind.tsv}. The
 * descriptions of the code owners are licensed, so none of them is here.
 */
public final class ServiceKinds {
  private static final String ANY = "*";
  private static final String REST = "ANY";
  private static final String REVENUE = "NU";
  private static final Map<String, List<Range>> LISTS = new HashMap<>();

  static {
    for (RuleFile.Row row :
        RuleFile.rows("service-kind", "list", "first", "last", "words", "words_es")) {
      LISTS.computeIfAbsent(row.text("list"), list -> new ArrayList<>()).add(Range.of(row));
    }
  }

  private static final Words FALLBACK =
      LISTS.getOrDefault(REST, List.of()).stream()
          .findFirst()
          .map(Range::words)
          .orElseThrow(() -> new IllegalStateException("rules/service-kind.tsv: no row " + REST));

  /** A code in parts: codes of one range differ only in the number. */
  private record Code(String head, int digits, int number, String tail) {
    private static final Pattern FORM = Pattern.compile("([A-Z]?)(\\d{2,5})([A-Z]?)");

    static @Nullable Code of(String text) {
      Matcher parts = FORM.matcher(text);
      return parts.matches()
          ? new Code(
              parts.group(1),
              parts.group(2).length(),
              Integer.parseInt(parts.group(2)),
              parts.group(3))
          : null;
    }

    boolean isAlike(Code other) {
      return head.equals(other.head) && tail.equals(other.tail) && digits == other.digits;
    }
  }

  /** Codes from the first to the last; all there are when these are null. */
  record Range(@Nullable Code first, @Nullable Code last, Words words) {

    static Range of(RuleFile.Row row) {
      Words words = row.words("words");
      if (row.text("first").equals(ANY) && row.text("last").equals(ANY)) {
        return new Range(null, null, words);
      }
      Code first = Code.of(row.text("first"));
      Code last = Code.of(row.text("last"));
      if (first == null || last == null || !first.isAlike(last) || first.number > last.number) {
        throw row.wrong("first and last are no range of codes");
      }
      return new Range(first, last, words);
    }

    boolean has(@Nullable Code code) {
      return first == null
          || last == null
          || (code != null
              && code.isAlike(first)
              && code.number >= first.number
              && code.number <= last.number);
    }
  }

  private ServiceKinds() {}

  /** The kind of a service: by its procedure, otherwise by its revenue code. */
  public static String of(
      @Nullable Procedure procedure, @Nullable String revenueCode, Language language) {
    Words words = procedure == null ? null : find(procedure.qualifier(), procedure.code());
    if (words == null && revenueCode != null) {
      words = find(REVENUE, revenueCode);
    }
    return (words == null ? FALLBACK : words).in(language);
  }

  private static @Nullable Words find(String list, String text) {
    String code = text.strip().toUpperCase(Locale.ROOT);
    String from = list.equals("HC") && code.startsWith("D") ? "AD" : list;
    // paper and old systems drop the leading zero
    Code parts = Code.of(from.equals(REVENUE) && code.length() == 3 ? "0" + code : code);
    return from.equals(REST)
        ? null
        : LISTS.getOrDefault(from, List.of()).stream()
            .filter(range -> range.has(parts))
            .findFirst()
            .map(Range::words)
            .orElse(null);
  }
}
