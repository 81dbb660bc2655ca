package org.openrcm.billing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids made from content: the same parts give the same id in every run, file and system. The first
 * 128 bits of a SHA-256 over the parts, as 32 hexadecimal digits.
 */
public final class ContentId {
  private static final int BYTES = 16;
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(ContentId::sha256);

  private ContentId() {}

  /** The id of these parts; null counts as empty text. */
  public static String of(@Nullable Object... parts) {
    MessageDigest digest = DIGEST.get();
    StringBuilder text = new StringBuilder(160);
    for (Object part : parts) {
      // a separator that no X12 text has, so that parts cannot run into each other
      text.append(part == null ? "" : part.toString()).append('\u0000');
    }
    byte[] hash = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, BYTES);
  }

  /**
   * The 128 bits of an id, as the database keeps them.
   *
   * @throws IllegalArgumentException when it is not 32 hexadecimal digits
   */
  public static UUID uuid(String id) {
    if (id.length() != 2 * BYTES) {
      throw new IllegalArgumentException("an id has 32 hexadecimal digits");
    }
    return new UUID(
        HexFormat.fromHexDigitsToLong(id, 0, BYTES),
        HexFormat.fromHexDigitsToLong(id, BYTES, 2 * BYTES));
  }

  /** The id of these 128 bits. */
  public static String text(UUID id) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(id.getMostSignificantBits())
        + hex.toHexDigits(id.getLeastSignificantBits());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
