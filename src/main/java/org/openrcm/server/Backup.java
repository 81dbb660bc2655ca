package org.openrcm.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openrcm.seal.AuditExport;

/**
 * Copies the folder of a server that brings its own database, also while the server works: the
 * result is a folder that a server can be started on. What only the server may know, the keys of
 * secrets and the key that signs, goes to another folder.
 *
 * <p>Checkpoints come first and the database after them: it has all that they vouch for. The
 * database is copied as PostgreSQL's low-level backups are (Continuous Archiving, "Making a Base
 * Backup Using the Low Level API"): its files in any state, with the log of all that was written
 * meanwhile; what starts on them puts itself in order to the moment at which the copy ended.
 */
public final class Backup {
  private static final String SUMS = "SHA256SUMS";

  /** What a copy is better without, or gets anew (as pg_basebackup has it). */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "backup_label",
          "backup_label.old",
          "pgsql_tmp",
          "epg-lock");

  private static final Set<String> EMPTY_FOLDERS =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans",
          "log");

  /** Read at its start by who recovers, so it is to be of the copy's end. */
  private static final Path CONTROL = Path.of("global", "pg_control");

  private static final Pattern FIRST_LOG = Pattern.compile("START WAL LOCATION: .* \\(file (\\w+)");
  private static final FileAttribute<?> OWNER_ONLY = permissions("rw-------");
  private static final FileAttribute<?> OWNER_ONLY_FOLDER = permissions("rwx------");

  private final Path from;
  private final Path to;
  private final Map<String, String> sums = new TreeMap<>();
  private long bytes;

  private Backup(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  private static FileAttribute<?> permissions(String of) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(of));
  }

  /** How much was copied, keys apart. */
  public record Written(long files, long bytes) {}

  /**
   * Copies.
   *
   * @param data the server's folder
   * @param audit where it keeps checkpoints and the key that signs them
   * @param secrets the file with the keys of secrets
   * @param to a folder that is made
   * @param keys a folder outside of it; what was copied there before is replaced
   * @throws IOException when something is not there, or {@code to} is; it is not made then
   */
  public static Written write(Path data, Path audit, Path secrets, Path to, Path keys)
      throws IOException, SQLException {
    Path target = to.toAbsolutePath().normalize();
    refuse(
        keys.toAbsolutePath().normalize().startsWith(target),
        "The keys are to be apart from " + to);
    refuse(Files.exists(target), "There is something at " + to + " already");
    refuse(!Files.exists(audit.resolve("keys.txt")), "There are no checkpoints in " + audit);
    refuse(!Files.exists(secrets), "There are no keys of secrets at " + secrets);
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    refuse(Files.exists(unfinished), "An earlier backup did not end: remove " + unfinished);
    Files.createDirectories(target.getParent());
    Files.createDirectory(unfinished, OWNER_ONLY_FOLDER);
    Backup backup = new Backup(data, unfinished);
    backup.keys(audit, secrets, keys);
    backup.checkpoints(audit);
    try (OwnDatabase own = OwnDatabase.openAsSuperuser(data)) {
      backup.database(own.connection());
    }
    backup.copy(data.resolve("passwords.properties"), Path.of("passwords.properties"));
    backup.sums();
    Files.move(unfinished, target);
    return new Written(backup.sums.size(), backup.bytes);
  }

  private static void refuse(boolean when, String why) throws IOException {
    if (when) {
      throw new IOException(why + ".");
    }
  }

  private void keys(Path audit, Path secrets, Path keys) throws IOException {
    replace(secrets, keys.resolve("secret-keys.txt"));
    replace(audit.resolve("secret-key.txt"), keys.resolve("audit").resolve("secret-key.txt"));
  }

  private static void replace(Path file, Path with) throws IOException {
    byte[] key = Files.readAllBytes(file);
    if (!Files.exists(with.getParent())) {
      Files.createDirectories(with.getParent(), OWNER_ONLY_FOLDER);
    }
    Files.deleteIfExists(with);
    Files.createFile(with, OWNER_ONLY);
    Files.write(with, key);
  }

  private void checkpoints(Path audit) throws IOException {
    Files.createDirectory(to.resolve("audit"), OWNER_ONLY_FOLDER);
    try (Stream<Path> files = Files.list(audit)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals("keys.txt") || name.startsWith("checkpoints-")) {
          copy(file, Path.of("audit", name));
        }
      }
    }
  }

  private void database(Connection connection) throws IOException, SQLException {
    AuditExport.record(connection, "Database", null);
    try (Statement sql = connection.createStatement()) {
      // keeps the log of what is written from now on, as long as this connection is open
      ask(sql, "select pg_create_physical_replication_slot('openrcm_backup', true, true)");
      ask(sql, "select pg_backup_start('openrcm backup', true)");
      tree(from.resolve("postgres"));
      copyWhole(from.resolve("postgres").resolve(CONTROL), Path.of("postgres").resolve(CONTROL));
      String label;
      String last;
      try (ResultSet end =
          sql.executeQuery(
              "select labelfile, pg_walfile_name(lsn) from pg_backup_stop(wait_for_archive => false)")) {
        end.next();
        label = end.getString(1);
        last = end.getString(2);
      }
      write(label.getBytes(StandardCharsets.UTF_8), Path.of("postgres", "backup_label"));
      log(label, last);
    }
  }

  private static void ask(Statement sql, String question) throws SQLException {
    try (ResultSet answer = sql.executeQuery(question)) {
      answer.next();
    }
  }

  private void tree(Path database) throws IOException {
    Files.walkFileTree(
        database,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (isLeftOut(database.relativize(folder))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectory(to.resolve(from.relativize(folder)), OWNER_ONLY_FOLDER);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!isLeftOut(database.relativize(file))) {
              copy(file, from.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  /** Of those folders the folder itself is to be there. */
  private static boolean isLeftOut(Path file) {
    String name = file.getFileName().toString();
    return (file.getNameCount() > 1 && EMPTY_FOLDERS.contains(file.getName(0).toString()))
        || LEFT_OUT.contains(name)
        || name.startsWith("pg_internal.init")
        || file.equals(CONTROL);
  }

  /** The part of the log without which the copy is of no moment at all. */
  private void log(String label, String last) throws IOException {
    Matcher first = FIRST_LOG.matcher(label);
    if (!first.find()) {
      throw new IOException("The database does not say where its log begins.");
    }
    Files.createDirectories(to.resolve("postgres/pg_wal/archive_status"), OWNER_ONLY_FOLDER);
    Files.createDirectories(to.resolve("postgres/pg_wal/summaries"), OWNER_ONLY_FOLDER);
    List<Path> parts;
    try (Stream<Path> files = Files.list(from.resolve("postgres/pg_wal"))) {
      parts = files.sorted().toList();
    }
    for (Path part : parts) {
      String name = part.getFileName().toString();
      boolean isOfTheCopy =
          name.matches("[0-9A-F]{24}")
              && name.compareTo(first.group(1)) >= 0
              && name.compareTo(last) <= 0;
      if (isOfTheCopy || name.endsWith(".history")) {
        copy(part, from.relativize(part));
      }
    }
  }

  /** A file as it is; what the database has taken away by now is not wanted any more. */
  private void copy(Path file, Path name) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    try (FileChannel in = FileChannel.open(file);
        FileChannel out = create(name)) {
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.rewind();
        while (buffer.hasRemaining()) {
          bytes += out.write(buffer);
        }
        buffer.clear();
      }
      out.force(false);
    } catch (NoSuchFileException e) {
      if (!file.startsWith(from.resolve("postgres")) || Files.exists(file)) {
        throw e;
      }
      return;
    }
    sums.put(name.toString(), HexFormat.of().formatHex(digest.digest()));
  }

  private FileChannel create(Path name) throws IOException {
    return FileChannel.open(
        to.resolve(name),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        OWNER_ONLY);
  }

  /** A small file that is written over while it is read: as it was twice in a row. */
  private void copyWhole(Path file, Path name) throws IOException {
    byte[] before;
    byte[] now = Files.readAllBytes(file);
    do {
      before = now;
      now = Files.readAllBytes(file);
    } while (!Arrays.equals(before, now));
    write(now, name);
  }

  private void write(byte[] content, Path name) throws IOException {
    try (FileChannel out = create(name)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        bytes += out.write(rest);
      }
      out.force(false);
    }
    sums.put(name.toString(), HexFormat.of().formatHex(sha256().digest(content)));
  }

  /** As {@code sha256sum --check} reads it. */
  private void sums() throws IOException {
    StringBuilder text = new StringBuilder();
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    try (FileChannel out = create(Path.of(SUMS))) {
      out.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      out.force(false);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
