package org.openrcm.server;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a server that brings its own database: {@code postgres/} with the data, {@code
 * programs/} with what reads them, {@code passwords.properties}, {@code lock}. Only its owner may
 * look inside, and only one server at a time uses it.
 */
final class DataFolder implements AutoCloseable {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final int PASSWORD_BYTES = 24;

  private final Path folder;

  /** Held as long as the server runs: a channel that is collected lets go of its lock. */
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** What the roles of the database sign in with. */
  record Passwords(String superuser, String owner, String application) {
    static Passwords generated() {
      return new Passwords(generate(), generate(), generate());
    }

    private static String generate() {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      return HexFormat.of().formatHex(random);
    }

    /** Not the passwords: records print themselves into logs. */
    @Override
    public String toString() {
      return "Passwords";
    }
  }

  /**
   * Makes the folder when it is not there, and takes it for this process.
   *
   * @throws StartRefused when another process has it, or it cannot be used
   */
  static DataFolder take(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      Files.setPosixFilePermissions(absolute, OWNER_ONLY_FOLDER);
      FileChannel channel =
          FileChannel.open(
              absolute.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StartRefused(
            "Another OpenRCM uses the folder "
                + absolute
                + holder(absolute)
                + ". Stop it first, or name another folder with --data.");
      }
      channel.truncate(0);
      String process = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)));
      return new DataFolder(absolute, channel);
    } catch (IOException | UnsupportedOperationException e) {
      throw new StartRefused("The folder " + absolute + " cannot be used: " + reason(e) + ".", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(Path folder) throws IOException {
    String process = Files.readString(folder.resolve("lock"), StandardCharsets.US_ASCII).strip();
    return process.isEmpty() ? "" : " (process " + process + ")";
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ", " + e.getMessage());
  }

  Path path() {
    return folder;
  }

  Path database() {
    return folder.resolve("postgres");
  }

  Path programs() {
    return folder.resolve("programs");
  }

  /** Null until a database has been made and {@link #keep} was called. */
  @Nullable Passwords passwords() throws IOException {
    return passwords(folder);
  }

  /** Those of a folder that another process may have. */
  static @Nullable Passwords passwords(Path folder) throws IOException {
    Path file = folder.resolve("passwords.properties");
    if (!Files.exists(file)) {
      return null;
    }
    Properties kept = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      kept.load(in);
    }
    return new Passwords(
        kept(kept, "superuser", file), kept(kept, "owner", file), kept(kept, "application", file));
  }

  private static String kept(Properties properties, String name, Path file) {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new StartRefused("There is no line \"" + name + "\" in " + file + ".");
    }
    return value;
  }

  /** Writes the passwords down, whole or not at all. */
  void keep(Passwords passwords) throws IOException {
    Properties kept = new Properties();
    kept.setProperty("superuser", passwords.superuser());
    kept.setProperty("owner", passwords.owner());
    kept.setProperty("application", passwords.application());
    Path unfinished = secret("passwords");
    try (Writer out = Files.newBufferedWriter(unfinished)) {
      kept.store(out, "Of the database in this folder; made at its first start");
    }
    Files.move(unfinished, folder.resolve("passwords.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A new, empty file that only its owner can read. */
  Path secret(String name) throws IOException {
    return Files.createTempFile(folder, name, ".new", OWNER_ONLY);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
