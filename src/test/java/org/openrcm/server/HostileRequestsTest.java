package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestFiles;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What nobody sends who means well. Numbers are those of OWASP ASVS 5.0. */
@ServerTest
class HostileRequestsTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  private UUID practice;
  private TestSession person;
  private TestApi program;

  @BeforeEach
  void somebodyWhoMayDoAll() {
    practice = users.practice("Hostile");
    person = users.signedIn(practice, Role.values());
    program = users.api(practice, "system/*.rs", "system/files.read", "system/files.write");
  }

  private static String header(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }

  /** As it goes over the wire, with what a client of Java's would not send. */
  private String askRaw(String request) throws IOException {
    URI address = users.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** 1.1.1. */
  @Test
  void aNameIsDecodedOnce() {
    Map<String, String> names =
        Map.of(
            "%252e%252e%252fetc%252fpasswd", "%2e%2e%2fetc%2fpasswd",
            "%2e%2e%2f%2e%2e%2fone.835", "one.835",
            "a%2500b.835", "a%00b.835");
    names.forEach(
        (sent, kept) -> {
          HttpResponse<String> answer =
              program.send(
                  program
                      .request("/api/files")
                      .header("Content-Type", "application/edi-x12")
                      .header("X-File-Name", sent)
                      .POST(HttpRequest.BodyPublishers.ofString("not X12: " + sent)));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
          String at = URI.create(header(answer, "Location")).getPath();
          assertThat(program.get(at).body()).contains("\"name\":\"" + kept + "\"");
        });
  }

  /** 1.2.1, 3.2.2. */
  @Test
  void markupIsShownAsText() {
    String name = "<img src=x onerror=alert(1)>'\"&amp;";
    person.get("/people");
    HttpResponse<String> added =
        person.post(
            "/people",
            "name",
            name,
            "email",
            "markup" + practice + "@example.org",
            "role",
            "biller");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    String page = person.get("/people").body();
    assertThat(page)
        .doesNotContain("<img src=x")
        .contains("&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;amp;");
    String search = person.get("/remittances?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E").body();
    assertThat(search).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)");
  }

  /** 1.2.4: at every page, in its address and in all that its filters know. */
  @Test
  void quotesBreakNoStatement() throws IOException {
    String quotes = "%27%22%5C%3B--%20%2F*%24%24%00";
    StringBuilder query = new StringBuilder("?x=1");
    for (String name :
        List.of(
            "q",
            "name",
            "after",
            "state",
            "order",
            "sort",
            "from",
            "to",
            "payer",
            "paid",
            "claim",
            "reference",
            "who",
            "patient",
            "action",
            "subject",
            "by",
            "band",
            "month",
            "owes",
            "show",
            "group",
            "kind",
            "reason",
            "account",
            "day",
            "method",
            "step",
            "team",
            "at",
            "provider",
            "submission",
            "batch",
            "view",
            "_id",
            "_sort",
            "_count",
            "identifier")) {
      query.append('&').append(name).append('=').append(quotes);
    }
    int asked = 0;
    for (String line : Files.readAllLines(Path.of("src/main/resources/rules/permissions.tsv"))) {
      String[] row = line.split("\t", -1);
      if (!row[0].equals("GET") || row[1].startsWith("/my") || row[1].equals("/error")) {
        continue;
      }
      List<String> ids =
          row[1].contains("{")
              ? List.of("%27%22", "00000000-0000-0000-0000-000000000000", "1")
              : List.of("");
      for (String id : ids) {
        String path = row[1].replaceAll("\\{[^}]+}", id).replace("**", "Patient");
        for (String parameters : List.of(query.toString().replace("%00", ""), query.toString())) {
          int status = person.get(path + parameters).statusCode();
          assertThat(status).as(path + parameters).isLessThan(500);
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(300);
    for (String search : List.of("name", "family", "identifier", "patient", "_lastUpdated")) {
      HttpResponse<String> answer = program.get("/fhir/Patient?" + search + "=%27%20or%201%3D1--");
      assertThat(answer.statusCode()).as(search).isIn(200, 400);
      assertThat(answer.body()).as(search).doesNotContain("\"fullUrl\"");
    }
  }

  /** 1.3.6, 9.1.3: a trap listens; whatever is sent, nobody comes. */
  @Test
  void nothingThatIsSentIsCalled() throws Exception {
    try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + trap.getLocalPort();
      for (String search :
          List.of(
              "Patient?organization=" + url + "/Organization/1",
              "ExplanationOfBenefit?patient=" + url + "/Patient/1&_include=*",
              "Task?focus=" + url + "/Account/1",
              "Patient?_profile=" + url,
              "metadata?_format=" + url)) {
        program.get("/fhir/" + search);
      }
      String x12 =
          Files.readString(Path.of("samples/family-practice.835"))
              .replaceAll("PER\\*[^~]*~", "PER*BL*" + url + "*UR*" + url + "~");
      new TestFiles(users, practice).load("called.835", x12.getBytes(StandardCharsets.US_ASCII));
      for (String path : List.of("/fhir/Patient", "/api/files", "/webhooks/payments")) {
        program.post(path, "application/xml", entity(url).getBytes(StandardCharsets.UTF_8));
      }
      for (String jwt : tokensThatName(url)) {
        assertThat(new TestApi(users.address(), jwt).get("/fhir/Patient").statusCode())
            .isEqualTo(401);
      }
      for (String name : List.of("X-Forwarded-Host", "Forwarded", "Referer", "Origin", "Via")) {
        String value = name.equals("Forwarded") ? "host=127.0.0.1:" + trap.getLocalPort() : url;
        person.send(person.request("/files").header(name, value));
      }
      printABillWith("<img src=\"" + url + "/a.png\"/>");
      trap.setSoTimeout(500);
      try (Socket caller = trap.accept()) {
        throw new AssertionError("somebody called: " + caller);
      } catch (SocketTimeoutException nobody) {
        assertThat(nobody).isNotNull();
      }
    }
  }

  private static String entity(String url) {
    return "<?xml version=\"1.0\"?><!DOCTYPE Patient [<!ENTITY e SYSTEM \"%s/e\">".formatted(url)
        + "<!ENTITY % p SYSTEM \""
        + url
        + "/p\"> %p;]>"
        + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Patient>";
  }

  /** Signed by a key of their own, which each says how to come by. */
  private static List<String> tokensThatName(String url) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("theirs").generate();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("urn:openrcm")
            .audience("urn:openrcm:api")
            .subject("c")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)))
            .claim("scope", List.of("system/*.rs"))
            .build();
    List<JWSHeader> headers =
        List.of(
            new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create(url + "/jwks")).build(),
            new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertURL(URI.create(url + "/x")).build(),
            new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(key.toPublicJWK()).build(),
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(url).build());
    List<String> tokens = new ArrayList<>();
    for (JWSHeader header : headers) {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      tokens.add(token.serialize());
    }
    return tokens;
  }

  private void printABillWith(String markup) {
    TestBooks books = new TestBooks(server);
    books.loadCase("discount-and-coinsurance");
    books.postAll();
    TestBills bills = new TestBills(server, books);
    TestSession manager = users.signedIn(books.practice, Role.MANAGER, Role.BILLER);
    manager.get("/statements/policy");
    HttpResponse<String> saved =
        manager.post(
            "/statements/policy",
            "name",
            "Larkmoor " + markup,
            "address",
            "12 Meadow Street\nLarkmoor VT 05999",
            "phone",
            "802 555 0100",
            "hours",
            "Monday to Friday " + markup,
            "minimum",
            "1.00",
            "interval",
            "1",
            "due",
            "21");
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
    long account = bills.account("LFP-6011");
    bills.send(account);
    String at =
        "/statements/"
            + database
                .column(
                    "select id::text from statement where practice_id = '" + books.practice + "'")
                .get(0);
    assertThat(manager.get(at + "/paper").body())
        .doesNotContain("<img src=\"http")
        .contains("&lt;img");
    HttpResponse<byte[]> pdf = manager.getBytes(at + ".pdf");
    assertThat(pdf.statusCode()).isEqualTo(200);
    assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
  }

  /** 1.5.1. */
  @Test
  void noXmlIsTakenIn() {
    byte[] xml = entity("file:///etc/passwd?").getBytes(StandardCharsets.UTF_8);
    for (String type : List.of("application/xml", "text/xml", "application/fhir+xml")) {
      for (String path :
          List.of("/fhir/Patient", "/fhir/Patient/_search", "/fhir", "/api/files", "/fhir/$x")) {
        HttpResponse<String> answer = program.post(path, type, xml);
        assertThat(answer.statusCode()).as(type + " " + path).isIn(400, 403, 404, 405, 415);
        assertThat(answer.body()).as(type + " " + path).doesNotContain("root:");
      }
      HttpResponse<String> put =
          program.send(
              program
                  .request("/fhir/Patient/1")
                  .header("Content-Type", type)
                  .PUT(HttpRequest.BodyPublishers.ofByteArray(xml)));
      assertThat(put.statusCode()).isEqualTo(405);
    }
    // as a file it is bytes that are no X12
    HttpResponse<String> kept = program.post("/api/files", "application/edi-x12", xml);
    assertThat(kept.statusCode()).isEqualTo(202);
    users.settled(practice);
    assertThat(program.get(URI.create(header(kept, "Location")).getPath()).body())
        .contains("QUARANTINED")
        .doesNotContain("root:");
  }

  /** 3.4.2. */
  @Test
  void noOtherOriginIsLetIn() {
    for (String path : List.of("/sign-in", "/fhir/metadata", "/api/files", "/fhir/Patient")) {
      for (String method : List.of("GET", "OPTIONS")) {
        HttpResponse<String> answer =
            users
                .anonymous()
                .send(
                    person
                        .request(path)
                        .header("Origin", "https://elsewhere.example")
                        .header("Access-Control-Request-Method", "GET")
                        .method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.headers().map().keySet())
            .as(method + " " + path)
            .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
      }
    }
  }

  /** 4.1.1. */
  @Test
  void everyTextSaysItsCharacters() {
    for (String path :
        List.of(
            "/sign-in",
            "/files",
            "/no-such-page",
            "/claims.csv",
            "/static/base.css",
            "/static/app.js",
            "/fhir/metadata",
            "/fhir/metadata?_format=xml",
            "/fhir/Patient?_format=xml",
            "/openapi.json",
            "/audit.csv",
            "/audit.ndjson")) {
      HttpResponse<String> answer = person.get(path);
      String type = header(answer, "Content-Type").toLowerCase(Locale.ROOT);
      assertThat(type).as(path).isNotEmpty();
      if (type.startsWith("text/") || type.contains("xml")) {
        assertThat(type).as(path).contains("charset=utf-8");
      }
    }
  }

  /** 4.1.3, 15.3.4: who says to be a proxy is none, and is known by the true address. */
  @Test
  void headersOfProxiesChangeNothing() {
    for (Map.Entry<String, String> forged :
        Map.of(
                "X-Forwarded-For", "203.0.113.7",
                "X-Real-IP", "203.0.113.7",
                "Forwarded", "for=203.0.113.7;host=elsewhere.example;proto=https",
                "X-Forwarded-Host", "elsewhere.example",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Prefix", "/elsewhere",
                "X-Original-URL", "/people",
                "X-Rewrite-URL", "/people",
                "X-HTTP-Method-Override", "DELETE",
                "X-Request-Id", "forged")
            .entrySet()) {
      String what = forged.getKey();
      HttpResponse<String> page =
          person.send(person.request("/clients").header(what, forged.getValue()));
      assertThat(page.statusCode()).as(what).isEqualTo(200);
      assertThat(page.body()).as(what).doesNotContain("elsewhere").contains("Programs");
      assertThat(header(page, "X-Request-Id")).as(what).hasSize(36).doesNotContain("forged");
      HttpResponse<String> smart =
          program.send(
              program
                  .request("/fhir/.well-known/smart-configuration")
                  .header(what, forged.getValue()));
      assertThat(smart.body()).as(what).doesNotContain("elsewhere", "https://");
      HttpResponse<String> led =
          users.anonymous().send(person.request("/people").header(what, forged.getValue()));
      assertThat(header(led, "Location")).as(what).isIn("/sign-in", users.address() + "/sign-in");
      TestSession browser = users.anonymous();
      browser.get("/sign-in");
      browser.send(
          browser
              .withCsrf(browser.request("/sign-in"))
              .header(what, forged.getValue())
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("email=nobody%40example.org&password=x")));
    }
    assertThat(
            database.column(
                "select distinct address::text from audit_event where address is not null"))
        .isNotEmpty()
        .allMatch(HostileRequestsTest::isThisMachine);
  }

  private static boolean isThisMachine(String address) {
    return address.matches("(127\\.0\\.0\\.1|::1|0:0:0:0:0:0:0:1)(/\\d+)?");
  }

  /** 4.2.1. */
  @Test
  void aRequestOfTwoLengthsIsRefused() throws IOException {
    String host = "Host: localhost:" + users.address().getPort() + "\r\n";
    String two =
        askRaw(
            "POST /sign-in HTTP/1.1\r\n"
                + host
                + "Content-Length: 4\r\nContent-Length: 0\r\n\r\nabcd");
    assertThat(two).startsWith("HTTP/1.1 400");
    String smuggled = "GET /smuggled HTTP/1.1\r\n" + host + "\r\n";
    String both =
        askRaw(
            "POST /sign-in HTTP/1.1\r\n"
                + host
                + "Connection: close\r\nContent-Length: "
                + (5 + smuggled.length())
                + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + smuggled);
    assertThat(both.split("HTTP/1\\.1 \\d", -1)).as(both).hasSize(2);
    for (String encoding :
        List.of("chunked, identity", "xchunked", "chunked\r\nTransfer-Encoding: x")) {
      assertThat(
              askRaw(
                  "POST /sign-in HTTP/1.1\r\n"
                      + host
                      + "Connection: close\r\nTransfer-Encoding: "
                      + encoding
                      + "\r\n\r\n0\r\n\r\n"))
          .as(encoding)
          .matches("(?s)HTTP/1\\.1 (400|501).*");
    }
    assertThat(askRaw("GET /sign-in HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  /** 13.4.4. */
  @Test
  void traceIsRefused() throws IOException {
    for (String path : List.of("/", "/fhir/metadata", "/static/app.js")) {
      String answer =
          askRaw(
              "TRACE "
                  + path
                  + " HTTP/1.1\r\nHost: x\r\nX-Told: back\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 (403|405).*").doesNotContain("X-Told");
    }
  }

  /** 3.2.1, 5.4.1, 5.4.2. */
  @Test
  void aHostileFileNameStaysAName() {
    Map<String, String> names =
        Map.of(
            "evil.html", "evil.html",
            "a%0D%0AX-Forged:%20yes%0D%0A.835", "aX-Forged: yes.835",
            "%22;%20filename=%22run.exe", "\"; filename=\"run.exe",
            "..%5C..%5Cboot.ini", "boot.ini",
            "%E2%80%AEfdp.exe", "fdp.exe");
    names.forEach(
        (sent, kept) -> {
          HttpResponse<String> answer =
              program.send(
                  program
                      .request("/api/files")
                      .header("Content-Type", "application/edi-x12")
                      .header("X-File-Name", sent)
                      .POST(
                          HttpRequest.BodyPublishers.ofString("<script>alert(1)</script>" + sent)));
          String id = URI.create(header(answer, "Location")).getPath().replaceAll(".*/", "");
          HttpResponse<String> content = person.get("/files/" + id + "/content");
          assertThat(content.statusCode()).as(sent).isEqualTo(200);
          assertThat(header(content, "Content-Disposition")).as(sent).startsWith("attachment;");
          assertThat(header(content, "Content-Type"))
              .as(sent)
              .isEqualTo("application/octet-stream");
          assertThat(header(content, "X-Content-Type-Options")).isEqualTo("nosniff");
          assertThat(content.headers().firstValue("X-Forged")).as(sent).isEmpty();
          assertThat(program.get("/api/files/" + id).body())
              .contains("\"name\":\"" + kept.replace("\"", "\\\"") + "\"");
        });
  }

  /** 13.4.2, 16.5.1. */
  @Test
  void errorsTellNothingOfTheInside() throws IOException {
    List<String> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/no-such-page",
            "/files/x",
            "/files/00000000-0000-0000-0000-000000000000/raw?at=x",
            "/statements/x",
            "/ledger/x",
            "/ledger/entries/x",
            "/error",
            "/error?trace=true&message=true",
            "/api/files?trace=true&after=x",
            "/api/ledger/lines?account=x",
            "/fhir/Patient?_count=x",
            "/fhir/x",
            "/files;x",
            "/static/x",
            "/%ff%fe")) {
      answers.add(person.get(path).body());
    }
    answers.add(askRaw("GET /a|b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    answers.add(askRaw("nonsense\r\n\r\n"));
    for (String answer : answers) {
      assertThat(answer)
          .doesNotContain(
              "Exception",
              "org.springframework",
              "org.openrcm",
              "java.",
              "\tat ",
              "Tomcat",
              "Whitelabel",
              "PSQL",
              "select ",
              "HAPI");
    }
  }

  /** 13.4.3. */
  @Test
  void foldersAreNotListed() {
    for (String path :
        List.of(
            "/static/",
            "/static",
            "/webjars/",
            "/webjars/htmx.org/",
            "/static/..%2f",
            "/static/%2e%2e/")) {
      HttpResponse<String> answer = person.get(path);
      assertThat(answer.statusCode()).as(path).isIn(400, 403, 404);
      assertThat(answer.body()).as(path).doesNotContain("app.js\"", "htmx.min.js<");
    }
  }
}
