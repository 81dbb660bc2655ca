package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.openrcm.server.ServedProcess;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.Lifecycle;

/** The server of the test takes files in and reads none until the one that does is killed. */
@ServerTest
@ExtendWith(StandsStill.class)
class KilledServerTest {
  private static final int CHECKS = 20;
  private static final int CLAIMS = 500;
  private static final int PATIENCE_SECONDS = 120;

  @Autowired private Intake intake;
  @Autowired private TestDatabase database;
  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;

  @Autowired
  @Qualifier("jobRunner")
  private Lifecycle jobs;

  @TempDir private Path folder;

  private ServedProcess serve() throws IOException {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("OPENRCM_JOBS_LEASE", "3s");
    return ServedProcess.start(folder, environment);
  }

  private static void await(ServedProcess server, BooleanSupplier reached) throws Exception {
    for (int i = 0; i < PATIENCE_SECONDS * 50; i++) {
      if (reached.getAsBoolean()) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError(server.out() + server.err());
  }

  @Test
  void aLoadThatIsKilledEndsLoadedOnceAndWhole() throws Exception {
    UUID practice = users.practice("Larkmoor");
    byte[] bytes = Checks.file(1, CHECKS, CLAIMS);
    Receipt receipt =
        Actor.job("test", practice)
            .call(() -> intake.receive("long.835", Via.API, new ByteArrayInputStream(bytes)));
    ServedProcess server = serve();
    long before;
    try {
      await(server, () -> checks(practice) >= 2);
      before = checks(practice);
    } finally {
      server.kill();
    }
    assertThat(before).as("checks that were there when it was killed").isLessThan(CHECKS);
    assertThat(arrivals.now(practice, receipt.id()).state()).isEqualTo(FileState.READING);
    StandsStill.goOn(jobs);
    arrivals.settled(practice, receipt.id());
    users.settled(practice);
    ReceivedFiles.Row file = arrivals.now(practice, receipt.id());
    assertThat(file.state()).isEqualTo(FileState.LOADED);
    assertThat(file.sets()).isEqualTo(CHECKS);
    assertThat(file.claims()).isEqualTo(CHECKS * CLAIMS);
    assertThat(checks(practice)).isEqualTo(CHECKS);
    assertThat(
            arrivals.count(
                practice, "select count(distinct patient_control_number) from claim_payment"))
        .isEqualTo(CHECKS * CLAIMS);
    assertThat(arrivals.count(practice, "select count(*) from claim_payment"))
        .isEqualTo(CHECKS * CLAIMS);
    assertThat(arrivals.count(practice, "select sum(paid_cents) from claim_payment"))
        .isEqualTo(7_125L * CHECKS * CLAIMS);
    assertThat(arrivals.count(practice, "select count(*) from file_set where outcome = 'LOADED'"))
        .isEqualTo(CHECKS);
  }

  @Test
  void aFileThatWaitsAsksForItselfAgainOnItsPageAndInTheList() throws Exception {
    UUID practice = users.practice("Larkmoor");
    TestSession poster = users.signedIn(practice, Role.POSTER);
    byte[] bytes = Checks.file(1, 1, 1);
    Receipt receipt =
        Actor.job("test", practice)
            .call(() -> intake.receive("waits.835", Via.API, new ByteArrayInputStream(bytes)));
    String state = "/files/" + receipt.id() + "/state";
    for (String path : List.of("/files", state)) {
      assertThat(poster.get(path).body())
          .contains("hx-get=\"" + state + "\"", "hx-trigger=\"every 1s\"", "<progress");
    }
    for (String path : List.of("/files/" + receipt.id(), state + "?of=page")) {
      assertThat(poster.get(path).body())
          .contains("hx-get=\"" + state + "?of=page\"", "hx-trigger=\"every 1s\"", "<progress");
    }
    // and is not to be read again before it was read
    poster.post("/files/" + receipt.id() + "/retry");
    assertThat(arrivals.jobs(practice)).isEqualTo(1);
  }

  private long checks(UUID practice) {
    return arrivals.count(practice, "select count(*) from remittance");
  }
}
