package org.openrcm.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets before the database gets them (AES-256-GCM), each for its place: copied to
 * another person's row it cannot be opened. What is kept is a byte for the form, the id of the key,
 * the nonce, and what was encrypted with its tag.
 */
@Component
public class Vault {
  private static final byte FORM = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD = 1 + Integer.BYTES + NONCE;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final VaultKeys keys;

  Vault(VaultKeys keys) {
    this.keys = keys;
  }

  /**
   * A vault beside a server, by keys that are there; none are made.
   *
   * @throws IOException when they are not, or are no keys
   */
  public static Vault of(Path keys) throws IOException {
    if (!Files.exists(keys)) {
      throw new IOException("there is no file of keys at " + keys);
    }
    return new Vault(new VaultKeys(keys));
  }

  /**
   * A secret as the database may have it.
   *
   * @param place where it is kept, such as {@code staff} and the person's id
   */
  public byte[] close(byte[] secret, String place) {
    VaultKeys.Key key = keys.newest();
    byte[] closed = encrypt(key.secret(), place, secret);
    return ByteBuffer.allocate(HEAD - NONCE + closed.length)
        .put(FORM)
        .putInt(key.id())
        .put(closed)
        .array();
  }

  /**
   * The secret.
   *
   * @throws IllegalStateException when it was kept elsewhere, was changed, or its key is gone
   */
  public byte[] open(byte[] kept, String place) {
    if (kept.length < HEAD || kept[0] != FORM) {
      throw new IllegalStateException("no secret of the vault");
    }
    ByteBuffer bytes = ByteBuffer.wrap(kept, 1, kept.length - 1);
    return decrypt(keys.key(bytes.getInt()).secret(), place, bytes);
  }

  /** Whether it is under the newest key. */
  public boolean isFresh(byte[] kept) {
    return kept.length >= HEAD
        && kept[0] == FORM
        && ByteBuffer.wrap(kept, 1, Integer.BYTES).getInt() == keys.newest().id();
  }

  /** Encrypted for a place: a nonce of its own, then the rest with its tag. */
  static byte[] encrypt(SecretKey key, String place, byte[] secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] closed = run(Cipher.ENCRYPT_MODE, key, nonce, place, ByteBuffer.wrap(secret));
    return ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
  }

  /**
   * What was encrypted for a place.
   *
   * @param kept as {@link #encrypt} gives it
   * @throws IllegalStateException when it is not from there, or not as it was
   */
  static byte[] decrypt(SecretKey key, String place, ByteBuffer kept) {
    if (kept.remaining() < NONCE) {
      throw new IllegalStateException("a secret is cut short at " + place);
    }
    byte[] nonce = new byte[NONCE];
    kept.get(nonce);
    return run(Cipher.DECRYPT_MODE, key, nonce, place, kept);
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, String place, ByteBuffer bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(
          bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be " + word(mode) + " at " + place, e);
    }
  }

  private static String word(int mode) {
    return mode == Cipher.ENCRYPT_MODE ? "closed" : "opened";
  }
}
