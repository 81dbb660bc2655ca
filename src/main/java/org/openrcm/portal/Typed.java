package org.openrcm.portal;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What people type into forms. */
final class Typed {
  /** Of a text in somebody's own words. */
  static final int LONGEST = 500;

  private static final int SHORT = 60;
  private static final Pattern CARD = Pattern.compile("\\d(?:[ -]?\\d){12,18}");

  private Typed() {}

  /** A field of one line: without what cannot be seen, and not longer than any fair value. */
  static String line(MultiValueMap<String, String> sent, String name) {
    String text = Objects.requireNonNullElse(sent.getFirst(name), "");
    String clean = text.replaceAll("\\p{Cntrl}", "").strip();
    return clean.substring(0, Math.min(clean.length(), SHORT));
  }

  /** A field of many lines, whole: what is too long is for the form to say. */
  static String words(MultiValueMap<String, String> sent, String name) {
    String text = Objects.requireNonNullElse(sent.getFirst(name), "");
    return text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n]]", "").strip();
  }

  /** What is wrong with somebody's own words; null when nothing is. */
  static @Nullable Trouble trouble(String words) {
    if (words.length() > LONGEST) {
      return new Trouble("words", "error.long", String.valueOf(LONGEST));
    }
    return hasCard(words) ? new Trouble("words", "error.card", "") : null;
  }

  /** Whether there is the number of a card in it: none may ever be kept here. */
  static boolean hasCard(String text) {
    return CARD.matcher(text)
        .results()
        .anyMatch(found -> isCard(found.group().replaceAll("\\D", "")));
  }

  /** By its check digit (ISO/IEC 7812-1, Luhn). */
  private static boolean isCard(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      sum += i % 2 == 0 ? digit : doubled;
    }
    return sum % 10 == 0;
  }
}
