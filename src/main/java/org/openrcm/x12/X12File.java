package org.openrcm.x12;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A received file: its bytes stay as they came, whatever is read from them.
 *
 * @param name what findings call it
 * @param path where its bytes are
 */
public record X12File(String name, Path path) {
  private static final int BUFFER = 1 << 16;

  public static X12File of(Path path) {
    Path fileName = path.getFileName();
    return new X12File(fileName == null ? path.toString() : fileName.toString(), path);
  }

  /** The X12 bytes, decompressed when the file is gzip. */
  public InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, BUFFER) : in;
  }

  /** SHA-256 of the bytes as received, in lower-case hexadecimal. */
  public String sha256() throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(new BufferedInputStream(file, BUFFER), digest)
          .transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
