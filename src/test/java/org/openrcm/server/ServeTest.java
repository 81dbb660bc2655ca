package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of one folder, from its first start on: each test goes on where the last one ended. What
 * a first start says, PackagedIT asks of the jar.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeTest {
  @TempDir private static Path folder;

  private static Path data() {
    return folder.resolve("data");
  }

  private static ServedProcess serve() throws IOException {
    return ServedProcess.start(folder, Map.of(), "--data", data().toString());
  }

  private static final String LOADED = "has 48 claims and";

  @Test
  @Order(1)
  void aServerThatIsKilledLeavesNothingThatTheNextCannotPickUp() throws Exception {
    ProcessHandle left;
    List<String> links;
    try (ServedProcess server = serve().ready()) {
      links = server.links();
      server.kill();
      left = ServedProcess.postmaster(data());
      assertThat(left.isAlive()).as("the database outlives its server").isTrue();
    }
    try (ServedProcess server = serve().ready()) {
      assertThat(left.isAlive()).isFalse();
      assertThat(server.out()).as("the samples are loaded once").contains(LOADED);
      assertThat(server.links()).hasSize(6).doesNotContainAnyElementsOf(links);
      assertThat(server.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  @Order(2)
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
