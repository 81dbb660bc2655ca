package org.openrcm.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a {@link DataFolder}: durable, reached from this machine only, by
 * password only. It outlives a server that is killed; the next one stops and starts it.
 */
final class BroughtPostgres implements AutoCloseable {
  static final String SUPERUSER = "postgres";
  static final String OWNER = "openrcm_owner";
  static final String APPLICATION = "openrcm_app";
  static final String DATABASE = "openrcm";
  private static final String MAJOR_VERSION = "18";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(BroughtPostgres.class);

  private final DataFolder folder;
  private final DataFolder.Passwords passwords;
  private final EmbeddedPostgres postgres;

  private BroughtPostgres(
      DataFolder folder, DataFolder.Passwords passwords, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.passwords = passwords;
    this.postgres = postgres;
  }

  /**
   * Starts it, and makes it first when the folder is new.
   *
   * @throws StartRefused when the folder is in use or not fit for it
   */
  static BroughtPostgres start(Path data) {
    DataFolder folder = DataFolder.take(data);
    BroughtPostgres started = null;
    try {
      stopLeftOver(folder);
      DataFolder.Passwords known = folder.passwords();
      started = known == null ? startFirst(folder) : startAgain(folder, known);
      return started;
    } catch (IOException | SQLException e) {
      throw new StartRefused(
          String.format(
              "The database in %s does not start; what it says is in postgres/log%s.",
              folder.path(), lastComplaint(folder).map(said -> ": " + said).orElse("")),
          e);
    } finally {
      if (started == null) {
        letGo(folder);
      }
    }
  }

  private static BroughtPostgres startFirst(DataFolder folder) throws IOException, SQLException {
    Path database = folder.database();
    if (Files.exists(database)) {
      // a first start that was cut short left it: without passwords nobody has put anything in
      Path aside = folder.path().resolve("postgres-unfinished-" + System.currentTimeMillis());
      Files.move(database, aside);
      LOG.warn("A database that was never finished is set aside as {}", aside.getFileName());
    }
    DataFolder.Passwords passwords = DataFolder.Passwords.generated();
    Path superuser = folder.secret("superuser");
    EmbeddedPostgres postgres;
    try {
      Files.writeString(superuser, passwords.superuser(), StandardCharsets.US_ASCII);
      postgres =
          options(folder, passwords)
              // initdb's own options; a later one counts more than the library's "trust"
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", superuser.toString())
              .setLocaleConfig("locale", "C.UTF-8")
              .start();
    } finally {
      Files.delete(superuser);
    }
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("create role " + OWNER + " login password '" + passwords.owner() + "'");
      sql.execute(
          "create role " + APPLICATION + " login password '" + passwords.application() + "'");
      sql.execute("create database " + DATABASE + " owner " + OWNER);
      folder.keep(passwords);
    } catch (IOException | SQLException e) {
      postgres.close();
      throw e;
    }
    return new BroughtPostgres(folder, passwords, postgres);
  }

  private static BroughtPostgres startAgain(DataFolder folder, DataFolder.Passwords passwords)
      throws IOException {
    Path version = folder.database().resolve("PG_VERSION");
    if (!Files.exists(version)) {
      throw new StartRefused("There are passwords in " + folder.path() + ", but no database.");
    }
    String made = Files.readString(version).strip();
    if (!made.equals(MAJOR_VERSION)) {
      throw new StartRefused(
          String.format(
              "The database in %s is of PostgreSQL %s; this OpenRCM brings %s.",
              folder.path(), made, MAJOR_VERSION));
    }
    return new BroughtPostgres(folder, passwords, startPatiently(folder, passwords));
  }

  /**
   * The port is a free one when it is chosen, and another program can take it before PostgreSQL
   * does; and a database that was cut off can need longer than we wait to put itself in order.
   */
  private static EmbeddedPostgres startPatiently(DataFolder folder, DataFolder.Passwords passwords)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return options(folder, passwords).start();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("The database did not start: it is tried again, on another port");
        stopLeftOver(folder);
      }
    }
  }

  /** The last line of its log that says why it ended; the log holds no value of any statement. */
  private static Optional<String> lastComplaint(DataFolder folder) {
    try (Stream<Path> logs = Files.list(folder.database().resolve("log"))) {
      Optional<Path> newest = logs.max(Comparator.comparing(log -> log.toFile().lastModified()));
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      return Files.readAllLines(newest.get()).stream()
          .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static EmbeddedPostgres.Builder options(
      DataFolder folder, DataFolder.Passwords passwords) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.database())
        .setOverrideWorkingDirectory(folder.programs().toFile())
        .setCleanDataDirectory(false)
        // Spring closes it, after the pool of connections
        .setRegisterShutdownHook(false)
        .setPGStartupWait(PATIENCE)
        .setConnectConfig("password", passwords.superuser())
        // the library takes durability away; it is given back here
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "100")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("password_encryption", "scram-sha-256")
        .setServerConfig("timezone", "UTC")
        // a week of logs, one file a day, without the values of any statement
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_directory", "log")
        .setServerConfig("log_filename", "postgres-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .setServerConfig("log_error_verbosity", "terse")
        .setServerConfig("log_min_error_statement", "panic");
  }

  /** A server that was killed leaves its database running. Stops it as an operator would. */
  private static void stopLeftOver(DataFolder folder) throws IOException {
    Optional<ProcessHandle> process = postmaster(folder);
    if (process.isEmpty()) {
      return;
    }
    // gone when somebody cleared it away: it is unpacked again
    Path programs =
        Files.exists(folder.programs()) ? folder.programs().toRealPath() : folder.programs();
    if (runs(process.get(), programs)) {
      LOG.info("Stopping the database that a killed server left running");
      interrupt(process.get());
    } else if (ProcessHandle.allProcesses().noneMatch(each -> runs(each, programs))) {
      // the number has gone to another process, for which PostgreSQL would give way
      Files.delete(folder.database().resolve("postmaster.pid"));
    }
  }

  /** The process that the folder's PostgreSQL says it is, or was. */
  private static Optional<ProcessHandle> postmaster(DataFolder folder) throws IOException {
    Path file = folder.database().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !Path.of(lines.get(1)).toAbsolutePath().equals(folder.database())) {
      // not of this folder: it was copied, and PostgreSQL itself says what it thinks of it
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
  }

  private static boolean runs(ProcessHandle process, Path programs) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).startsWith(programs))
        .orElse(false);
  }

  /** SIGINT: PostgreSQL ends its connections, writes everything down, and stops. */
  private static void interrupt(ProcessHandle process) throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
    awaitEnd(process);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StartRefused(
          "The database process " + process.pid() + " of this folder does not stop.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("Interrupted.", e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
  }

  DataFolder.Passwords passwords() {
    return passwords;
  }

  Path folder() {
    return folder.path();
  }

  @Override
  public void close() throws IOException {
    try {
      Optional<ProcessHandle> process = postmaster(folder);
      // the library is content with five seconds
      postgres.close();
      process.ifPresent(BroughtPostgres::awaitEnd);
    } finally {
      letGo(folder);
    }
  }

  private static void letGo(@Nullable DataFolder folder) {
    if (folder != null) {
      try {
        folder.close();
      } catch (IOException e) {
        LOG.warn("The lock on {} stays until this process ends", folder.path());
      }
    }
  }
}
