package org.openrcm.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets before the database gets them (AES-256-GCM), each for its place: copied to
 * another person's row it cannot be opened. What is kept is a byte for the form, the id of the key,
 * the nonce, and what was encrypted with its tag.
 */
@Component
class Vault {
  private static final byte FORM = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD = 1 + Integer.BYTES + NONCE;

  private final VaultKeys keys;
  private final SecureRandom random = new SecureRandom();

  Vault(VaultKeys keys) {
    this.keys = keys;
  }

  /**
   * A secret as the database may have it.
   *
   * @param place where it is kept, such as {@code staff} and the person's id
   */
  byte[] close(byte[] secret, String place) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    VaultKeys.Key key = keys.newest();
    byte[] closed = run(Cipher.ENCRYPT_MODE, key, nonce, place, secret);
    return ByteBuffer.allocate(HEAD + closed.length)
        .put(FORM)
        .putInt(key.id())
        .put(nonce)
        .put(closed)
        .array();
  }

  /**
   * The secret.
   *
   * @throws IllegalStateException when it was kept elsewhere, was changed, or its key is gone
   */
  byte[] open(byte[] kept, String place) {
    if (kept.length < HEAD || kept[0] != FORM) {
      throw new IllegalStateException("no secret of the vault");
    }
    ByteBuffer bytes = ByteBuffer.wrap(kept, 1, kept.length - 1);
    VaultKeys.Key key = keys.key(bytes.getInt());
    byte[] nonce = new byte[NONCE];
    bytes.get(nonce);
    return run(Cipher.DECRYPT_MODE, key, nonce, place, Arrays.copyOfRange(kept, HEAD, kept.length));
  }

  /** Whether it is under the newest key. */
  boolean isFresh(byte[] kept) {
    return kept.length >= HEAD
        && kept[0] == FORM
        && ByteBuffer.wrap(kept, 1, Integer.BYTES).getInt() == keys.newest().id();
  }

  private static byte[] run(int mode, VaultKeys.Key key, byte[] nonce, String place, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be " + word(mode) + " at " + place, e);
    }
  }

  private static String word(int mode) {
    return mode == Cipher.ENCRYPT_MODE ? "closed" : "opened";
  }
}
