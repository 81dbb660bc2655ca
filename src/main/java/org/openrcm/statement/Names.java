package org.openrcm.statement;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openrcm.billing.Person;

/** Names as people write them. Files have most of them in capitals. */
public final class Names {
  private static final Pattern SMALL = Pattern.compile("\\p{Ll}");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(['’][\\p{L}\\p{M}]+)*");
  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "II|III|IV|MD|DO|DDS|DMD|DPM|NP|CNM|APRN|PA|LLC|LLP|PLLC|PC|HMO|PPO|EPO|BCBS|AARP|USA");

  /** The second capital of O'Hara and of McAllister. */
  private static final Pattern INNER = Pattern.compile("(?<=^\\p{Lu}['’]|^Mc)\\p{Ll}");

  private Names() {}

  static String of(Person person) {
    return person.organization()
        ? written(Objects.requireNonNullElse(person.lastName(), ""))
        : of(person.firstName(), person.middleName(), person.lastName(), person.suffix());
  }

  static String of(@org.jspecify.annotations.Nullable String... parts) {
    return Stream.of(parts)
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Names::written)
        .collect(Collectors.joining(" "));
  }

  /** What is all in capitals in small letters after the first; the rest as it is. */
  public static String written(String name) {
    if (SMALL.matcher(name).find()) {
      return name;
    }
    return WORD.matcher(name)
        .replaceAll(
            word ->
                ABBREVIATION.matcher(word.group()).matches() ? word.group() : cased(word.group()));
  }

  private static String cased(String word) {
    String small = word.substring(0, 1) + word.substring(1).toLowerCase(Locale.ROOT);
    return INNER.matcher(small).replaceFirst(found -> found.group().toUpperCase(Locale.ROOT));
  }
}
