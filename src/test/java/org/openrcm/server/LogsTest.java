package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ServerTest
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {
  private static final String CANARY = "Canarywren";

  @Autowired private TestUsers users;

  private static byte[] remittance() throws IOException {
    return Files.readString(Path.of("samples/family-practice.835"))
        .replaceAll("NM1\\*QC\\*1\\*[^~]*~", "NM1*QC*1*CANARYWREN*CANARYWREN****MI*CANARYWREN7~")
        .replaceAll("CLP\\*[^*]+\\*", "CLP*CANARYWREN\\*")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void neverHoldAPatientWhateverIsSent(CapturedOutput output) throws Exception {
    UUID practice = users.practice("Logs");
    TestApi program = users.api(practice, "system/*.rs", "system/files.read", "system/files.write");
    TestSession person =
        users.signedIn(practice, Role.POSTER, Role.MANAGER, Role.ADMINISTRATOR, Role.COMPLIANCE);

    byte[] good = remittance();
    byte[] damaged =
        new String(good, StandardCharsets.US_ASCII)
            .replaceAll("SVC\\*[^~]*~", "SVC*CANARYWREN*CANARYWREN*CANARYWREN~")
            .replaceAll("DTM\\*[^~]*~", "DTM*472*CANARYWREN~")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] nonsense = "CANARYWREN is not X12".getBytes(StandardCharsets.US_ASCII);
    for (byte[] file : List.of(good, damaged, nonsense)) {
      HttpResponse<String> kept = program.post("/api/files", "application/edi-x12", file);
      assertThat(kept.statusCode()).as(kept.body()).isBetween(200, 202);
      awaitRead(program, kept.headers().firstValue("Location").orElseThrow());
    }
    assertThat(program.get("/fhir/Patient?name=" + CANARY).body())
        .as("the patient is there to be leaked")
        .containsIgnoringCase(CANARY);

    for (String path :
        List.of(
            "/fhir/Patient?name=Canarywren&_count=Canarywren",
            "/fhir/Patient?_page=Canarywren",
            "/fhir/Patient/Canarywren",
            "/fhir/Canarywren/1",
            "/fhir/ExplanationOfBenefit?created=Canarywren",
            "/fhir/ExplanationOfBenefit?patient=Canarywren&_include=Canarywren",
            "/fhir/ExplanationOfBenefit?_lastUpdated=geCanarywren",
            "/api/files/Canarywren",
            "/api/files?state=Canarywren&after=Canarywren")) {
      program.get(path);
    }
    program.post(
        "/fhir/Patient/_search",
        "application/json",
        "{\"name\":\"Canarywren\"".getBytes(StandardCharsets.UTF_8));
    for (String path :
        List.of(
            "/files/Canarywren",
            "/files?state=Canarywren&after=Canarywren",
            "/files/" + UUID.randomUUID() + "/raw?at=Canarywren",
            "/remittances?after=Canarywren&paid=Canarywren&from=Canarywren&payer=Canarywren",
            "/remittances/Canarywren",
            "/audit?after=Canarywren&from=Canarywren",
            "/Canarywren")) {
      person.get(path);
    }
    person.post("/people/Canarywren/roles", "role", CANARY);
    person.post("/practice", "practice", CANARY);
    person.post("/sign-in", "email", "Canarywren@example.org", "password", CANARY);
    person.upload("/files", "file", "Canarywren.835", nonsense, "../Canarywren", good);
    askRaw("GET /fhir/Patient?name=Canarywren|{}\" HTTP/1.1\r\nHost: x\r\n\r\n");
    askRaw("GET / HTTP/1.1\r\nHost: Canarywren{}\r\nCanarywren\u0001: Canarywren\r\n\r\n");
    askRaw("Canarywren\r\n\r\n");

    LoggerFactory.getLogger(LogsTest.class).warn("this is seen");
    assertThat(output.getAll()).contains("this is seen");
    assertThat(output.getAll().toLowerCase(Locale.ROOT))
        .doesNotContain(CANARY.toLowerCase(Locale.ROOT));
  }

  private static void awaitRead(TestApi program, String location) throws InterruptedException {
    String path = URI.create(location).getPath();
    for (int look = 0; look < 600; look++) {
      String body = program.get(path).body();
      if (!body.contains("\"RECEIVED\"") && !body.contains("\"READING\"")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not read");
  }

  private void askRaw(String request) throws IOException {
    URI address = users.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().read()).as("an answer").isPositive();
    }
  }
}
