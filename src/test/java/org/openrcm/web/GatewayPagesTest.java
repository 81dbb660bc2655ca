package org.openrcm.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.HttpCookie;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.portal.PatientStory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Where forms may lead on a server whose gateway has pages of its own. */
@ServerTest
@TestPropertySource(properties = "openrcm.payment.pages=https://checkout.example")
class GatewayPagesTest {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; form-action 'self' https://checkout.example;"
          + " frame-ancestors 'none'; base-uri 'none'";

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  private PatientStory story;

  @BeforeEach
  void aPatient() {
    story = new PatientStory(server);
  }

  @Test
  void pagesThatPostToTheGatewayNameItsOriginAndNoOther() {
    TestSession poster = users.signedIn(story.practice(), Role.POSTER);
    String account = "/accounts/" + story.bills.accountId(story.account) + "/payments";
    TestSession patient = story.patient();
    for (var answer :
        List.of(
            patient.get("/my/pay"),
            patient.get("/my"),
            poster.get(account),
            users.anonymous().get("/my/sign-in"))) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().allValues("Content-Security-Policy"))
          .as(answer.uri().getPath())
          .containsExactly(POLICY);
    }
  }

  /** The browser's own reading of it. */
  @Test
  void aFormLeadsToTheGatewayAndNowhereElse() {
    HttpCookie session = story.patient().cookie().orElseThrow();
    List<String> asked = new CopyOnWriteArrayList<>();
    try (Visit visit =
        new Visit(users, Visit.Screen.LIGHT).with(session.getName(), session.getValue())) {
      Page page = visit.page();
      page.context()
          .route(
              url -> url.contains(".example"),
              route -> {
                asked.add(route.request().url());
                route.fulfill(new Route.FulfillOptions().setBody("Type the card's number here"));
              });
      for (String elsewhere :
          List.of(
              "https://elsewhere.example/",
              "https://checkout.example.elsewhere.example/",
              "https://www.checkout.example/",
              "https://checkout.example:8443/",
              "http://checkout.example.:80/")) {
        visit.open("/my/pay").forgiving();
        submit(page, elsewhere);
        page.waitForTimeout(200);
        assertThat(page.url()).as(elsewhere).endsWith("/my/pay");
        assertThat(asked).as(elsewhere).isEmpty();
      }
      visit.open("/my/pay").forgiving();
      submit(page, "https://checkout.example/c/pay?session=1");
      page.waitForURL("https://checkout.example/**");
      assertThat(asked).containsExactly("https://checkout.example/c/pay?session=1");
      visit.isWithoutComplaint();
    }
  }

  private static void submit(Page page, String url) {
    page.evaluate(
        """
        url => {
          const form = document.createElement("form");
          form.method = "post";
          form.action = url;
          document.body.append(form);
          form.submit();
        }
        """,
        url);
  }
}
