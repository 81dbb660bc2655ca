package org.openrcm.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a password must be: long, and not easily guessed (NIST SP 800-63B-4 3.1.1.2). */
final class PasswordRules {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final int DIFFERENT = 5;

  private PasswordRules() {}

  /** What is wrong with it, to be shown at the field; null when nothing is. */
  static @Nullable String trouble(String password, String email, String name) {
    if (password.length() < SHORTEST) {
      return "Use at least 12 characters. A few words in a row are easy to remember.";
    }
    if (password.length() > LONGEST) {
      return "Use at most 200 characters.";
    }
    String plain = password.toLowerCase(Locale.ROOT);
    if (plain.chars().distinct().count() < DIFFERENT
        || plain.contains("password")
        || plain.contains("openrcm")
        || contains(plain, email.toLowerCase(Locale.ROOT))
        || contains(plain, name.toLowerCase(Locale.ROOT))) {
      return "This is easy to guess: leave out your name, your e-mail address and repeated letters.";
    }
    return null;
  }

  private static boolean contains(String password, String word) {
    return !word.isBlank() && password.contains(word.strip());
  }
}
