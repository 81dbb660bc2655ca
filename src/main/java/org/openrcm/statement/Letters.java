package org.openrcm.statement;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Which letters the fonts of paper have: Latin, Greek and Cyrillic. Hebrew and Arabic would need
 * their own order, others their own shapes: what is written in them is written in Latin letters on
 * paper, and as it is on a screen.
 */
final class Letters {
  private static final Pattern PRINTABLE =
      Pattern.compile(
          "[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}\\p{IsCommon}\\p{IsInherited}"
              + "&&[\\u0020-\\u052f\\u1e00-\\u1fff\\u2010-\\u203a\\u20a0-\\u20bf\\u2122\\u2212]]*");
  private static final Pattern OTHERS = Pattern.compile("[^\\u0020-\\u024f\\u1e00-\\u1eff]");
  private static final Transliterator TO_LATIN =
      Transliterator.getInstance("Any-Latin; Any-Title; NFC; [[:Mn:][\\u02b0-\\u02ff]] Remove");

  private Letters() {}

  /** Letters with their accents in one: fonts have them so. */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** In letters that can be printed; what has no Latin ones at all is a question mark. */
  static String printable(String text) {
    String composed = composed(text);
    if (PRINTABLE.matcher(composed).matches()) {
      return composed;
    }
    String latin;
    synchronized (TO_LATIN) {
      latin = composed(TO_LATIN.transliterate(composed));
    }
    return OTHERS.matcher(latin).replaceAll("?");
  }
}
