package org.openrcm.statement;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Which letters the fonts of paper have: Latin, Greek and Cyrillic. Hebrew and Arabic would need
 * their own order, others their own shapes.
 */
final class Letters {
  private static final Pattern PRINTABLE =
      Pattern.compile("[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}\\p{IsCommon}&&[^\\p{So}\\p{Co}]]*");

  private Letters() {}

  static boolean canPrint(String text) {
    return PRINTABLE.matcher(composed(text)).matches();
  }

  /** Letters with their accents in one: fonts have them so. */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  static String printable(String text) {
    return composed(text);
  }
}
