package org.openrcm.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.TestDatabase;

/** Killed at any point of writing and sealing, it leaves a record that is whole. */
class KilledSealerTest {
  private static final int KILLS = Integer.getInteger("openrcm.seal.kills", 12);

  @TempDir private Path folder;

  @Test
  void noKillBreaksTheRecordOrLeavesAnActWithoutItsEntry() throws Exception {
    TestDatabase database = TestDatabase.fresh();
    try (Connection owner = database.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute("create table act (id uuid)");
      sql.execute("grant insert on act to " + TestDatabase.APPLICATION);
    }
    Random random = new Random(20261128);
    long entries = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Process process = start(database);
      process.getInputStream().read();
      // until something is signed nothing is vouched for, and the record says so
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (Checkpoints.read(List.of(folder), List.of()).count() == 0) {
        assertThat(process.isAlive() && System.nanoTime() < end).as("signs something").isTrue();
        Thread.sleep(10);
      }
      Thread.sleep(random.nextInt(700));
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      Verification.Report report = verify(database);
      assertThat(report.faults()).as("after kill " + kill).isEmpty();
      assertThat(report.entries() + report.waiting()).isGreaterThanOrEqualTo(entries);
      entries = report.entries() + report.waiting();
    }
    assertThat(entries).isPositive();
    try (Connection everything = database.asSuperuser();
        Statement sql = everything.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select (select count(*) from act), count(*), count(distinct subject_id),"
                    + " count(*) filter (where not exists (select from act where act.id::text ="
                    + " subject_id)) from audit_event")) {
      row.next();
      assertThat(row.getLong(1)).as("acts").isEqualTo(row.getLong(2)).isEqualTo(row.getLong(3));
      assertThat(row.getLong(4)).as("entries without an act").isZero();
      assertThat(row.getLong(2)).isEqualTo(entries);
    }
  }

  private Process start(TestDatabase database) throws Exception {
    var properties = database.properties();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback-quiet.xml",
            "-Ddatabase=" + database.url(),
            "-Duser=" + properties.get("spring.datasource.username"),
            "-Dpassword=" + properties.get("spring.datasource.password"),
            "-Dopenrcm.audit.folder=" + folder,
            "-Dopenrcm.audit.every=20ms",
            "-cp",
            System.getProperty("java.class.path"),
            SealerUnderFire.class.getName());
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  private Verification.Report verify(TestDatabase database) throws Exception {
    Checkpoints checkpoints = Checkpoints.read(List.of(folder), List.of());
    try (Connection connection = database.asOwner()) {
      Verification.Report report = Verification.of(StoredLog.at(connection), checkpoints);
      connection.rollback();
      return report;
    }
  }
}
