package org.openrcm.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written is sealed, and what is sealed cannot be touched unseen. */
@ServerTest
@TestPropertySource(properties = "openrcm.audit.every=1h")
@DirtiesContext
class SealTest {
  private static final int MUTATIONS = Integer.getInteger("openrcm.seal.mutations", 250);

  @Autowired private AuditTrail trail;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcClient sql;
  @Autowired private TestDatabase database;
  @Autowired private Sealing sealing;

  @TempDir private Path folder;

  private final UUID first = UUID.randomUUID();
  private final UUID second = UUID.randomUUID();
  private Sealer sealer;

  @BeforeEach
  void twoPractices() throws Exception {
    for (UUID practice : List.of(first, second)) {
      sql.sql("insert into practice (id, name) values (?, ?)")
          .params(practice, "Practice " + practice)
          .update();
    }
    sealer = sealer(Clock.systemUTC(), Duration.ofDays(365));
    sealer.round();
  }

  private Sealer sealer(Clock clock, Duration keyAge) {
    if (sealer != null) {
      sealer.stop();
    }
    return new Sealer(sealing, new SealSettings(folder, Duration.ofHours(1), keyAge), clock);
  }

  private void write(UUID practice, int entries) {
    Actor.job("test", practice)
        .run(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      for (int i = 0; i < entries; i++) {
                        trail.record(
                            Action.VIEW,
                            Subject.of("Claim", "c\t" + i),
                            List.of(UUID.randomUUID()));
                      }
                    }));
  }

  /** Batches of a few entries each, of two practices and of nobody. */
  private void someHistory() throws Exception {
    for (int round = 0; round < 8; round++) {
      write(first, 3 + round);
      write(second, 2);
      trail.denied(Action.SIGN_IN, Subject.list("Staff"), "no such person");
      sealer.round();
    }
  }

  private Verification.Report verify() throws Exception {
    try (Connection connection = database.asOwner()) {
      Verification.Report report = verify(StoredLog.at(connection));
      connection.rollback();
      return report;
    }
  }

  private Verification.Report verify(SealedLog log) throws Exception {
    return Verification.of(log, Checkpoints.read(List.of(folder), List.of()));
  }

  @Test
  void whatIsWrittenIsSealedAndVerifies() throws Exception {
    someHistory();
    write(first, 5);
    Verification.Report report = verify();
    assertThat(report.faults()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.waiting()).isEqualTo(5);
    assertThat(report.entries()).isGreaterThanOrEqualTo(8 * 2 + 52 + 8);
    sealer.round();
    assertThat(verify().waiting()).isZero();
  }

  @Test
  void anExportVerifiesAsTheDatabaseDoes() throws Exception {
    someHistory();
    try (Connection connection = database.asOwner()) {
      ExportedLog export = ExportedLog.write(StoredLog.at(connection), folder.resolve("export"));
      connection.rollback();
      assertThat(verify(export)).isEqualTo(verify());
    }
  }

  @Test
  void aLineOfAnExportThatIsNoneIsSaidByItsNumberAndNotShown() throws Exception {
    someHistory();
    try (Connection connection = database.asOwner()) {
      ExportedLog.write(StoredLog.at(connection), folder.resolve("export"));
      connection.rollback();
    }
    Path file = folder.resolve("export").resolve("sealed.tsv.gz");
    byte[] whole = Files.readAllBytes(file);
    List<String> lines;
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      lines = new ArrayList<>(new String(in.readAllBytes(), UTF_8).lines().toList());
    }
    for (String none :
        List.of("Hazelthwaite", lines.get(4) + "\tx", lines.get(4).replaceFirst("\\t", "\tx"))) {
      lines.set(4, none);
      try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
      }
      assertThatThrownBy(() -> verify(new ExportedLog(folder.resolve("export"))))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("sealed.tsv.gz, line 5: ")
          .hasMessageNotContaining("Hazelthwaite");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> verify(new ExportedLog(folder.resolve("export"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be decompressed");
  }

  @Test
  void aBatchThatIsNoneIsSaidAndNotReadOn() throws Exception {
    someHistory();
    try (Connection connection = database.asSuperuser();
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("set local session_replication_role = replica");
      sql.execute("update audit_batch set root = 'short'");
      assertThatThrownBy(() -> verify(StoredLog.within(connection)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("row 1 of the record");
      connection.rollback();
    }
  }

  @Test
  void whatIsRolledBackIsNotSealed() throws Exception {
    write(first, 1);
    Actor.job("test", first)
        .run(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      trail.record(Action.VIEW, Subject.list("Claim"));
                      status.setRollbackOnly();
                    }));
    write(first, 1);
    sealer.round();
    assertThat(verify().isClean()).isTrue();
  }

  @Test
  void writersDoNotWaitForTheSealer() throws Exception {
    write(first, 3);
    try (Connection connection = database.asApplication()) {
      // a sealer that stands still in the middle of its round
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("select set_config('app.sealing', 'yes', true)");
        statement.execute("select pg_advisory_xact_lock(24225)");
        statement.execute("delete from audit_pending");
        write(first, 3);
        sealer.round();
      }
      connection.rollback();
    }
    sealer.round();
    Verification.Report report = verify();
    assertThat(report.isClean()).isTrue();
    assertThat(report.waiting()).isZero();
  }

  @Test
  void keysTakeOverFromOneAnother() throws Exception {
    someHistory();
    Instant later = Instant.now().plus(Duration.ofDays(400));
    sealer = sealer(Clock.fixed(later, ZoneOffset.UTC), Duration.ofDays(365));
    someHistory();
    assertThat(SealKeys.known(new SealFolder(folder), List.of())).hasSize(2);
    assertThat(verify().isClean()).isTrue();
    // the second is known by the first; the first is not by the second
    List<String> keys =
        SealKeys.known(new SealFolder(folder), List.of()).stream()
            .map(VerifyingKey::written)
            .toList();
    assertThat(Checkpoints.read(List.of(folder), keys.subList(0, 1)).faults()).isEmpty();
    assertThat(Checkpoints.read(List.of(folder), keys.subList(1, 2)).faults()).isNotEmpty();
  }

  @Test
  void aFolderWhoseKeyIsGoneIsNotSignedInByAnother() throws Exception {
    someHistory();
    Path key = new SealFolder(folder).secretKey();
    byte[] kept = Files.readAllBytes(key);
    Files.delete(key);
    write(first, 2);
    sealer = sealer(Clock.systemUTC(), Duration.ofDays(365));
    assertThatThrownBy(sealer::round)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("put it back");
    Files.write(key, kept);
    sealer.round();
    assertThat(verify().faults()).isEmpty();
    assertThat(verify().waiting()).isZero();
  }

  @Test
  void aKeyThatWasMadeButNotIntroducedIsIntroducedAtTheNextStart() throws Exception {
    Files.delete(folder.resolve("keys.txt"));
    sealer = sealer(Clock.systemUTC(), Duration.ofDays(365));
    someHistory();
    assertThat(verify().faults()).isEmpty();
  }

  @Test
  void aSealerThatDiedBeforeItSignedSignsWhenItIsBack() throws Exception {
    someHistory();
    write(first, 4);
    sealing.seal();
    assertThat(verify().isClean()).isTrue();
    long before = Checkpoints.read(List.of(folder), List.of()).of(first.toString()).lastKey();
    sealer = sealer(Clock.systemUTC(), Duration.ofDays(365));
    sealer.round();
    assertThat(Checkpoints.read(List.of(folder), List.of()).of(first.toString()).lastKey())
        .isEqualTo(before + 4);
  }

  @Test
  void aPracticesFirstBatchBeforeItsCheckpointIsNoFault() throws Exception {
    write(first, 2);
    sealer.round();
    write(second, 2);
    sealing.seal();
    assertThat(verify().faults()).isEmpty();
  }

  @Test
  void withoutAnyCheckpointNothingVouches() throws Exception {
    someHistory();
    try (Connection connection = database.asOwner()) {
      Checkpoints none = Checkpoints.read(List.of(folder.resolve("elsewhere")), List.of());
      assertThat(Verification.of(StoredLog.at(connection), none).faults())
          .extracting(Fault::kind)
          .containsOnly(Fault.Kind.UNVOUCHED);
      connection.rollback();
    }
  }

  @Test
  void whatIsNoTextIsAForgedNote() throws Exception {
    someHistory();
    Path file = new SealFolder(folder).checkpoints().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[40] = (byte) 0xff;
    Files.write(file, bytes);
    assertThat(verify().faults()).extracting(Fault::kind).contains(Fault.Kind.FORGED);
    Path keys = folder.resolve("keys.txt");
    Files.writeString(keys, "openrcm/keys\n\n\u2014 nobody AAAA\n");
    assertThat(verify().faults()).extracting(Fault::kind).contains(Fault.Kind.FORGED);
  }

  @Test
  void aNoteThatWasCutOffIsNoFault() throws Exception {
    someHistory();
    Path file = new SealFolder(folder).checkpoints().get(0);
    Files.writeString(file, Files.readString(file) + "openrcm/x\n12\n");
    someHistory();
    assertThat(verify().faults()).isEmpty();
  }

  @Test
  void noMutationGoesUnseenAndNothingElseIsSeen() throws Exception {
    someHistory();
    write(second, 2);
    long seed = Long.getLong("openrcm.seal.seed", 20261128L);
    Random random = new Random(seed);
    List<String> unseen = new ArrayList<>();
    try (Connection connection = database.asSuperuser()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < MUTATIONS; i++) {
        if (i % 10 == 0) {
          assertThat(verify(StoredLog.within(connection)).faults()).isEmpty();
        }
        Tampering tampering = new Tampering(connection, random, folder);
        String what = tampering.once();
        Verification.Report report = verify(StoredLog.within(connection));
        if (report.isClean() || !tampering.isNamed(report)) {
          unseen.add("seed " + seed + ", " + i + ": " + what + " " + report.faults());
        }
        connection.rollback();
        tampering.undo();
      }
    }
    assertThat(unseen).isEmpty();
  }
}
