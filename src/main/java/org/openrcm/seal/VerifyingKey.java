package org.openrcm.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key by which checkpoints are checked, written as {@code name+hint+key} (C2SP signed-note): the
 * hint in hex, the key in base64 after a byte that says Ed25519.
 */
record VerifyingKey(String name, PublicKey key) {
  private static final byte ED25519 = 1;
  private static final int LENGTH = 32;

  /** What stands before the key itself in its X.509 form (RFC 8410 section 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /**
   * The key that is written so.
   *
   * @throws IllegalArgumentException when none is
   */
  static VerifyingKey parse(String written) {
    // base64 has + too
    String[] parts = written.split("\\+", 3);
    byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
    if (typed.length != LENGTH + 1 || typed[0] != ED25519) {
      throw new IllegalArgumentException("no verifying key");
    }
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + LENGTH);
    System.arraycopy(typed, 1, encoded, PREFIX.length, LENGTH);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      VerifyingKey verifying = new VerifyingKey(parts[0], key);
      if (!HexFormat.of().formatHex(verifying.hint()).equals(parts[1])) {
        throw new IllegalArgumentException("a verifying key whose hint is another's");
      }
      return verifying;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no verifying key", e);
    }
  }

  String written() {
    return name
        + "+"
        + HexFormat.of().formatHex(hint())
        + "+"
        + Base64.getEncoder().encodeToString(typed());
  }

  byte[] hint() {
    Hash hash = Hash.over((name + "\n").getBytes(StandardCharsets.UTF_8), typed());
    return Arrays.copyOf(hash.bytes(), 4);
  }

  boolean verifies(byte[] text, byte[] signature, int from) {
    if (!Arrays.equals(hint(), Arrays.copyOf(signature, from))) {
      return false;
    }
    try {
      Signature checking = Signature.getInstance("Ed25519");
      checking.initVerify(key);
      checking.update(text);
      return checking.verify(signature, from, signature.length - from);
    } catch (GeneralSecurityException e) {
      return false; // bytes that are no signature at all
    }
  }

  private byte[] typed() {
    byte[] encoded = key.getEncoded();
    byte[] typed = new byte[LENGTH + 1];
    typed[0] = ED25519;
    System.arraycopy(encoded, encoded.length - LENGTH, typed, 1, LENGTH);
    return typed;
  }
}
