package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;

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
      assertThat(header(answer, "Content-Security-Policy"))
          .as(what)
          .isEqualTo(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; font-src 'self'; form-action 'self';"
                  + " frame-ancestors 'none'; base-uri 'none'");
      assertThat(header(answer, "Strict-Transport-Security"))
          .as(what)
          .isEqualTo("max-age=31536000 ; includeSubDomains");
      assertThat(header(answer, "X-Content-Type-Options")).as(what).isEqualTo("nosniff");
      assertThat(header(answer, "X-Frame-Options")).as(what).isEqualTo("DENY");
      assertThat(header(answer, "Referrer-Policy")).as(what).isEqualTo("no-referrer");
      assertThat(header(answer, "Permissions-Policy")).as(what).contains("camera=()");
      assertThat(header(answer, "Cache-Control")).as(what).contains("no-store");
      assertThat(header(answer, "Server")).as(what).isEmpty();
    }
  }

  @Test
  void theCookieIsKeptFromScriptsAndOtherSites() {
    assertThat(header(users.anonymous().get("/sign-in"), "Set-Cookie"))
        .startsWith(SessionConfiguration.COOKIE + "=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }
}
