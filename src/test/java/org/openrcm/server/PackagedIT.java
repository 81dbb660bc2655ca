package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar as it is shipped. What is in it, not every thread finds: its libraries are jars in a jar,
 * which only its own class loader opens. No test that runs from folders would see that.
 */
class PackagedIT {
  private static final Path JAR = Path.of("target", "openrcm.jar");

  @TempDir private Path folder;

  @Test
  void aFirstStartSaysWhatANewcomerNeedsAndStopsWithItsDatabase() throws Exception {
    Path data = folder.resolve("data");
    try (ServedProcess server =
        ServedProcess.ofJar(JAR, folder, "--data", data.toString()).ready()) {
      assertThat(server.out())
          .contains("OpenRCM is ready: http://localhost:" + server.port())
          .contains("Larkfield Family Practice (made up) has 48 claims and")
          .contains(data.toString())
          .contains("poster", "biller", "collector", "manager", "compliance", "administrator")
          .contains("/fhir/ExplanationOfBenefit");
      assertThat(server.links()).hasSize(6).doesNotHaveDuplicates();
      assertThat(server.err()).isEmpty();
      assertThat(server.readsFhir()).contains("\"resourceType\":\"ExplanationOfBenefit\"");
      assertThat(server.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
      assertThat(server.managed("health/liveness")).isEqualTo("{\"status\":\"UP\"}");
      ProcessHandle database = ServedProcess.postmaster(data);
      assertThat(server.stop()).isEqualTo(143);
      assertThat(database.isAlive()).isFalse();
      assertThat(server.out()).doesNotContain("ERROR").doesNotContain("WARN");
    }
  }
}
