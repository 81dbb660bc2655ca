package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@ServerTest
@TestPropertySource(properties = {"openrcm.intake.max-size=4MB", "openrcm.intake.max-x12-size=6MB"})
class LimitsTest {
  private static final int MOST = 4 << 20;
  private static final String X12 = "application/edi-x12";

  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;
  @Autowired private TestDatabase database;

  private static final long TRUSTED_MILLIS = 700;

  private UUID practice;
  private TestApi program;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Larkmoor");
    program = users.api(practice, "system/files.write", "system/files.read");
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private void nothingIsKept() {
    assertThat(arrivals.count(practice, "select count(*) from received_file")).isZero();
    assertThat(arrivals.count(practice, "select count(*) from file_piece")).isZero();
    assertThat(arrivals.jobs(practice)).isZero();
  }

  private HttpResponse<String> sendChunked(byte[] body) {
    return program.send(
        program
            .request("/api/files")
            .header("Content-Type", X12)
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
  }

  @Test
  void exactlyTheLimitIsTaken() {
    HttpResponse<String> answer = sendChunked(bytes(MOST));
    assertThat(answer.statusCode()).isEqualTo(202);
  }

  @Test
  void moreThanTheLimitIsRefusedBeforeItIsRead() {
    HttpResponse<String> answer = program.post("/api/files", X12, bytes(MOST + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("4194304 bytes");
    nothingIsKept();
  }

  @Test
  void moreThanTheLimitIsRefusedWhenItsLengthWasNotTold() {
    HttpResponse<String> answer = sendChunked(bytes(MOST + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    nothingIsKept();
  }

  @Test
  void aFormThatIsTooLargeIsRefusedWithAPage() {
    TestSession poster = users.signedIn(practice, Role.POSTER);
    HttpResponse<String> answer =
        poster.upload("/files", "file", "large.835", bytes(MOST + (1 << 18)));
    assertThat(answer.statusCode()).isEqualTo(413);
    nothingIsKept();
  }

  @Test
  void aCompressedFileThatHoldsTooMuchIsQuarantinedAndWhatWasWholeStays() {
    // compresses well, but honestly: a large check behind a small one
    byte[] small = Checks.file(1, 1, 2);
    byte[] large = Checks.file(2, 1, 60_000);
    byte[] both = Arrays.copyOf(small, small.length + large.length);
    System.arraycopy(large, 0, both, small.length, large.length);
    HttpResponse<String> answer = program.post("/api/files", X12, Checks.gzip(both));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    UUID id = UUID.fromString(answer.body().replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"));
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.QUARANTINED);
    assertThat(file.trouble())
        .contains("Unpacked it is larger than", "What came before that point was loaded.");
    assertThat(arrivals.count(practice, "select count(*) from claim_payment")).isEqualTo(2);
  }

  @Test
  void aFileThatComesWhileTheDatabaseGoesIsNotAcknowledged() throws Exception {
    byte[] body = bytes(MOST);
    PipedOutputStream sender = new PipedOutputStream();
    PipedInputStream pipe = new PipedInputStream(sender, 1 << 16);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () ->
                program.send(
                    program
                        .request("/api/files")
                        .header("Content-Type", X12)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> pipe))));
    sender.write(body, 0, MOST / 2);
    awaitAnUpload();
    endAllConnections();
    sendRest(sender, body);
    HttpResponse<String> response = answer.get(60, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    // the pool tries a connection before it lends it, but not one that was used just now
    Thread.sleep(TRUSTED_MILLIS);
    nothingIsKept();
    // and it is back
    assertThat(sendChunked(body).statusCode()).isEqualTo(202);
  }

  private static void sendRest(PipedOutputStream sender, byte[] body) {
    try (sender) {
      sender.write(body, MOST / 2, MOST - MOST / 2);
    } catch (IOException e) {
      // the server has answered and reads no more
    }
  }

  private void awaitAnUpload() throws SQLException, InterruptedException {
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement()) {
      for (int i = 0; i < 500; i++) {
        try (var row =
            sql.executeQuery(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and state = 'idle in transaction' and query ilike '%savepoint%'")) {
          row.next();
          if (row.getInt(1) > 0) {
            return;
          }
        }
        Thread.sleep(20);
      }
    }
    throw new AssertionError("no upload is under way");
  }

  private void endAllConnections() throws SQLException {
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    }
  }
}
