package org.openrcm.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The key that signs, and those before it. Each is introduced by a note that the one before signed;
 * the first signs its own. A new one takes over when the old one is old; the old secret is gone
 * then.
 */
final class SealKeys {
  private static final String INTRODUCTION = Note.ORIGIN + "keys";

  private final SealFolder folder;
  private Signing current;

  private record Signing(VerifyingKey key, PrivateKey secret, Instant since) {}

  private SealKeys(SealFolder folder, Signing current) {
    this.folder = folder;
    this.current = current;
  }

  /**
   * The keys of a folder; makes the first one where there is none.
   *
   * @throws IOException when there were some and the one that signs is gone: another would be
   *     introduced by none, and all that stands in the folder be worth nothing
   */
  static SealKeys open(SealFolder folder, Instant now) throws IOException {
    boolean isNew = folder.keys().isEmpty();
    Signing signing;
    if (Files.exists(folder.secretKey())) {
      signing = read(folder.secretKey());
    } else if (isNew) {
      signing = generate(now);
      write(signing, folder.secretKey());
    } else {
      throw new IOException(
          "the key that signs is gone from the folder: put it back, or let the folder be a new one");
    }
    if (isNew) {
      folder.addKey(introduce(signing, signing));
    }
    return new SealKeys(folder, signing);
  }

  Note sign(Checkpoint checkpoint) {
    return Note.sign(checkpoint.text(), current.key(), current.secret());
  }

  /** Lets a new key take over when this one has signed for so long. */
  void renew(Instant now, Duration after) throws IOException {
    if (current.since().plus(after).isAfter(now)) {
      return;
    }
    Signing next = generate(now);
    // introduced first: should the rest not happen, the old one goes on, and introduces another
    folder.addKey(introduce(next, current));
    write(next, folder.secretKey());
    current = next;
  }

  /**
   * The keys that a folder introduces, as far as each is signed for.
   *
   * @param first the one that is known from elsewhere; empty to take the folder's word for it
   * @throws IllegalArgumentException when a key is introduced by none that is known
   */
  static List<VerifyingKey> known(SealFolder folder, List<VerifyingKey> first) throws IOException {
    List<VerifyingKey> known = new ArrayList<>(first);
    for (String written : folder.keys()) {
      if (!Note.isWhole(written)) {
        continue;
      }
      Note note = Note.parse(written);
      VerifyingKey key = VerifyingKey.parse(note.text().split("\n", -1)[1]);
      List<VerifyingKey> signers = known.isEmpty() ? List.of(key) : known;
      if (signers.stream().noneMatch(note::isSignedBy)) {
        throw new IllegalArgumentException("the key " + key.written() + " is signed for by none");
      }
      if (!known.contains(key)) {
        known.add(key);
      }
    }
    return List.copyOf(known);
  }

  private static Note introduce(Signing key, Signing by) {
    String text = INTRODUCTION + "\n" + key.key().written() + "\n" + key.since() + "\n";
    return Note.sign(text, by.key(), by.secret());
  }

  private static Signing generate(Instant now) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Instant since = now.truncatedTo(ChronoUnit.SECONDS);
      String name = "openrcm-" + since.atOffset(ZoneOffset.UTC).toLocalDate();
      return new Signing(new VerifyingKey(name, pair.getPublic()), pair.getPrivate(), since);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform has no Ed25519", e);
    }
  }

  /** Its verifying key, since when, and itself; for nobody's eyes but the server's. */
  private static void write(Signing key, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished =
        Files.createTempFile(
            folder,
            "secret-key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        unfinished,
        key.key().written()
            + "\n"
            + key.since()
            + "\n"
            + Base64.getEncoder().encodeToString(key.secret().getEncoded())
            + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Signing read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    try {
      PKCS8EncodedKeySpec secret =
          new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(2)));
      return new Signing(
          VerifyingKey.parse(lines.get(0)),
          KeyFactory.getInstance("Ed25519").generatePrivate(secret),
          Instant.parse(lines.get(1)));
    } catch (GeneralSecurityException | RuntimeException e) {
      // not as the cause: its message may hold what the file holds
      throw new IOException("there is no key in " + file.getFileName());
    }
  }
}
