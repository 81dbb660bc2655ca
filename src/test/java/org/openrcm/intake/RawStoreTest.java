package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class RawStoreTest {
  private static final int PIECE = RawStore.PIECE;

  @Autowired private Intake intake;
  @Autowired private RawStore store;
  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;
  @Autowired private TestDatabase database;

  private UUID practice;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Larkmoor");
  }

  private Receipt keep(byte[] bytes) throws Exception {
    return Actor.job("test", practice)
        .call(() -> intake.receive("x", Via.API, new ByteArrayInputStream(bytes)));
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 20 * PIECE + 17})
  void whatWasReceivedIsGivenBackFromAnyPlaceOn(int size) throws Exception {
    byte[] bytes = bytes(size);
    Receipt receipt = keep(bytes);
    Actor.job("test", practice)
        .call(
            () -> {
              try (InputStream in = store.open(receipt.id(), receipt.sha256())) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
              }
              for (int from : new int[] {0, 1, PIECE - 1, PIECE, 9 * PIECE + 5, size, size + 1}) {
                byte[] rest = from > size ? new byte[0] : Arrays.copyOfRange(bytes, from, size);
                try (InputStream in = store.openAt(receipt.id(), from)) {
                  assertThat(in.readAllBytes()).as("from %d", from).isEqualTo(rest);
                }
              }
              return size;
            });
  }

  @Test
  void bytesThatWereChangedBehindOurBackAreNotGivenOutAsWhole() throws Exception {
    byte[] bytes = bytes(3 * PIECE);
    Receipt receipt = keep(bytes);
    Receipt other = keep(bytes(3 * PIECE + 1));
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          update file_piece p set content = o.content from file_piece o
          where p.file_id = '%s' and o.file_id = '%s' and p.start = %d and o.start = p.start
          """
              .formatted(receipt.id(), other.id(), PIECE));
    }
    Actor.job("test", practice)
        .run(
            () ->
                assertThatThrownBy(() -> store.open(receipt.id(), receipt.sha256()).readAllBytes())
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void anotherPracticeReadsNothing() throws Exception {
    Receipt receipt = keep(bytes(PIECE));
    UUID elsewhere = users.practice("Elsewhere");
    byte[] seen =
        Actor.job("test", elsewhere).call(() -> store.openAt(receipt.id(), 0).readAllBytes());
    assertThat(seen).isEmpty();
    for (String table :
        new String[] {"received_file", "file_piece", "file_mark", "file_finding", "file_set"}) {
      assertThat(arrivals.count(elsewhere, "select count(*) from " + table)).isZero();
    }
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws SQLException {
    InputStream breaking =
        new InputStream() {
          private int left = 5 * PIECE;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("the sender is gone");
            }
            return 'x';
          }
        };
    Actor.job("test", practice)
        .run(
            () ->
                assertThatThrownBy(() -> intake.receive("x", Via.API, breaking))
                    .isInstanceOf(IOException.class));
    assertThat(arrivals.count(practice, "select count(*) from received_file")).isZero();
    assertThat(arrivals.count(practice, "select count(*) from file_piece")).isZero();
  }
}
