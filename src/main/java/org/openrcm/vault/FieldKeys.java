package org.openrcm.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the key of a practice gives: one that encrypts (AES-256-GCM), and one that makes marks. What
 * is kept is a byte for the form, the nonce, and what was encrypted with its tag.
 */
public final class FieldKeys {
  private static final byte FORM = 1;
  private static final String HMAC = "HmacSHA256";

  private final SecretKey encrypts;
  private final SecretKey marks;

  private FieldKeys(SecretKey encrypts, SecretKey marks) {
    this.encrypts = encrypts;
    this.marks = marks;
  }

  static FieldKeys of(byte[] secret) {
    SecretKey key = new SecretKeySpec(secret, HMAC);
    return new FieldKeys(
        new SecretKeySpec(hmac(key, "encrypt"), "AES"), new SecretKeySpec(hmac(key, "mark"), HMAC));
  }

  /**
   * Those of the practice that {@code app.practice} names, for who has no server.
   *
   * @return null when it has none yet, or the vault cannot open it
   */
  public static @Nullable FieldKeys of(Connection connection, Vault vault) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(FieldKeysVerification.KEYS)) {
      if (!rows.next()) {
        return null;
      }
      try {
        String place = FieldVault.place(rows.getObject(1, UUID.class));
        return of(vault.open(rows.getBytes(2), place));
      } catch (IllegalStateException e) {
        return null;
      }
    }
  }

  /** Whether it may be what {@link #close} makes. */
  public static boolean isClosed(byte[] kept) {
    return kept.length > 0 && kept[0] == FORM;
  }

  /**
   * A value as the database may have it.
   *
   * @param field what it is, or where: it opens as nothing else
   */
  public byte[] close(byte[] value, String field) {
    byte[] closed = Vault.encrypt(encrypts, field, value);
    return ByteBuffer.allocate(1 + closed.length).put(FORM).put(closed).array();
  }

  /**
   * The value.
   *
   * @throws IllegalStateException when it was changed, or is another field's or practice's
   */
  public byte[] open(byte[] kept, String field) {
    if (!isClosed(kept)) {
      throw new IllegalStateException("a closed value of " + field + " was changed");
    }
    return Vault.decrypt(encrypts, field, ByteBuffer.wrap(kept, 1, kept.length - 1));
  }

  byte[] mark(String value) {
    return hmac(marks, value);
  }

  private static byte[] hmac(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
