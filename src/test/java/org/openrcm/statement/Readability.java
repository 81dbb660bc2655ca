package org.openrcm.statement;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How hard a text is to read: the grade of Flesch and Kincaid for English, the ease of Fernández
 * Huerta and of Szigriszt (INFLESZ) for Spanish. Figures that are filled in count as a short word.
 */
final class Readability {
  private static final Pattern PLACE = Pattern.compile("\\{[a-z0-9]+}");
  private static final Pattern END = Pattern.compile("(?<=[.?!])\\s+");
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
  private static final Pattern NUCLEI =
      Pattern.compile("[íú]|[iuü]?[aeoáéó](?:[iuüy](?![aeoáéó]))?|[iuü]+|y(?![a-záéíóú])");
  // What the rules below get wrong.
  private static final Map<String, Integer> KNOWN =
      Map.ofEntries(
          Map.entry("medicare", 3),
          Map.entry("medicaid", 3),
          Map.entry("area", 3),
          Map.entry("coinsurance", 4),
          Map.entry("being", 2),
          Map.entry("lower", 2),
          Map.entry("something", 2),
          Map.entry("someone", 2),
          Map.entry("sometimes", 2),
          Map.entry("opinion", 3),
          Map.entry("video", 3),
          Map.entry("fda", 3),
          Map.entry("pdf", 3),
          Map.entry("id", 2),
          Map.entry("email", 2));

  private Readability() {}

  /** The sentences of a text; what has no full stop at its end is a label and none. */
  static List<String> sentences(String text) {
    return Stream.of(END.split(text.strip()))
        .filter(sentence -> sentence.matches("(?s).*[.?!]"))
        .toList();
  }

  static int words(String sentence) {
    return words(sentence, "").size();
  }

  static double grade(String sentence) {
    List<String> words = words(sentence, "ten");
    int syllables = words.stream().mapToInt(Readability::englishSyllables).sum();
    return 0.39 * words.size() + 11.8 * syllables / words.size() - 15.59;
  }

  static double fernandezHuerta(String sentence) {
    List<String> words = words(sentence, "diez");
    return 206.84 - 60 * spanishSyllables(words) / words.size() - 1.02 * words.size();
  }

  static double inflesz(String sentence) {
    List<String> words = words(sentence, "diez");
    return 206.835 - 62.3 * spanishSyllables(words) / words.size() - words.size();
  }

  private static List<String> words(String sentence, String figure) {
    String filled = PLACE.matcher(sentence).replaceAll(figure.isEmpty() ? "x" : figure);
    return Stream.of(filled.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}’]+"))
        .filter(word -> word.matches(".*[\\p{L}\\p{N}].*"))
        .toList();
  }

  static int englishSyllables(String word) {
    Integer known = KNOWN.get(word);
    if (known != null) {
      return known;
    }
    String plain = word.replaceAll("’s?$", "").replace("’", "");
    int count = (int) VOWELS.matcher(plain).results().count();
    boolean silent =
        plain.matches(".*[^aeiouyl]e|.*[aeiouy]le|.*[aeiouy][^aeiouytd]+ed|.*[^aeiouytd]ed")
            || plain.matches(".*[^aeiouyszxc]es") && !plain.matches(".*([sc]h|[cg])es")
            || plain.matches(".*[aeiou][^aeiouyszxcgh]e(ly|ment|ful|less)s?");
    int more = plain.matches(".*(ia|io[^u]|[^q]ual|uou|creat|iet).*") ? 1 : 0;
    int fewer = plain.matches(".*([tsc]ion|[tcg]ia|[tcg]io).*") ? 1 : 0;
    return Math.max(1, count - (silent ? 1 : 0) + more - fewer);
  }

  private static double spanishSyllables(List<String> words) {
    return words.stream().mapToInt(Readability::spanishSyllables).sum();
  }

  static int spanishSyllables(String word) {
    String plain =
        Normalizer.normalize(word, Normalizer.Form.NFC)
            .replaceAll("qu([eiéí])", "k$1")
            .replaceAll("gu([eiéí])", "g$1");
    return Math.max(1, (int) NUCLEI.matcher(plain).results().count());
  }
}
