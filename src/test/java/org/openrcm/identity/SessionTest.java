package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@ServerTest
@Import(MovableClock.InServer.class)
class SessionTest {
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;
  @Autowired private Staff staff;
  @Autowired private Memberships memberships;

  private static boolean isOpen(TestSession session) {
    return session.get("/me").statusCode() == 200;
  }

  private TestSession poster() {
    return users.signedIn(users.practice("Time"), Role.POSTER);
  }

  @Test
  void aSessionEndsAfterAQuarterOfAnHourWithoutRequests() {
    TestSession session = poster();
    clock.move(Duration.ofMinutes(14));
    assertThat(isOpen(session)).isTrue();
    clock.move(Duration.ofMinutes(14));
    assertThat(isOpen(session)).isTrue();
    clock.move(Duration.ofMinutes(15));
    assertThat(isOpen(session)).isFalse();
  }

  @Test
  void aSessionEndsAfterTwelveHoursHoweverBusy() {
    TestSession session = poster();
    for (int i = 0; i < 71; i++) {
      clock.move(Duration.ofMinutes(10));
      assertThat(isOpen(session)).as("after %d minutes", 10 * (i + 1)).isTrue();
    }
    clock.move(Duration.ofMinutes(10));
    assertThat(isOpen(session)).isFalse();
  }

  @Test
  void whoHasShownAPasswordShowsTheCodeWithinFiveMinutes() {
    TestUsers.Person person = users.person(users.practice("Half"), Role.POSTER);
    TestSession session = users.anonymous();
    session.get("/sign-in");
    session.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    session.get("/sign-in/code");
    clock.move(Duration.ofMinutes(5));
    assertThat(session.post("/sign-in/code", "code", users.code(person)).headers().map())
        .extractingByKey("location")
        .asString()
        .contains("/sign-in")
        .doesNotContain("code");
    assertThat(isOpen(session)).isFalse();
  }

  /** Its error page has forms, and forms a token, and the token a session. */
  @Test
  void aStylesheetThatIsGoneDoesNotSignAnybodyOut() {
    TestSession session = poster();
    HttpResponse<String> gone =
        session.send(session.request("/static/gone.css").header("Accept", "text/html"));
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.headers().map()).doesNotContainKey("set-cookie");
    assertThat(isOpen(session)).isTrue();
  }

  @Test
  void aLockOpensAfterAQuarterOfAnHour() {
    TestUsers.Person person = users.person(users.practice("Lock"), Role.POSTER);
    for (int i = 0; i < 5; i++) {
      TestSession session = users.anonymous();
      session.get("/sign-in");
      session.post("/sign-in", "email", person.email(), "password", "wrong");
    }
    clock.move(Duration.ofMinutes(15));
    assertThat(isOpen(users.signIn(person))).isTrue();
  }

  @Test
  void aCodeMayBeHalfAMinuteLateAndNoMore() {
    TestUsers.Person person = users.person(users.practice("Late"), Role.POSTER);
    TestSession session = users.anonymous();
    session.get("/sign-in");
    session.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    session.get("/sign-in/code");
    String code = users.code(person);
    clock.move(Duration.ofSeconds(60));
    assertThat(session.post("/sign-in/code", "code", code).statusCode()).isEqualTo(401);
    String late = users.code(person);
    clock.move(Duration.ofSeconds(29));
    assertThat(session.post("/sign-in/code", "code", late).statusCode()).isEqualTo(302);
  }

  @Test
  void whoIsDisabledIsOutAtOnce() {
    UUID practice = users.practice("Out");
    TestUsers.Person person = users.person(practice, Role.POSTER);
    TestSession session = users.signIn(person);
    assertThat(isOpen(session)).isTrue();
    Actor.job("test", practice).run(() -> staff.disable(person.id()));
    assertThat(isOpen(session)).isFalse();
    TestSession again = users.anonymous();
    again.get("/sign-in");
    assertThat(
            again
                .post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD)
                .statusCode())
        .isEqualTo(401);
  }

  /** OWASP ASVS 5.0 7.2.4: also in a browser in which nobody signed out. */
  @Test
  void whoSignsInAfterSomebodyElseFindsNothingOfTheirs() {
    UUID practice = users.practice("One browser");
    TestSession browser = users.signedIn(practice, Role.ADMINISTRATOR);
    String key = keyOf(browser.get("/me").body());
    browser.post("/emergency", "reason", "A caller is in distress, and no biller answers");
    assertThat(browser.get("/accounts").statusCode()).isEqualTo(200);
    TestUsers.Person next = users.person(practice, Role.ADMINISTRATOR);
    browser.get("/sign-in");
    browser.post("/sign-in", "email", next.email(), "password", TestUsers.PASSWORD);
    browser.get("/sign-in/code");
    browser.post("/sign-in/code", "code", users.code(next));
    assertThat(browser.get("/me").body()).contains(next.email());
    assertThat(keyOf(browser.get("/me").body())).isNotEqualTo(key);
    assertThat(browser.get("/accounts").statusCode()).as("in another's emergency").isEqualTo(403);
  }

  private static String keyOf(String page) {
    Matcher key = Pattern.compile("<code>([A-Z2-7 ]+)</code>").matcher(page);
    assertThat(key.find()).isTrue();
    return key.group(1);
  }

  /** OWASP ASVS 5.0 7.4.5. */
  @Test
  void anAdministratorEndsAllSessionsByANewInvitation() {
    UUID practice = users.practice("Lost telephone");
    TestUsers.Person person = users.person(practice, Role.POSTER);
    TestSession one = users.signIn(person);
    TestSession other = users.signIn(person);
    TestSession administrator = users.signedIn(practice, Role.ADMINISTRATOR);
    administrator.get("/people");
    assertThat(administrator.post("/people/" + person.id() + "/invite").statusCode())
        .isEqualTo(200);
    assertThat(isOpen(one)).isFalse();
    assertThat(isOpen(other)).isFalse();
    assertThat(isOpen(administrator)).isTrue();
    assertThat(isOpen(users.signIn(person))).as("with the password of before").isTrue();
  }

  @Test
  void aRoleTakenAwayIsGoneAtOnce() {
    UUID practice = users.practice("Role");
    TestUsers.Person person = users.person(practice, Role.POSTER, Role.ADMINISTRATOR);
    TestSession session = users.signIn(person);
    assertThat(session.get("/people").statusCode()).isEqualTo(200);
    Actor.job("test", practice)
        .run(() -> memberships.set(person.id(), practice, EnumSet.of(Role.POSTER)));
    assertThat(session.get("/people").statusCode()).isEqualTo(403);
    Actor.job("test", practice)
        .run(() -> memberships.set(person.id(), practice, EnumSet.noneOf(Role.class)));
    assertThat(isOpen(session)).isFalse();
  }

  @Test
  void anAddressGivenAgainIsAnotherPerson() {
    UUID practice = users.practice("Again");
    TestUsers.Person person = users.person(practice, Role.POSTER);
    Actor.job("test", practice).run(() -> staff.disable(person.id()));
    UUID other = staff.create(person.email(), "Somebody else");
    assertThat(other).isNotEqualTo(person.id());
    assertThat(staff.find(person.email())).map(StaffMember::id).contains(other);
  }

  @Test
  void anOldTokenOfAProgramIsRefused() {
    UUID practice = users.practice("Program");
    var program = users.api(practice, "system/*.rs");
    assertThat(program.get("/fhir/nothing-of-this-name").statusCode()).isNotEqualTo(401);
    clock.move(Duration.ofMinutes(6));
    assertThat(program.get("/fhir/nothing-of-this-name").statusCode()).isEqualTo(401);
  }
}
