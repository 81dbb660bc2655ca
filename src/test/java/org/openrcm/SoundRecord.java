package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.seal.Checkpoints;
import org.openrcm.seal.StoredLog;
import org.openrcm.seal.Verification;
import org.openrcm.server.SystemVerification;
import org.springframework.core.env.Environment;

/** What must hold of the audit record, and of all else that can be verified, of any server. */
public final class SoundRecord {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private SoundRecord() {}

  /**
   * Waits until all is sealed, and verifies it.
   *
   * @return how many entries there are
   */
  public static long check(Environment environment, TestDatabase database)
      throws SQLException, IOException {
    Path audit = Path.of(environment.getRequiredProperty("openrcm.audit.folder"));
    Verification.Report record = verify(audit, database);
    long start = System.nanoTime();
    while (record.waiting() > 0) {
      assertThat(System.nanoTime() - start).as("waits for seals").isLessThan(PATIENCE_NANOS);
      pause();
      record = verify(audit, database);
    }
    assertThat(record.faults()).isEmpty();
    assertThat(record.isClean()).isTrue();
    List<SystemVerification.Part> parts = new ArrayList<>();
    try (Connection connection = database.asOwner()) {
      SystemVerification.of(
          connection, Path.of(environment.getRequiredProperty("openrcm.secrets.keys")), parts::add);
      connection.rollback();
    }
    assertThat(parts).hasSize(4).allMatch(SystemVerification.Part::isWhole);
    return record.entries();
  }

  private static Verification.Report verify(Path audit, TestDatabase database)
      throws SQLException, IOException {
    try (Connection connection = database.asOwner()) {
      Verification.Report report =
          Verification.of(StoredLog.at(connection), Checkpoints.read(List.of(audit), List.of()));
      connection.rollback();
      return report;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
