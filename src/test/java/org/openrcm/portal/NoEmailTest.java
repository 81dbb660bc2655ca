package org.openrcm.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.account.Preferences;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** A server whose operator has set no mail server up. */
@ServerTest
@TestPropertySource(properties = "spring.mail.host=")
class NoEmailTest {
  @Autowired private ApplicationContext server;
  @Autowired private Preferences.Desk preferences;

  @Test
  void offersNoEmailAndSendsPaperAlsoToWhoAskedForIt() {
    PatientStory story = new PatientStory(server);
    Preferences wish = new Preferences("en", false, "tansy@example.org");
    story.books.run(() -> preferences.set(story.account, wish));
    TestSession tansy = story.patient();
    assertThat(tansy.get("/my/settings").body())
        .contains("We send all bills on paper, by mail.", "You asked for e-mail.")
        .doesNotContain("name=\"way\"", "name=\"email\"");
    tansy.post("/my/language", "language", "es");
    assertThat(tansy.get("/my/settings").body())
        .contains("Mandamos todas las facturas en papel, por correo.", "Usted pidió correo");

    tansy.post("/my/settings", "way", "email", "email", "other@example.org", "language", "es");
    assertThat(story.books.<Preferences>ask(() -> preferences.of(story.account)))
        .as("the language alone is changed")
        .isEqualTo(new Preferences("es", false, "tansy@example.org"));

    story.bills.sendLater(story.account);
    assertThat(
            story.books.count(
                "select count(*) from statement where channel = 'MAIL' and account_number = "
                    + story.account))
        .isEqualTo(2);
    assertThat(story.books.count("select count(*) from job where kind = 'STATEMENT_EMAIL'"))
        .isZero();
  }
}
