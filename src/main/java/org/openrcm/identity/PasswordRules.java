package org.openrcm.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a password must be: long, and not easily guessed (NIST SP 800-63B-4 3.1.1.2). */
public final class PasswordRules {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final int DIFFERENT = 5;

  private PasswordRules() {}

  /** What can be wrong with a password. */
  public enum Trouble {
    SHORT("Use at least 12 characters. A few words in a row are easy to remember."),
    LONG("Use at most 200 characters."),
    GUESSABLE(
        "This is easy to guess: leave out your name, your e-mail address and repeated letters.");

    private final String text;

    Trouble(String text) {
      this.text = text;
    }
  }

  /** What is wrong with it, to be shown at the field; null when nothing is. */
  static @Nullable String trouble(String password, String email, String name) {
    Trouble found = find(password, email, name);
    return found == null ? null : found.text;
  }

  /** What is wrong with it; null when nothing is. */
  static @Nullable Trouble find(String password, String email, String name) {
    if (password.length() < SHORTEST) {
      return Trouble.SHORT;
    }
    if (password.length() > LONGEST) {
      return Trouble.LONG;
    }
    String plain = password.toLowerCase(Locale.ROOT);
    if (plain.chars().distinct().count() < DIFFERENT
        || plain.contains("password")
        || plain.contains("openrcm")
        || contains(plain, email.toLowerCase(Locale.ROOT))
        || contains(plain, name.toLowerCase(Locale.ROOT))) {
      return Trouble.GUESSABLE;
    }
    return null;
  }

  private static boolean contains(String password, String word) {
    return !word.isBlank() && password.contains(word.strip());
  }
}
