package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@ServerTest
@Import(MovableClock.InServer.class)
class WelcomeTest {
  private static final Pattern KEY = Pattern.compile("by hand: <code>([A-Z2-7 ]+)</code>");
  private static final Pattern LINK = Pattern.compile("/sign-in/link\\?token=([A-Za-z0-9_-]+)");

  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;
  @Autowired private TestDatabase database;
  @Autowired private FirstAdministrator firstAdministrator;
  @Autowired private OneTimeLinks links;
  @Autowired private Practices practices;
  @Autowired private Staff staff;
  @Autowired private Memberships memberships;

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  /** What the app shows after the key of the page was typed in. */
  private String code(String page) {
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).as("a key on the page").isTrue();
    try {
      TimeBasedOneTimePasswordGenerator app = new TimeBasedOneTimePasswordGenerator();
      byte[] secret = new Base32().decode(key.group(1).replace(" ", ""));
      return app.generateOneTimePasswordString(
          new SecretKeySpec(secret, app.getAlgorithm()), clock.instant(), Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String token(String text) {
    Matcher link = LINK.matcher(text);
    assertThat(link.find()).as("a link in %s", text).isTrue();
    return link.group(1);
  }

  private HttpResponse<String> use(TestSession session, String token) {
    session.get("/sign-in/link?token=" + token);
    return session.post("/sign-in/link", "token", token);
  }

  @Test
  void whoIsInvitedChoosesAPasswordAndAnAppAndIsIn() {
    UUID practice = users.practice("Elm Clinic");
    TestSession administrator = users.signedIn(practice, Role.ADMINISTRATOR);
    String email = UUID.randomUUID() + "@example.org";
    HttpResponse<String> invited =
        administrator.post(
            "/people", "name", "Ana Lima", "email", email, "role", "poster", "role", "biller");
    String token = token(invited.body());
    assertThat(administrator.get("/people").body())
        .contains("Ana Lima", "Invited")
        .doesNotContain(token);

    TestSession session = users.anonymous();
    assertThat(location(use(session, token))).endsWith("/welcome");
    assertThat(location(session.get("/people"))).as("not in yet").endsWith("/sign-in");
    String page = session.get("/welcome").body();
    assertThat(page).contains("Welcome, Ana Lima", "<svg").doesNotContain("Name of the practice");
    HttpResponse<String> wrong = session.post("/welcome", "password", "short", "code", "000000");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("at least 12 characters", "six digits");
    HttpResponse<String> in =
        session.post("/welcome", "password", TestUsers.PASSWORD, "code", code(page));
    assertThat(location(in)).endsWith("/");
    assertThat(session.get("/me").body()).contains("Ana Lima", "Elm Clinic");
    assertThat(administrator.get("/people").body()).contains("Active");

    clock.move(Duration.ofSeconds(30));
    TestSession later = users.anonymous();
    later.get("/sign-in");
    later.post("/sign-in", "email", email, "password", TestUsers.PASSWORD);
    later.get("/sign-in/code");
    assertThat(later.post("/sign-in/code", "code", code(page)).statusCode()).isEqualTo(302);
    assertThat(later.get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aLinkWorksOnceAndLookingAtItUsesNothingUp() {
    UUID person = staff.create(UUID.randomUUID() + "@example.org", "Ben");
    String token = links.create(person, Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      assertThat(users.anonymous().get("/sign-in/link?token=" + token).statusCode()).isEqualTo(200);
    }
    assertThat(location(use(users.anonymous(), token))).endsWith("/welcome");
    HttpResponse<String> again = use(users.anonymous(), token);
    assertThat(again.statusCode()).isEqualTo(401);
    assertThat(again.body()).contains("does not work any more");
  }

  @Test
  void aLinkEndsWithItsTimeAndWithTheNextOne() {
    UUID person = staff.create(UUID.randomUUID() + "@example.org", "Cleo");
    String first = links.create(person, Duration.ofHours(1));
    String second = links.create(person, Duration.ofHours(1));
    assertThat(use(users.anonymous(), first).statusCode()).isEqualTo(401);
    clock.move(Duration.ofHours(1));
    assertThat(use(users.anonymous(), second).statusCode()).isEqualTo(401);
    assertThat(use(users.anonymous(), "guess").statusCode()).isEqualTo(401);
  }

  @Test
  void onlyTheHashOfALinkIsKept() {
    UUID person = staff.create(UUID.randomUUID() + "@example.org", "Dora");
    String token = links.create(person, Duration.ofHours(1));
    assertThat(
            Recorded.rows(
                database,
                "select encode(token_hash, 'hex') from one_time_link where staff_id = ?",
                person))
        .containsExactly(java.util.HexFormat.of().formatHex(Tokens.hash(token)));
  }

  @Test
  void aLinkOfAMadeUpPracticeSignsInWholeAndOnlyThere() {
    UUID madeUp = practices.create("Made up", true);
    UUID person = staff.create(UUID.randomUUID() + "@example.org", "Finn");
    Actor.job("test", madeUp).run(() -> memberships.grant(person, madeUp, Role.MANAGER));
    TestSession session = users.anonymous();
    assertThat(location(use(session, links.create(person, Duration.ofHours(1))))).endsWith("/");
    assertThat(session.get("/me").body()).contains("Finn", "Made up");
    assertThat(Recorded.about(database, "Staff", person)).endsWith("SIGN_IN 0");

    users.grant(person, users.practice("Real"), Role.POSTER);
    assertThat(location(use(users.anonymous(), links.create(person, Duration.ofHours(1)))))
        .endsWith("/welcome");
  }

  @Test
  void theFirstAdministratorSetsUpThePracticeAndThereIsNoSecond() throws SQLException {
    try (Connection connection = database.asSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate staff, membership, one_time_link cascade");
    }
    String overtaken = token(firstAdministrator.link().orElseThrow());
    String token = token(firstAdministrator.link().orElseThrow());
    assertThat(use(users.anonymous(), overtaken).statusCode()).isEqualTo(401);
    TestSession session = users.anonymous();
    assertThat(location(use(session, token))).endsWith("/welcome");
    String page = session.get("/welcome").body();
    assertThat(session.post("/welcome", "password", TestUsers.PASSWORD, "code", "1").body())
        .contains("Enter the name of the practice", "Enter your name", "Enter an e-mail address");
    HttpResponse<String> in =
        session.post(
            "/welcome",
            "practice",
            "Oak Clinic",
            "name",
            "Gus Hale",
            "email",
            "gus@example.org",
            "password",
            TestUsers.PASSWORD,
            "code",
            code(page));
    assertThat(location(in)).endsWith("/");
    assertThat(session.get("/people").body()).contains("Gus Hale", "Oak Clinic", "Administrator");
    assertThat(firstAdministrator.link()).isEmpty();
  }

  @Test
  void aNewPasswordEndsAllOtherSessions() {
    TestUsers.Person person = users.person(users.practice("Own"), Role.POSTER);
    TestSession one = users.signIn(person);
    TestSession other = users.signIn(person);
    one.get("/me");
    for (String weak : List.of("short", "password password", "aaaaaaaaaaaaaaaa", person.email())) {
      assertThat(
              one.post("/me/password", "current", TestUsers.PASSWORD, "password", weak)
                  .statusCode())
          .as(weak)
          .isEqualTo(422);
    }
    assertThat(
            one.post("/me/password", "current", "wrong", "password", "a new walk to the sea")
                .statusCode())
        .isEqualTo(422);
    assertThat(
            one.post(
                    "/me/password",
                    "current",
                    TestUsers.PASSWORD,
                    "password",
                    "a new walk to the sea")
                .statusCode())
        .isEqualTo(302);
    assertThat(one.get("/me").body()).contains("Your password was changed.");
    assertThat(location(other.get("/me"))).endsWith("/sign-in");
  }

  @Test
  void aNewAppTakesThePlaceOfTheOld() {
    TestUsers.Person person = users.person(users.practice("App"), Role.POSTER);
    TestSession session = users.signIn(person);
    String page = session.get("/me").body();
    assertThat(
            session
                .post("/me/code", "code-current", TestUsers.PASSWORD, "code", code(page))
                .statusCode())
        .isEqualTo(302);
    clock.move(Duration.ofSeconds(60));
    TestSession again = users.anonymous();
    again.get("/sign-in");
    again.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    again.get("/sign-in/code");
    assertThat(again.post("/sign-in/code", "code", users.codeNow()).statusCode()).isEqualTo(401);
    assertThat(again.post("/sign-in/code", "code", code(page)).statusCode()).isEqualTo(302);
  }

  @Test
  void aProgramsSecretIsShownOnceAndWorks() {
    UUID practice = users.practice("Programs");
    TestSession administrator = users.signedIn(practice, Role.ADMINISTRATOR);
    assertThat(administrator.post("/clients", "name", "").statusCode()).isEqualTo(422);
    String page =
        administrator
            .post("/clients", "name", "Warehouse", "scope", "system/*.rs", "scope", "system/x")
            .body();
    Matcher shown = Pattern.compile("<dd><code>([^<]+)</code></dd>").matcher(page);
    assertThat(shown.find()).isTrue();
    String clientId = shown.group(1);
    assertThat(shown.find()).isTrue();
    String secret = shown.group(1);
    String list = administrator.get("/clients").body();
    assertThat(list).contains("Warehouse", clientId).doesNotContain(secret);
    ApiClients.Credentials credentials =
        new ApiClients.Credentials(UUID.randomUUID(), clientId, secret);
    assertThat(users.askForToken(credentials, "system/*.rs").statusCode()).isEqualTo(200);
    Matcher revoke = Pattern.compile("/clients/[0-9a-f-]+/revoke").matcher(list);
    assertThat(revoke.find()).isTrue();
    assertThat(administrator.post(revoke.group()).statusCode()).isEqualTo(302);
    assertThat(users.askForToken(credentials, "system/*.rs").statusCode()).isEqualTo(401);
    assertThat(
            users
                .signedIn(users.practice("Other"), Role.ADMINISTRATOR)
                .post(revoke.group())
                .statusCode())
        .isEqualTo(404);
  }
}
