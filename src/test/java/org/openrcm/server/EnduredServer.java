package org.openrcm.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.openrcm.FixedPort;
import org.openrcm.KillablePostgres;

/**
 * {@code serve} in bounded memory on a database of its own, either of which, or both, are killed
 * and come back.
 */
final class EnduredServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LONGEST_WITHOUT_DATABASE_MILLIS = 3_000;
  private static final int LAST_LINES = 60;
  private static final Pattern TELLING =
      Pattern.compile(
          " ERROR |OutOfMemory|job .* is given up|^\\S*(Exception|Error)\\b|^Caused by|at org\\.openrcm");

  private static final int HEAP = 384;
  private static final int CLASSES = 256;
  private static final int CODE = 128;
  private static final int BUFFERS = 64;

  /** Stacks of threads, what the collector and the compiler work with, and libraries. */
  private static final int REST = 192;

  /** In bytes: what the options allow. */
  static final long MOST_MEMORY = (long) (HEAP + CLASSES + CODE + BUFFERS + REST) << 20;

  private static final List<String> OPTIONS =
      List.of(
          "-Xmx" + HEAP + "m",
          "-XX:MaxMetaspaceSize=" + CLASSES + "m",
          "-XX:ReservedCodeCacheSize=" + CODE + "m",
          "-XX:MaxDirectMemorySize=" + BUFFERS + "m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError");

  /** What is killed. */
  enum Kill {
    APPLICATION,
    DATABASE,
    BOTH
  }

  private final Path logs;
  private final Map<String, String> environment;
  private final KillablePostgres postgres;
  private final int port = FixedPort.free();
  private final int managementPort = FixedPort.free();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ServedProcess> all = new ArrayList<>();
  private long highestMemory;

  EnduredServer(Path logs, Map<String, String> environment, KillablePostgres postgres)
      throws IOException {
    this.logs = logs;
    this.environment = environment;
    this.postgres = postgres;
  }

  URI address() {
    return URI.create("http://localhost:" + port);
  }

  private ServedProcess process() {
    return all.get(all.size() - 1);
  }

  void start() throws IOException, InterruptedException {
    all.add(ServedProcess.start(logs, OPTIONS, environment, port, managementPort));
    answers();
  }

  /** Waits until it answers, by itself. */
  private void answers() throws IOException, InterruptedException {
    process().ready();
    long start = System.nanoTime();
    while (!process().managed("health/readiness").contains("\"UP\"") || !signsIn()) {
      if (isGone() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("does not answer again\n" + lastWords());
      }
      Thread.sleep(100);
    }
  }

  private boolean signsIn() throws InterruptedException {
    try {
      HttpRequest page = HttpRequest.newBuilder(address().resolve("/sign-in")).build();
      return client.send(page, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it ended without being killed. */
  boolean isGone() {
    return !process().isAlive();
  }

  /** Kills, and answers once the server answers again. */
  void kill(Kill what, Random random) throws IOException, InterruptedException {
    if (what != Kill.DATABASE) {
      noteMemory();
      process().kill();
    }
    if (what != Kill.APPLICATION) {
      postgres.kill();
      Thread.sleep(random.nextInt(LONGEST_WITHOUT_DATABASE_MILLIS));
      postgres.start();
    }
    if (what == Kill.DATABASE) {
      answers();
    } else {
      start();
    }
  }

  private void noteMemory() throws IOException {
    highestMemory = Math.max(highestMemory, process().highestMemory().orElse(0));
  }

  /** In bytes, of all that ran; 0 where the system does not tell. */
  long highestMemory() throws IOException {
    noteMemory();
    return highestMemory;
  }

  private String log() {
    StringBuilder log = new StringBuilder();
    try {
      for (ServedProcess each : all) {
        log.append(each.out()).append(each.err());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log.toString();
  }

  /** Whether its logs have one of these words anywhere. */
  boolean said(String words) {
    return log().contains(words);
  }

  /** The last lines of its logs that are about something that went wrong. */
  String lastWords() {
    List<String> lines = log().lines().filter(line -> TELLING.matcher(line).find()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  @Override
  public void close() {
    if (!all.isEmpty()) {
      process().close();
    }
  }
}
