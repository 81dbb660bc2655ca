package org.openrcm.payment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for once, however often it is sent: a key of the sender's, and a digest of the
 * rest, by which a key that is used for something else is noticed.
 */
record Wish(String key, String hash) {
  private static final int LONGEST = 100;

  static Wish of(String key, @Nullable Object... of) {
    if (key.isBlank() || key.length() > LONGEST) {
      throw new IllegalArgumentException("IDEMPOTENCY_KEY");
    }
    String all = Stream.of(of).map(Objects::toString).collect(Collectors.joining("\n"));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(all.getBytes(StandardCharsets.UTF_8));
      return new Wish(key, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Nothing when what was asked before with this key is the same.
   *
   * @throws Refused when it is not
   */
  void mustBe(@Nullable String before) {
    if (!hash.equals(before)) {
      throw new Refused(Refused.Reason.SENT_BEFORE);
    }
  }
}
