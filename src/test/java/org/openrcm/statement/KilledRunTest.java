package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.StandsStill;
import org.openrcm.TestDatabase;
import org.openrcm.posting.TestBooks;
import org.openrcm.server.ServedProcess;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run whose server is killed amid it. The server of the test does nothing until then. */
@ServerTest
@ExtendWith(StandsStill.class)
class KilledRunTest {
  private static final int PATIENTS = 120;
  private static final int PATIENCE_SECONDS = 120;

  @Autowired private ApplicationContext server;
  @Autowired private TestDatabase database;
  @Autowired private JdbcClient sql;
  @Autowired private Runs runs;
  @Autowired private Statements statements;

  @Autowired
  @Qualifier("jobRunner")
  private Lifecycle jobs;

  @TempDir private Path folder;

  private ServedProcess serve() throws Exception {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("OPENRCM_JOBS_LEASE", "3s");
    environment.put("OPENRCM_JOBS_POLL", "200ms");
    return ServedProcess.start(folder, environment).ready();
  }

  @Test
  void everyAccountGetsOneStatementAndNoneTwo() throws Exception {
    TestBooks books = new TestBooks(server);
    books.receiveCrowd(PATIENTS);
    UUID run;
    long before;
    ServedProcess first = serve();
    try {
      books.settled();
      books.postAll();
      run = books.ask(runs::make);
      books.settled();
      assertThat(books.ask(() -> runs.find(run).orElseThrow()).passing()).isEqualTo(PATIENTS);
      assertThat(books.ask(() -> runs.send(run))).isTrue();
      await(first, () -> sent(books) > 0);
    } finally {
      first.kill();
    }
    before = sent(books);
    assertThat(before).as("sent when it was killed").isPositive().isLessThan(PATIENTS);
    assertThat(books.ask(() -> runs.find(run).orElseThrow()).state()).isEqualTo(Runs.State.SENDING);
    List<UUID> early = ids(books);

    StandsStill.goOn(jobs);
    books.settled();
    assertThat(books.ask(() -> runs.find(run).orElseThrow()).state()).isEqualTo(Runs.State.SENT);
    assertThat(sent(books)).isEqualTo(PATIENTS);
    assertThat(books.count("select count(distinct account_number) from statement"))
        .as("accounts that got one")
        .isEqualTo(PATIENTS);
    assertThat(books.count("select count(*) from statement_visit")).isEqualTo(PATIENTS);
    assertThat(
            books.count(
                """
                select count(*) from statement_run_account a
                join statement s on s.number = a.statement_number
                  and s.account_number = a.account_number and s.run_id = a.run_id
                """))
        .as("accounts of the run that know their statement")
        .isEqualTo(PATIENTS);
    assertThat(ids(books)).as("what was sent before stays sent").containsAll(early);
    assertThat(
            books.count(
                """
                select count(distinct subject_id) from audit_event
                where action = 'ADD' and subject_type = 'Statement'
                """))
        .isEqualTo(PATIENTS);
  }

  private long sent(TestBooks books) {
    return books.count("select count(*) from statement");
  }

  private List<UUID> ids(TestBooks books) {
    return books.ask(() -> sql.sql("select id from statement").query(UUID.class).list());
  }

  private static void await(ServedProcess process, BooleanSupplier reached) throws Exception {
    for (int i = 0; i < PATIENCE_SECONDS * 100; i++) {
      if (reached.getAsBoolean()) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(process.out() + process.err());
  }
}
