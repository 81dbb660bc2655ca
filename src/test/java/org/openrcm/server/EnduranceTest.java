package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openrcm.KillablePostgres;
import org.openrcm.ServerTest;
import org.openrcm.SoundRecord;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.identity.Role;
import org.openrcm.portal.Letters;
import org.openrcm.posting.SoundBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;

/**
 * All that a server does at once, over HTTP alone and in bounded memory, while now the server, now
 * its database, and now both are killed and come back: files are handed in, pages read, checks
 * posted and undone, accounts taken from the queue, and FHIR searched. Whatever was answered with
 * success is there in the end, once; the books and the audit record hold.
 *
 * <p>One kill of each in the build; {@code -Dopenrcm.endurance.minutes=20} for longer, {@code
 * -Dopenrcm.endurance.seed=S} for the same choices again, as far as threads do the same again.
 */
@SpringBootTest(
    classes = Server.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"management.server.port=0", "openrcm.jobs.workers=0", "openrcm.audit.every=1d"})
@ContextConfiguration(initializers = EnduranceTest.KillableDatabase.class)
@DirtiesContext
class EnduranceTest {
  private static final int PATIENTS = 16;
  private static final int PATIENTS_A_MINUTE = 10;
  private static final int MOST_PATIENTS = 60;
  private static final int COLLECTORS = 2;
  private static final long CALM_MILLIS = 3_000;
  private static final long LONGEST_CALM_MILLIS = 30_000;
  private static final long PATIENCE_MINUTES = 30;

  @Autowired private ApplicationContext server;
  @Autowired private Environment environment;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private KillablePostgres postgres;
  @Autowired private JdbcClient sql;

  /** With the server's logs, which are there to be read when something failed. */
  private final Path folder = Path.of("target", "endurance");

  private final EnduranceLoad load = new EnduranceLoad();
  private final EnduranceLedger commands = new EnduranceLedger();
  private final EnduranceLedger steps = new EnduranceLedger();
  private EnduranceFiles files;
  private CollectorsFloor floor;
  private long seed;

