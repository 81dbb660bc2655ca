package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.ledger.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Eight people who load, post, undo, hold and solve in one practice at once: the first half of the
 * time at a server that is killed at it, the second half at another. {@code
 * -Dopenrcm.load.operations=N} for more, {@code -Dopenrcm.load.seed=S} for the same again, as far
 * as threads do the same again.
 */
@ServerTest
class BooksUnderLoadTest {
  private static final int OPERATIONS = 2_000;
  private static final long PATIENCE_HOURS = 3;
  private static final int MAILS = 6;

  @Autowired private ApplicationContext server;
  @Autowired private TestDatabase database;
  @Autowired private Journal journal;
  @Autowired private Posting posting;

  @TempDir private Path folder;

  @Test
  void theBooksAreSoundAfterAnythingAndAKillAmidIt() throws Exception {
    long seed = Long.getLong("openrcm.load.seed", new Random().nextInt(100_000));
    long half = Long.getLong("openrcm.load.operations", OPERATIONS) / 2;
    TestBooks books = new TestBooks(server);
    for (int i = 1; i <= MAILS; i++) {
      MadeUpMail.of(seed + i, "A" + i + "N", 1000 * i)
          .forEach(letter -> books.receive(letter.name(), letter.bytes()));
    }
    books.settled();
    killAmid(books, seed, half);
    long killed = books.count("select count(*) from posting_command");
    assertThat(killed).as("decisions before the kill").isPositive();
    Map<String, Integer> done =
        RandomVerbs.run(server, books.practice, seed + 1_000_000, half, count -> {});
    System.out.println("-Dopenrcm.load.seed=" + seed + " after the kill: " + done);
    books.settled();
    assertThat(done).containsKeys("load", "post", "undo", "takeIn", "leaveOut", "match", "asSent");
    SoundBooks.check(server, books);
    assertThat(books.count("select coalesce(sum(amount_cents), 0)::bigint from journal_line"))
        .as("the trial balance")
        .isZero();
    // and it can all be undone
    books.undoAll();
    SoundBooks.check(server, books);
    assertThat(books.count("select count(*) from posting_command")).isGreaterThan(killed);
  }

  @Test
  void aFileIsUndoneWhileSomebodyUndoesOneOfItsChecks() throws Exception {
    TestBooks books = new TestBooks(server);
    String both = MadeUpCheck.of("ONE", 1).text() + MadeUpCheck.of("TWO", 2).text();
    UUID file = books.load("both.835", both.getBytes(StandardCharsets.US_ASCII));
    books.postAll();
    UUID one = books.checks("POSTED").get(0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> undone = new ArrayList<>();
    // both wait for the journal, the file first
    books.ask(
        () -> {
          journal.lock();
          undone.add(threads.submit(() -> books.run(() -> posting.undoFile(file))));
          pause();
          undone.add(threads.submit(() -> books.run(() -> posting.undo(one))));
          pause();
          return true;
        });
    threads.shutdown();
    undone.get(0).get();
    assertThatThrownBy(() -> undone.get(1).get()).hasCauseInstanceOf(Refused.class);
    assertThat(books.checks("UNDONE")).hasSize(2);
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void killAmid(TestBooks books, long seed, long operations) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dopenrcm.jobs.lease=2s"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (Map.Entry<String, String> setting : database.properties().entrySet()) {
      command.add("-D" + setting.getKey() + "=" + setting.getValue());
    }
    command.addAll(List.of(LoadedServer.class.getName(), books.practice.toString(), "" + seed));
    // more than it comes to do: it is killed while all eight are at it
    command.add(String.valueOf(operations * 10));
    File log = folder.resolve("log").toFile();
    Process loaded =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try {
      long end = System.nanoTime() + TimeUnit.HOURS.toNanos(PATIENCE_HOURS);
      while (done(log) < operations) {
        if (!loaded.isAlive() || System.nanoTime() > end) {
          throw new AssertionError("seed " + seed + "\n" + Files.readString(log.toPath()));
        }
        Thread.sleep(20);
      }
    } finally {
      loaded.destroyForcibly().waitFor();
    }
  }

  private static long done(File log) throws IOException {
    long done = 0;
    for (String line : Files.readAllLines(log.toPath())) {
      if (line.startsWith("done ")) {
        done = Math.max(done, Long.parseLong(line.substring(5)));
      }
    }
    return done;
  }
}
