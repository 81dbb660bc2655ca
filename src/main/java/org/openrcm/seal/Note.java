package org.openrcm.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/**
 * A text and who signed it: a signed note, as transparency logs write them (C2SP signed-note).
 *
 * @param text lines, each with its end
 * @param signer name of the key
 * @param signature in base64: four bytes by which the key is known, then the Ed25519 signature of
 *     the text
 */
record Note(String text, String signer, String signature) {
  /** What the first line of every note here begins with. */
  static final String ORIGIN = "openrcm/";

  private static final String BY = "\u2014 ";
  private static final int HINT = 4;

  static Note sign(String text, VerifyingKey key, PrivateKey secret) {
    try {
      Signature signing = Signature.getInstance("Ed25519");
      signing.initSign(secret);
      signing.update(text.getBytes(StandardCharsets.UTF_8));
      byte[] signature = signing.sign();
      ByteBuffer bytes = ByteBuffer.allocate(HINT + signature.length);
      bytes.put(key.hint()).put(signature);
      return new Note(text, key.name(), Base64.getEncoder().encodeToString(bytes.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  /**
   * The note that was written so.
   *
   * @param written text, an empty line, the line of its signature
   * @throws IllegalArgumentException when it is no note
   */
  static Note parse(String written) {
    int end = written.indexOf("\n\n" + BY);
    String[] signed = end < 0 ? new String[0] : written.substring(end + 2).strip().split(" ", 3);
    if (signed.length != 3) {
      throw new IllegalArgumentException("no signed note");
    }
    return new Note(written.substring(0, end + 1), signed[1], signed[2]);
  }

  /** Whether it has a signature at all: what was cut off while it was written has none. */
  static boolean isWhole(String written) {
    return written.contains("\n\n" + BY);
  }

  String written() {
    return text + "\n" + BY + signer + " " + signature + "\n";
  }

  boolean isSignedBy(VerifyingKey key) {
    if (!signer.equals(key.name())) {
      return false;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(signature);
      return bytes.length > HINT
          && key.verifies(text.getBytes(StandardCharsets.UTF_8), bytes, HINT);
    } catch (IllegalArgumentException e) {
      return false; // no base64
    }
  }
}