  /** Gives the server of the test a database that can be killed. */
  static final class KillableDatabase extends ServerTest.FreshDatabase {
    private KillablePostgres postgres;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      try {
        postgres = KillablePostgres.start(Files.createTempDirectory("openrcm-killed"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
      beans.registerSingleton("killablePostgres", postgres);
      // the first to be registered is the last to be closed
      beans.registerDisposableBean("killablePostgres", postgres::close);
      super.initialize(context);
    }

    @Override
    protected TestDatabase database() {
      return postgres.fresh();
    }
  }

  @Test
  void nothingIsLostWhateverIsKilled() throws Exception {
    seed = Long.getLong("openrcm.endurance.seed", new Random().nextInt(100_000));
    long minutes = Long.getLong("openrcm.endurance.minutes", 0);
    FileSystemUtils.deleteRecursively(folder);
    Files.createDirectories(folder);
    Map<String, String> settings = new HashMap<>(database.environment());
    settings.put("OPENRCM_JOBS_LEASE", "5s");
    settings.put("OPENRCM_JOBS_POLL", "500ms");
    try (EnduredServer endured = new EnduredServer(folder, settings, postgres)) {
      endured.start();
      floor =
          CollectorsFloor.open(
              server, (int) Math.min(MOST_PATIENTS, PATIENTS + PATIENTS_A_MINUTE * minutes));
      EnduranceRecord before = new EnduranceRecord(sql, floor.books);
      users(endured.address());
      int kills = kill(endured, minutes);
      load.end();
      settled(endured);
      long highest = endured.highestMemory();
      System.out.printf(
          "-Dopenrcm.endurance.seed=%d: %d kills; answered %s; %d files; %d postings and undoings;"
              + " %d steps of the queue; highest memory %,d MB of %,d%n",
          seed,
          kills,
          load.counts(),
          files.receipts().size(),
          commands.told(),
          steps.told(),
          highest >> 20,
          EnduredServer.MOST_MEMORY >> 20);
      assertAll(
          "seed " + seed,
          () -> assertThat(load.faults()).as(endured::lastWords).isEmpty(),
          () -> assertThat(endured.said("OutOfMemoryError")).as("ran out of memory").isFalse(),
          () -> assertThat(endured.said(" is given up")).as("a job that was given up").isFalse(),
          () -> assertThat(highest).as("bytes").isLessThan(EnduredServer.MOST_MEMORY),
          () -> before.checkFiles(files),
          () -> before.checkPosting(commands),
          () -> before.checkQueue(steps),
          () -> SoundBooks.check(server, floor.books),
          // the one who seals is the server that was killed
          () -> assertThat(SoundRecord.check(environment, database)).isPositive());
    }
  }

  /** Everybody who uses it, each in a thread of their own. */
  private void users(URI address) {
    files =
        new EnduranceFiles(
            load, program(address, EnduranceFiles.SCOPES), folder.resolve("files"), seed);
    load.start("files", files);
    load.start("fhir", new EnduranceFhir(load, program(address, EnduranceFhir.SCOPES), seed + 1));
    for (Role role : new Role[] {Role.POSTER, Role.BILLER, Role.MANAGER, Role.COMPLIANCE}) {
      TestSession session = session(address, role);
      load.start(
          role.code() + " who reads",
          new EndurancePages(load, session, "/", seed + 10 + role.ordinal()));
    }
    List<UUID> leave = floor.books.checks("POSTED");
    for (int i = 0; i < 2; i++) {
      TestSession session = session(address, Role.POSTER);
      load.start(
          "poster " + i, new EndurancePosting(load, session, commands, leave, seed + 20 + i));
    }
    for (int i = 0; i < COLLECTORS; i++) {
      TestSession session = session(address, Role.COLLECTOR);
      load.start("collector " + i, new EnduranceQueue(load, session, steps, seed + 30 + i));
    }
    long account = floor.account(1);
    LocalDate born =
        floor.books.ask(
            () ->
                sql.sql("select birth_date from account where number = ?")
                    .param(account)
                    .query(LocalDate.class)
                    .single());
    TestSession guest = new TestSession(address);
    guest.get("/my/sign-in");
    guest.post("/my/sign-in", Letters.Letter.fields(floor.bills.paper(account).code(), born));
    load.start("patient", new EndurancePages(load, guest, "/my", seed + 40));
  }

  private EnduranceProgram program(URI address, String[] scopes) {
    return new EnduranceProgram(
        load, users, address, users.client(floor.practice(), scopes), scopes);
  }

  private TestSession session(URI address, Role role) {
    return users.signIn(users.person(floor.practice(), role), address);
  }

  /** Kills one after the other, at least each once, and answers how often. */
  private int kill(EnduredServer endured, long minutes) throws Exception {
    Random random = new Random(seed);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    int kills = 0;
    while ((kills < EnduredServer.Kill.values().length || System.nanoTime() < end)
        && !load.isOver()) {
      rest(endured, minutes == 0 ? CALM_MILLIS : random.nextLong(LONGEST_CALM_MILLIS));
      load.troubleBegins();
      endured.kill(EnduredServer.Kill.values()[kills % EnduredServer.Kill.values().length], random);
      load.troubleEnds();
      kills++;
    }
    rest(endured, CALM_MILLIS);
    return kills;
  }

  private void rest(EnduredServer endured, long millis) throws Exception {
    Thread.sleep(millis);
    if (endured.isGone()) {
      throw new AssertionError("seed " + seed + ": it ended by itself\n" + endured.lastWords());
    }
  }

  /** Waits until all that was handed in is read, and all that follows from it is done. */
  private void settled(EnduredServer endured) throws Exception {
    long start = System.nanoTime();
    while (floor.count("select count(*) from job") > 0) {
      if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES)) {
        throw new AssertionError("seed " + seed + ": jobs wait\n" + endured.lastWords());
      }
      Thread.sleep(100);
    }
  }
}
