package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.portal.Letters;
import org.openrcm.portal.Letters.Letter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What another site makes a browser send, with the session's cookie and without the token of a form
 * of ours: every endpoint that changes anything refuses it (OWASP ASVS 5.0 3.5.1).
 */
@ServerTest
class ForgedFormsTest {
  /** They take no session: who calls shows a secret or a signature with each request. */
  private static final Set<String> WITHOUT_SESSIONS =
      Set.of("POST /oauth2/token", "POST /webhooks/payments");

  @Autowired private ApplicationContext server;
  @Autowired private Permissions permissions;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  private static String endpoint(Permissions.Permission row) {
    return row.method() + " " + row.path().getPatternString();
  }

  private static String address(Permissions.Permission row) {
    return row.path()
        .getPatternString()
        .replaceAll("\\{[^}]+}", UUID.randomUUID().toString())
        .replace("**", "Patient/1")
        .replace("*", "Patient");
  }

  private static HttpRequest.Builder form(TestSession browser, Permissions.Permission row) {
    return browser
        .request(address(row))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Origin", "https://elsewhere.example")
        .method(row.method(), HttpRequest.BodyPublishers.ofString("note=x"));
  }

  private List<Permissions.Permission> changing() {
    return permissions.rows().stream().filter(row -> !row.method().equals("GET")).toList();
  }

  @Test
  void everyFormOfTheOfficeWithoutItsTokenIsRefusedAndOnRecord() {
    UUID practice = users.practice("Forged");
    TestSession browser = users.signedIn(practice, Role.values());
    List<String> refused = new ArrayList<>();
    for (Permissions.Permission row : changing()) {
      if (WITHOUT_SESSIONS.contains(endpoint(row)) || address(row).startsWith("/my/")) {
        continue;
      }
      HttpResponse<String> answer = browser.send(form(browser, row));
      if (address(row).startsWith("/sign-in")) {
        assertThat(answer.statusCode()).as(endpoint(row)).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
      } else {
        assertThat(answer.statusCode()).as(endpoint(row)).isEqualTo(403);
      }
      refused.add(endpoint(row) + ": without the token of a form of ours");
    }
    assertThat(refused).hasSizeGreaterThan(100);
    assertThat(Recorded.refused(database, practice)).isEqualTo(refused);
    assertThat(browser.get("/me").statusCode()).as("still signed in").isEqualTo(200);
  }

  @Test
  void soIsEveryFormOfAPatients() {
    Letter letter = new Letters(server).sent().get(0);
    TestSession browser = new Letters(server).holder(letter, "forged@example.org");
    int asked = 0;
    for (Permissions.Permission row : changing()) {
      if (address(row).startsWith("/my/")) {
        assertThat(browser.send(form(browser, row)).statusCode()).as(endpoint(row)).isEqualTo(403);
        asked++;
      }
    }
    assertThat(asked).isGreaterThan(10);
    assertThat(browser.get("/my/account").statusCode()).as("still signed in").isEqualTo(200);
  }

  /** A token of another session, of an earlier one, or none that was ever given. */
  @Test
  void aTokenOfAnotherFormIsNone() {
    UUID practice = users.practice("Tokens");
    TestSession browser = users.signedIn(practice, Role.ADMINISTRATOR);
    TestSession other = users.signedIn(practice, Role.ADMINISTRATOR);
    Set<String> others = new TreeSet<>(Set.of("", "x", UUID.randomUUID().toString()));
    others.add(
        other
            .withCsrf(other.request("/people"))
            .build()
            .headers()
            .firstValue("X-CSRF-TOKEN")
            .orElseThrow());
    for (String token : others) {
      HttpResponse<String> answer =
          browser.send(
              browser
                  .request("/people")
                  .header("X-CSRF-TOKEN", token)
                  .POST(HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(token).isEqualTo(403);
    }
  }

  /**
   * What takes no form's token takes no session either: the cookie of somebody who may do
   * everything opens nothing there.
   */
  @Test
  void whatTakesNoTokenOfAFormTakesNoSession() {
    TestSession browser = users.signedIn(users.practice("Exempt"), Role.values());
    for (String endpoint : WITHOUT_SESSIONS) {
      String path = endpoint.substring(endpoint.indexOf(' ') + 1);
      HttpResponse<String> answer =
          browser.send(browser.request(path).POST(HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.statusCode()).as(path).isIn(400, 401);
    }
    // nor does a made-up token let a session pass without its form's
    TestApi made = new TestApi(users.address(), "made-up");
    for (String path : List.of("/api/files", "/fhir/Patient/_search", "/people")) {
      HttpResponse<String> answer =
          browser.send(
              browser
                  .request(path)
                  .header("Authorization", "Bearer " + made.token())
                  .header("Content-Type", "application/octet-stream")
                  .POST(HttpRequest.BodyPublishers.ofString("x")));
      assertThat(answer.statusCode()).as(path).isIn(401, 403);
    }
    assertThat(
            permissions.rows().stream()
                .filter(row -> !row.method().equals("GET") && row.isForAnyone())
                .map(ForgedFormsTest::endpoint)
                .filter(endpoint -> !endpoint.contains("/sign-in") && !endpoint.contains(" /my/"))
                .collect(Collectors.toSet()))
        .as("what anyone may send besides")
        .containsExactlyInAnyOrder(
            "POST /welcome",
            "POST /test-gateway/{session}",
            "POST /oauth2/token",
            "POST /webhooks/payments");
  }
}
