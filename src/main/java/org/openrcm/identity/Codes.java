package org.openrcm.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** The six digits that an authenticator app shows (RFC 6238: SHA-1, 30 seconds). */
@Component
class Codes {
  private static final int SECRET_BYTES = 20;
  private static final int DIGITS = 6;

  private final TimeBasedOneTimePasswordGenerator generator =
      new TimeBasedOneTimePasswordGenerator();
  private final Clock clock;

  Codes(Clock clock) {
    this.clock = clock;
  }

  byte[] newSecret() {
    return Tokens.bytes(SECRET_BYTES);
  }

  /**
   * The time step that {@code code} belongs to, when it is right now, or was or will be 30 seconds
   * away: clocks of telephones differ. Blanks in it do not matter.
   */
  OptionalLong step(byte[] secret, String code) {
    String digits = code.replaceAll("\\s", "");
    if (digits.length() != DIGITS) {
      return OptionalLong.empty();
    }
    long length = generator.getTimeStep().toSeconds();
    long now = clock.instant().getEpochSecond() / length;
    OptionalLong found = OptionalLong.empty();
    for (long step = now - 1; step <= now + 1; step++) {
      if (same(at(secret, Instant.ofEpochSecond(step * length)), digits)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private String at(byte[] secret, Instant time) {
    try {
      return generator.generateOneTimePasswordString(
          new SecretKeySpec(secret, generator.getAlgorithm()), time);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
