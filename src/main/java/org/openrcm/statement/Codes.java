package org.openrcm.statement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * The codes on statements by which patients get at their bill: ten of thirty letters and figures
 * that cannot be taken for one another, 49 bits. A code alone opens nothing: the birth date goes
 * with it.
 */
public final class Codes {
  /** How long one opens a bill, from the bill's day on. */
  public static final int VALID_DAYS = 180;

  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Codes() {}

  /** In two halves, such as {@code 7KQ2M-XW4PD}. */
  static String fresh() {
    StringBuilder code = new StringBuilder(LENGTH + 1);
    for (int i = 0; i < LENGTH; i++) {
      if (i == LENGTH / 2) {
        code.append('-');
      }
      code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  /** By which a code is looked up, however it was typed. */
  public static byte[] hash(String typed) {
    return sha256(plain(typed).getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether it can be a code at all, however it was typed. */
  public static boolean isCode(String typed) {
    String code = plain(typed);
    return code.length() == LENGTH && code.chars().allMatch(each -> LETTERS.indexOf(each) >= 0);
  }

  private static String plain(String typed) {
    return typed.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
