package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of one folder, from its first start on. What that says, PackagedIT asks of the jar. */
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
      whatCannotStartBesideItSaysSoInOneLine(server);
    }
  }

  private static void whatCannotStartBesideItSaysSoInOneLine(ServedProcess server)
      throws Exception {
    try (ServedProcess onTheFolder = serve();
        ServedProcess onThePort =
            ServedProcess.start(
                folder,
                Map.of(),
                "--data",
                folder.resolve("other").toString(),
                "--port",
                Integer.toString(server.port()))) {
      assertThat(onTheFolder.end()).isEqualTo(2);
      assertThat(onTheFolder.err())
          .startsWith("openrcm: Another OpenRCM uses the folder " + data())
          .hasLineCount(1);
      assertThat(onTheFolder.out()).isEmpty();
      assertThat(onThePort.end()).isEqualTo(2);
      assertThat(onThePort.err())
          .startsWith("openrcm: Port " + server.port() + " is taken.")
          .hasLineCount(1);
      assertThat(server.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
    }
  }
}
