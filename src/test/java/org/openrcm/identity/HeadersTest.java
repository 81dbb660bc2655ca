package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieSerializer;

@ServerTest
class HeadersTest {
  @Autowired private TestUsers users;

  @Test
  void everyAnswerCarriesTheHeadersThatKeepABrowserSafe() {
    UUID practice = users.practice("Headers");
    TestApi program = users.api(practice, "system/*.rs", "system/files.read");
    for (HttpResponse<String> answer :
        List.of(
            users.anonymous().get("/sign-in"),
            users.anonymous().get("/people"),
            users.anonymous().get("/api/files"),
            users.anonymous().get("/fhir/Patient"),
            users.anonymous().get("/no-such-page"),
            users.signedIn(practice, Role.ADMINISTRATOR).get("/people"),
            users.signedIn(practice, Role.POSTER).get("/people"),
            program.get("/fhir/Patient"),
            program.get("/fhir/nothing-of-this-name"),
            program.get("/api/no-such-thing"),
            users.askForToken(users.client(practice, "system/*.rs"), "system/*.rs"),
            users.askForToken(users.client(practice, "system/*.rs"), "nothing"))) {
      String what = answer.request().uri().getPath() + " " + answer.statusCode();
      check(what, answer);
      assertThat(header(answer, "Cache-Control")).as(what).contains("no-store");
    }
  }

  private static void check(String what, HttpResponse<String> answer) {
    check(what, name -> header(answer, name));
  }

  private static void check(String what, UnaryOperator<String> header) {
    assertThat(header.apply("Content-Security-Policy"))
        .as(what)
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; font-src 'self'; form-action 'self';"
                + " frame-ancestors 'none'; base-uri 'none'");
    assertThat(header.apply("Strict-Transport-Security"))
        .as(what)
        .isEqualTo("max-age=31536000 ; includeSubDomains");
    assertThat(header.apply("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
    assertThat(header.apply("X-Frame-Options")).as(what).isEqualTo("DENY");
    assertThat(header.apply("Referrer-Policy")).as(what).isEqualTo("no-referrer");
    assertThat(header.apply("Permissions-Policy")).as(what).contains("camera=()");
    assertThat(header.apply("Cross-Origin-Opener-Policy")).as(what).isEqualTo("same-origin");
    assertThat(header.apply("Cross-Origin-Resource-Policy")).as(what).isEqualTo("same-origin");
    assertThat(header.apply("Server")).as(what).isEmpty();
  }

  /** The first line under an empty name, and what follows by its name, without waiting for more. */
  private Map<String, String> headOf(String request) throws IOException {
    try (Socket socket = new Socket(users.address().getHost(), users.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      Map<String, String> head = new HashMap<>(Map.of("", in.readLine()));
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        head.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
      }
      return head;
    }
  }

  /** Where a filter or the firewall refuses before anything else looks at the request. */
  @Test
  void soDoAnswersThatNoPageGives() throws IOException {
    TestSession browser = users.anonymous();
    for (String path : List.of("/files", "/api/files")) {
      Map<String, String> tooLarge =
          headOf(
              "POST "
                  + path
                  + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/edi-x12\r\n"
                  + "Content-Length: 3000000000\r\n\r\n");
      assertThat(tooLarge.get("")).as(path).startsWith("HTTP/1.1 413");
      check(path, name -> tooLarge.getOrDefault(name, ""));
    }
    for (String path : List.of("/files;x=1", "/files//x")) {
      HttpResponse<String> refused = browser.get(path);
      assertThat(refused.statusCode()).as(path).isBetween(400, 404);
      check(path, refused);
    }
    for (String path : List.of("/static/base.css", "/static/none.css", "/static/")) {
      check(path, browser.get(path));
    }
  }

  @Test
  void theCookieIsKeptFromScriptsAndOtherSites() {
    assertThat(header(users.anonymous().get("/sign-in"), "Set-Cookie"))
        .startsWith(SessionCookie.NAME + "=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/");
  }

  /** OWASP ASVS 5.0 3.3.1 and 3.3.3. */
  @Test
  void overHttpsTheCookieIsOfThisHostAlone() {
    SessionCookie cookie = new SessionCookie();
    MockHttpServletRequest https = new MockHttpServletRequest();
    https.setSecure(true);
    MockHttpServletResponse response = new MockHttpServletResponse();
    cookie.writeCookieValue(new CookieSerializer.CookieValue(https, response, "of the session"));
    String set = response.getHeader("Set-Cookie");
    assertThat(set)
        .startsWith("__Host-openrcm=")
        .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
        .doesNotContain("Domain");

    String kept = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    https.setCookies(new Cookie("openrcm", kept));
    assertThat(cookie.readCookieValues(https)).as("one that http set").isEmpty();
    https.setCookies(new Cookie("__Host-openrcm", kept), new Cookie("openrcm", "b3RoZXI="));
    assertThat(cookie.readCookieValues(https)).containsExactly("of the session");
  }

  /** OWASP ASVS 5.0 7.2.3: 27 random bytes, where a UUID would have 122 bits. */
  @Test
  void whatIsInTheCookieCannotBeGuessed() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      TestSession browser = users.anonymous();
      browser.get("/sign-in");
      String kept = browser.cookie().orElseThrow().getValue();
      String id = new String(Base64.getDecoder().decode(kept), StandardCharsets.US_ASCII);
      assertThat(Base64.getUrlDecoder().decode(id)).hasSize(27);
      ids.add(id);
    }
    assertThat(ids).hasSize(50);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }
}
