package org.openrcm.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Seen.SeenCoverage;

/**
 * By what the same person is known again in a practice: name and birth date, since member numbers
 * differ from insurer to insurer; without a birth date name and member number. Case, accents,
 * blanks and punctuation make no difference. Whom a claim does not describe so far is known by that
 * claim's number alone: two people are not made one by what is missing.
 */
final class PersonKey {
  private static final int DIGITS = 40;

  private PersonKey() {}

  static String of(Seen seen) {
    String name = name(seen.patient().lastName(), seen.patient().firstName());
    LocalDate birth = seen.patient().birthDate();
    if (name != null && birth != null) {
      return born(name, birth.toString());
    }
    SeenCoverage first = seen.first();
    String member = first == null ? "" : folded(first.memberId());
    return member.isEmpty()
        ? digest("claim", seen.control(), name)
        : digest("member", member, name);
  }

  /** Of somebody of this name and birth date; null while one of them is not known. */
  static @Nullable String of(
      @Nullable String lastName, @Nullable String firstName, @Nullable String birthDate) {
    String name = name(lastName, firstName);
    return name == null || birthDate == null ? null : born(name, birthDate);
  }

  private static String born(String name, String birthDate) {
    return digest("person", name, birthDate);
  }

  private static @Nullable String name(@Nullable String last, @Nullable String first) {
    String name = folded(last) + "," + folded(first);
    return name.length() == 1 ? null : name;
  }

  /** Letters and digits alone, in capitals. */
  static String folded(@Nullable String text) {
    return text == null
        ? ""
        : Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("[^\\p{L}\\p{Nd}]", "")
            .toUpperCase(Locale.ROOT);
  }

  /** Of texts in their order, as a short one. */
  static String digest(@Nullable String... texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        if (text != null) {
          digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
