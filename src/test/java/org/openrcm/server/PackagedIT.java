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
  void theJarStartsOnAnEmptyFolderAndServesWhatItLoaded() throws Exception {
    String data = folder.resolve("data").toString();
    try (ServedProcess server = ServedProcess.ofJar(JAR, folder, "--data", data).ready()) {
      assertThat(server.err()).isEmpty();
      assertThat(server.out()).doesNotContain("ERROR").doesNotContain("WARN");
      assertThat(server.readsFhir()).contains("\"resourceType\":\"ExplanationOfBenefit\"");
      assertThat(server.managed("health/readiness")).isEqualTo("{\"status\":\"UP\"}");
    }
  }
}
