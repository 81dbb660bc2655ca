package org.openrcm;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of a test's own, as durable as one in earnest, that can be killed and started again
 * on what it left on the disk. Its port stays the same.
 */
public final class KillablePostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final int port;
  private final TestCluster cluster;
  private EmbeddedPostgres running;

  private KillablePostgres(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    start();
    cluster = new TestCluster(running.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
  }

  /** Makes one in an empty folder, which is gone when it is closed, and starts it. */
  public static KillablePostgres start(Path folder) throws IOException {
    return new KillablePostgres(folder, FixedPort.free());
  }

  /** A new, migrated, empty database. */
  public TestDatabase fresh() {
    return cluster.fresh();
  }

  /** Starts it again after it was killed; it is there when this returns. */
  public void start() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        running =
            EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("max_connections", "100")
                // the library takes durability away; it is given back here
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        return;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** As {@code kill -9}, of all its processes. */
  public void kill() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("postmaster.pid"));
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
    // the library tries to stop what is dead, and says at length that it cannot
    Logger complaints = (Logger) LoggerFactory.getLogger(EmbeddedPostgres.class);
    complaints.setLevel(Level.OFF);
    try {
      running.close();
    } finally {
      complaints.setLevel(null);
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
    FileSystemUtils.deleteRecursively(folder);
  }
}
