package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The server of the test takes files in and reads none: processes of their own do that. */
@ServerTest
@TestPropertySource(properties = "openrcm.jobs.workers=0")
class KilledServerTest {
  private static final int CHECKS = 12;
  private static final int CLAIMS = 2_500;
  private static final int PATIENCE_SECONDS = 120;

  @Autowired private Intake intake;
  @Autowired private TestDatabase database;
  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;

  @TempDir private Path folder;

  private Process serve(String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", shipped()));
    for (Map.Entry<String, String> setting : database.properties().entrySet()) {
      command.add("-D" + setting.getKey() + "=" + setting.getValue());
    }
    command.addAll(List.of("-Dopenrcm.jobs.lease=3s", "-Dopenrcm.jobs.poll=200ms"));
    command.addAll(List.of("org.openrcm.cli.OpenRcm", "serve", "--port", "0"));
    command.addAll(List.of("--management-port", "0"));
    File log = folder.resolve(name + ".log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }

  /** What users run; the tests' own beans are not in it. */
  private static String shipped() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void await(String what, Process server, BooleanSupplier reached) throws Exception {
    for (int i = 0; i < PATIENCE_SECONDS * 20 && server.isAlive(); i++) {
      if (reached.getAsBoolean()) {
        return;
      }
      Thread.sleep(50);
    }
    StringBuilder said = new StringBuilder("never " + what);
    for (File log : folder.toFile().listFiles()) {
      said.append('\n').append(Files.readString(log.toPath()));
    }
    throw new AssertionError(said);
  }

  @Test
  void aLoadThatIsKilledEndsLoadedOnceAndWhole() throws Exception {
    UUID practice = users.practice("Larkmoor");
    byte[] bytes = Checks.file(1, CHECKS, CLAIMS);
    Receipt receipt =
        Actor.job("test", practice)
            .call(() -> intake.receive("long.835", Via.API, new ByteArrayInputStream(bytes)));
    Process first = serve("first");
    long before;
    try {
      await("begun", first, () -> checks(practice) >= 2);
      before = checks(practice);
    } finally {
      first.destroyForcibly().waitFor();
    }
    assertThat(before).as("checks that were there when it was killed").isLessThan(CHECKS);
    assertThat(arrivals.now(practice, receipt.id()).state()).isEqualTo(FileState.READING);
    Process second = serve("second");
    try {
      await("settled", second, () -> !arrivals.now(practice, receipt.id()).isInWork());
      await("done", second, () -> arrivals.jobs(practice) == 0);
    } finally {
      second.destroy();
      second.waitFor();
    }
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
