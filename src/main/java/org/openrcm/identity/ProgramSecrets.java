package org.openrcm.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * How secrets of programs are kept: as {@link Tokens} are, since nobody chose them. A slow hash
 * would guard 256 random bits no better, and would cost a tenth of a second and 19 MiB for each
 * token that anybody asks for.
 */
final class ProgramSecrets extends AbstractValidatingPasswordEncoder {
  private static final String PREFIX = "sha256:";

  private final PasswordEncoder earlier;

  /**
   * Opens what is kept.
   *
   * @param earlier how secrets of older programs were kept
   */
  ProgramSecrets(PasswordEncoder earlier) {
    this.earlier = earlier;
  }

  /** What is kept of a secret that {@link Tokens#random} made. */
  static String hash(String secret) {
    return PREFIX + HexFormat.of().formatHex(Tokens.hash(secret));
  }

  @Override
  protected String encodeNonNullPassword(String secret) {
    return hash(secret);
  }

  @Override
  protected boolean matchesNonNull(String secret, String kept) {
    return kept.startsWith(PREFIX)
        ? MessageDigest.isEqual(bytes(hash(secret)), bytes(kept))
        : earlier.matches(secret, kept);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
