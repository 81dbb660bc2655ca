package org.openrcm.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an event is the gateway's, as Stripe signs: {@code t=1790000000,v1=hex}, the
 * HMAC-SHA256 of the second of signing, a dot and the body. Several {@code v1} may be there while
 * the secret is changed.
 */
final class WebhookSignature {
  static final String HEADER = "OpenRCM-Signature";
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST = 1000;

  private final byte[] secret;
  private final Clock clock;

  WebhookSignature(byte[] secret, Clock clock) {
    this.secret = secret.clone();
    this.clock = clock;
  }

  /** The header for a body that is sent now. */
  String sign(byte[] body) {
    String second = Long.toString(clock.instant().getEpochSecond());
    return "t=" + second + ",v1=" + HexFormat.of().formatHex(mac(second, body));
  }

  /** Whether this header was made of this body with the secret, not long ago. */
  boolean isRight(@Nullable String header, byte[] body) {
    if (header == null || header.length() > LONGEST) {
      return false;
    }
    String second = null;
    for (String part : header.split(",", -1)) {
      if (part.strip().matches("t=\\d{1,12}")) {
        second = part.strip().substring(2);
      }
    }
    if (second == null || !isFresh(Long.parseLong(second))) {
      return false;
    }
    byte[] wanted = mac(second, body);
    boolean right = false;
    for (String part : header.split(",", -1)) {
      if (part.strip().matches("v1=[0-9a-f]{64}")) {
        byte[] sent = HexFormat.of().parseHex(part.strip().substring(3));
        right |= MessageDigest.isEqual(wanted, sent);
      }
    }
    return right;
  }

  private boolean isFresh(long second) {
    Duration off = Duration.between(Instant.ofEpochSecond(second), clock.instant()).abs();
    return off.compareTo(TOLERANCE) <= 0;
  }

  private byte[] mac(String second, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update((second + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
