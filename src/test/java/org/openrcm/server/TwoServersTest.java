package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** A second server on the database of the first. */
@ServerTest
class TwoServersTest {
  private static final int FILES = 12;

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  private ConfigurableApplicationContext second;
  private URI secondAddress;

  @BeforeEach
  void startTheSecond() {
    List<String> settings =
        new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
    database.properties().forEach((name, value) -> settings.add("--" + name + "=" + value));
    settings.add("--openrcm.audit.folder=target/servers/second-" + UUID.randomUUID());
    second = Server.start(settings.toArray(String[]::new));
    secondAddress =
        URI.create("http://localhost:" + second.getEnvironment().getProperty("local.server.port"));
  }

  @AfterEach
  void stopIt() {
    second.close();
  }

  @Test
  void aSessionHoldsOnBothAndEndsOnBoth() {
    UUID practice = users.practice("Two servers");
    TestSession first = users.signedIn(practice, Role.POSTER);
    TestSession other = first.at(secondAddress);
    assertThat(other.get("/files").statusCode()).isEqualTo(200);
    first.get("/files");
    assertThat(first.post("/sign-out").statusCode()).isLessThan(400);
    assertThat(other.get("/files").statusCode()).as("sent to sign in").isBetween(300, 399);
  }

  @Test
  void aTokenOfOneIsGoodForTheOther() {
    TestApi program = users.api(users.practice("Two servers"), "system/*.rs");
    HttpResponse<String> answer =
        new TestApi(secondAddress, program.token()).get("/fhir/Patient?_count=1");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void filesThatComeInOnBothAreEachReadOnce() throws Exception {
    UUID practice = users.practice("Two servers");
    TestApi one = users.api(practice, "system/files.read", "system/files.write");
    TestApi other = new TestApi(secondAddress, one.token());
    for (int file = 0; file < FILES; file++) {
      // the same bytes at both: one is the file, the other its duplicate
      for (TestApi each : List.of(one, other)) {
        HttpResponse<String> kept =
            each.post("/api/files", "application/edi-x12", remittance(file));
        assertThat(kept.statusCode()).as(kept.body()).isBetween(200, 202);
      }
    }
    String mine = " where practice_id = '" + practice + "'";
    for (int look = 0; ask("select count(*) from job" + mine) > 0; look++) {
      assertThat(look).as("looks at the work").isLessThan(1200);
      Thread.sleep(50);
    }
    assertThat(ask("select count(*) from received_file" + mine + " and state = 'LOADED'"))
        .isEqualTo(FILES);
    assertThat(ask("select count(*) from received_file" + mine + " and state = 'DUPLICATE'"))
        .isEqualTo(FILES);
    assertThat(ask("select count(*) from remittance" + mine)).isEqualTo(FILES);
    assertThat(ask("select count(*) from file_set" + mine + " and outcome <> 'LOADED'")).isZero();
  }

  private static byte[] remittance(int number) throws IOException {
    return Files.readString(Path.of("samples/takeback.835"))
        .replaceAll("TRN\\*1\\*[^*~]+", "TRN*1*T" + number)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private long ask(String question) throws SQLException {
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement();
        ResultSet answer = sql.executeQuery(question)) {
      answer.next();
      return answer.getLong(1);
    }
  }
}
