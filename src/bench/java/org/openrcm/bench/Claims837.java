package org.openrcm.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.openrcm.claim.ClaimKind;
import org.openrcm.simulator.Generator;

/** Professional claims of the simulator, without the line ends between their segments. */
final class Claims837 {
  private static final int BYTES_OF_A_CLAIM = 550;
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);

  private Claims837() {}

  /** Writes about so many bytes; the stream is left open. */
  static void write(OutputStream out, long aboutBytes, long seed) throws IOException {
    int claims = Math.toIntExact(aboutBytes / BYTES_OF_A_CLAIM);
    Path folder = Files.createTempDirectory("claims");
    for (Path file :
        new Generator(new Generator.Settings(claims, seed, ClaimKind.PROFESSIONAL, 1, FIRST_DAY))
            .write(folder, () -> {})) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        for (int b = in.read(); b >= 0; b = in.read()) {
          if (b != '\n') {
            out.write(b);
          }
        }
      }
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
