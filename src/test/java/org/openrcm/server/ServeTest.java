package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of one folder, from its first start on: each test goes on where the last one ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeTest {
  @TempDir private static Path folder;

  private static Path data() {
    return folder.resolve("data");
  }

  private static ServedProcess serve() throws IOException {
    return ServedProcess.start(folder, Map.of(), "--data", data().toString());
  }

  private static Optional<ProcessHandle> postmaster() throws IOException {
    Path file = data().resolve("postgres/postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
  }

  private static final Pattern LINK = Pattern.compile("http://\\S+/sign-in/link\\?token=\\S+");
  private static final String LOADED = "has 48 claims and";

  private static List<String> links(ServedProcess server) throws IOException {
    return LINK.matcher(server.out()).results().map(MatchResult::group).toList();
  }

  @Test
  @Order(1)
  void aFirstStartSaysWhatANewcomerNeedsAndStopsWithItsDatabase() throws Exception {
    try (ServedProcess server = serve().ready()) {
      assertThat(server.out())
          .contains("OpenRCM is ready: http://localhost:" + server.port())
          .contains("Larkfield Family Practice (made up) " + LOADED)
          .contains(data().toString())
          .contains("poster", "biller", "collector", "manager", "compliance", "administrator")
          .contains("/fhir/ExplanationOfBenefit")
          .doesNotContain("ERROR")
          .doesNotContain("WARN");
      assertThat(links(server)).hasSize(6).doesNotHaveDuplicates();
      assertThat(server.err()).isEmpty();
      assertThat(server.readsFhir()).contains("\"resourceType\":\"ExplanationOfBenefit\"");
      assertThat(server.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
      assertThat(server.managed("health/liveness")).isEqualTo("{\"status\":\"UP\"}");
      ProcessHandle database = postmaster().orElseThrow();
      assertThat(server.stop()).isEqualTo(143);
      assertThat(database.isAlive()).isFalse();
      assertThat(server.out()).doesNotContain("ERROR").doesNotContain("WARN");
    }
  }

  @Test
  @Order(2)
  void aServerThatIsKilledLeavesNothingThatTheNextCannotPickUp() throws Exception {
    ProcessHandle left;
    List<String> links;
    try (ServedProcess server = serve().ready()) {
      links = links(server);
      server.kill();
      left = postmaster().orElseThrow();
      assertThat(left.isAlive()).as("the database outlives its server").isTrue();
    }
    try (ServedProcess server = serve().ready()) {
      assertThat(left.isAlive()).isFalse();
      assertThat(server.out()).as("the samples are loaded once").contains(LOADED);
      assertThat(links(server)).hasSize(6).doesNotContainAnyElementsOf(links);
      assertThat(server.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  @Order(3)
  void whatCannotStartBesideARunningServerSaysSoInOneLine() throws Exception {
    try (ServedProcess first = serve().ready();
        ServedProcess onTheFolder = serve();
        ServedProcess onThePort =
            ServedProcess.start(
                folder,
                Map.of(),
                "--data",
                folder.resolve("other").toString(),
                "--port",
                Integer.toString(first.port()))) {
      assertThat(onTheFolder.end()).isEqualTo(2);
      assertThat(onTheFolder.err())
          .startsWith("openrcm: Another OpenRCM uses the folder " + data())
          .hasLineCount(1);
      assertThat(onTheFolder.out()).isEmpty();
      assertThat(onThePort.end()).isEqualTo(2);
      assertThat(onThePort.err())
          .startsWith("openrcm: Port " + first.port() + " is taken.")
          .hasLineCount(1);
      assertThat(first.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
    }
  }
}
