package org.openrcm.portal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.payment.CardNumbers;
import org.springframework.util.MultiValueMap;

/** What people type into forms. */
final class Typed {
  /** Of a text in somebody's own words. */
  static final int LONGEST = 500;

  private static final int SHORT = 60;

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
    return CardNumbers.isIn(words) ? new Trouble("words", "error.card", "") : null;
  }
}
