package org.openrcm.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys of the {@link Vault}: a file outside the database, 32 bytes in base64 on each line. The
 * last line is the one that encrypts, those before it still open. It is made at the first start,
 * for its owner's eyes; servers that share a database share it.
 */
@Component
class VaultKeys {
  private static final int BYTES = 32;

  private final List<Key> keys;

  /**
   * A key.
   *
   * @param id made from it
   */
  record Key(int id, SecretKey secret) {
    static Key of(String line) {
      byte[] bytes = Base64.getDecoder().decode(line.strip());
      if (bytes.length != BYTES) {
        throw new IllegalArgumentException();
      }
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new Key(ByteBuffer.wrap(hash).getInt(), new SecretKeySpec(bytes, "AES"));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    /** Not the key: records print themselves into logs. */
    @Override
    public String toString() {
      return "Key";
    }
  }

  VaultKeys(@Value("${openrcm.secrets.keys}") Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    try {
      this.keys =
          Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
              .filter(line -> !line.isBlank())
              .map(Key::of)
              .toList();
    } catch (IllegalArgumentException e) {
      // not as the cause: its message has what the file has
      throw new IOException("a line of " + file + " is no key: 32 bytes in base64");
    }
    if (keys.isEmpty()) {
      throw new IOException("there is no key in " + file);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    } catch (FileAlreadyExistsException e) {
      // another server that starts now was first
    }
  }

  Key newest() {
    return keys.get(keys.size() - 1);
  }

  Key key(int id) {
    return keys.stream()
        .filter(key -> key.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the key of a secret is not among the keys any more"));
  }
}
