package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class SignInTest {
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  private TestSession afterPassword(TestUsers.Person person) {
    TestSession session = users.anonymous();
    session.get("/sign-in");
    assertThat(
            location(
                session.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD)))
        .endsWith("/sign-in/code");
    session.get("/sign-in/code");
    return session;
  }

  private int passwordStatus(TestUsers.Person person, String password) {
    TestSession session = users.anonymous();
    session.get("/sign-in");
    return session.post("/sign-in", "email", person.email(), "password", password).statusCode();
  }

  @Test
  void aPasswordAndACodeOpenWhatTheRoleOpens() {
    UUID practice = users.practice("One");
    assertThat(users.signedIn(practice, Role.ADMINISTRATOR).get("/people").statusCode())
        .isEqualTo(200);
    TestSession poster = users.signedIn(practice, Role.POSTER);
    assertThat(poster.get("/me").statusCode()).isEqualTo(200);
    assertThat(poster.get("/people").statusCode()).isEqualTo(403);
    assertThat(Recorded.refused(database, practice)).containsExactly("GET /people: not allowed");
  }

  @Test
  void aPasswordAloneOpensNothing() {
    TestSession session = afterPassword(users.person(users.practice("Half"), Role.values()));
    for (String path : new String[] {"/", "/me", "/people", "/files", "/fhir/Patient"}) {
      HttpResponse<String> answer = session.get(path);
      if (path.startsWith("/fhir")) {
        assertThat(answer.statusCode()).as(path).isIn(401, 403);
      } else {
        assertThat(location(answer)).as(path).endsWith("/sign-in/code");
      }
      assertThat(answer.statusCode()).as(path).isNotEqualTo(200);
    }
  }

  @Test
  void aCodeWorksOnce() {
    TestUsers.Person person = users.person(users.practice("Once"), Role.POSTER);
    TestSession first = afterPassword(person);
    String code = users.code(person);
    assertThat(first.post("/sign-in/code", "code", code).statusCode()).isEqualTo(302);
    TestSession second = afterPassword(person);
    assertThat(second.post("/sign-in/code", "code", code).statusCode()).isEqualTo(401);
    assertThat(location(second.get("/me"))).endsWith("/sign-in/code");
  }

  @Test
  void fiveWrongPasswordsLockAndTheSixthTryIsRefusedThoughRight() {
    TestUsers.Person person = users.person(users.practice("Lock"), Role.POSTER);
    for (int i = 0; i < 5; i++) {
      assertThat(passwordStatus(person, "wrong " + i)).isEqualTo(401);
    }
    assertThat(passwordStatus(person, TestUsers.PASSWORD)).isEqualTo(401);
    assertThat(Recorded.about(database, "Staff", person.id()))
        .filteredOn(row -> row.startsWith("SIGN_IN"))
        .containsExactly(
            "SIGN_IN 8 wrong password",
            "SIGN_IN 8 wrong password",
            "SIGN_IN 8 wrong password",
            "SIGN_IN 8 wrong password",
            "SIGN_IN 8 wrong password",
            "SIGN_IN 8 locked after too many wrong attempts");
  }

  @Test
  void wrongCodesLockTooThoughEachComesAfterARightPassword() {
    TestUsers.Person person = users.person(users.practice("Codes"), Role.POSTER);
    for (int i = 0; i < 5; i++) {
      TestSession session = afterPassword(person);
      assertThat(session.post("/sign-in/code", "code", "00000" + i).statusCode()).isEqualTo(401);
    }
    assertThat(passwordStatus(person, TestUsers.PASSWORD)).isEqualTo(401);
  }

  @Test
  void fourWrongTriesAreForgivenByASignIn() {
    TestUsers.Person person = users.person(users.practice("Forgiven"), Role.POSTER);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        passwordStatus(person, "wrong");
      }
      users.signIn(person);
    }
  }

  @Test
  void anUnknownAddressGetsTheSameAnswerAsAWrongPassword() {
    TestUsers.Person person = users.person(users.practice("Same"), Role.POSTER);
    TestSession one = users.anonymous();
    one.get("/sign-in");
    String known = one.post("/sign-in", "email", person.email(), "password", "wrong").body();
    TestSession other = users.anonymous();
    other.get("/sign-in");
    String unknown =
        other.post("/sign-in", "email", "nobody@example.org", "password", "wrong").body();
    assertThat(plain(unknown).replace("nobody@example.org", "x"))
        .isEqualTo(plain(known).replace(person.email(), "x"));
  }

  private static String plain(String page) {
    return page.replaceAll("(name=\"_csrf\" value|csrf-token\" content)=\"[^\"]*\"", "");
  }

  @Test
  void theSessionsIdChangesAtEachStep() {
    TestUsers.Person person = users.person(users.practice("Fixation"), Role.POSTER);
    TestSession session = users.anonymous();
    session.get("/sign-in");
    HttpCookie before = session.cookie().orElseThrow();
    session.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    HttpCookie half = session.cookie().orElseThrow();
    session.get("/sign-in/code");
    session.post("/sign-in/code", "code", users.code(person));
    HttpCookie whole = session.cookie().orElseThrow();
    assertThat(java.util.List.of(before.getValue(), half.getValue(), whole.getValue()))
        .doesNotHaveDuplicates();
    for (HttpCookie old : new HttpCookie[] {before, half}) {
      HttpResponse<String> answer =
          users
              .anonymous()
              .send(
                  HttpRequest.newBuilder(users.address().resolve("/me"))
                      .header("Cookie", old.getName() + "=" + old.getValue()));
      assertThat(location(answer)).endsWith("/sign-in");
    }
  }

  @Test
  void theSessionIsOverAfterSigningOut() {
    TestUsers.Person person = users.person(users.practice("Out"), Role.POSTER);
    TestSession session = users.signIn(person);
    HttpCookie cookie = session.cookie().orElseThrow();
    assertThat(location(session.post("/sign-out"))).endsWith("/sign-in");
    HttpResponse<String> answer =
        users
            .anonymous()
            .send(
                HttpRequest.newBuilder(users.address().resolve("/me"))
                    .header("Cookie", cookie.getName() + "=" + cookie.getValue()));
    assertThat(location(answer)).endsWith("/sign-in");
    assertThat(Recorded.about(database, "Staff", person.id())).endsWith("SIGN_OUT 0");
  }

  @Test
  void aFormWithoutItsTokenIsRefusedAndOnRecord() {
    UUID practice = users.practice("Forged");
    TestSession session = users.signedIn(practice, Role.ADMINISTRATOR);
    HttpResponse<String> answer =
        session.send(
            session
                .request("/people")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "name=Eve&email=eve%40example.org&role=administrator")));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Recorded.refused(database, practice))
        .containsExactly("POST /people: without the token of a form of ours");
    assertThat(session.get("/people").body()).doesNotContain("eve@example.org");
  }

  @Test
  void whoWasOnTheWaySomewhereGetsThere() {
    TestUsers.Person person = users.person(users.practice("Way"), Role.ADMINISTRATOR);
    TestSession session = users.anonymous();
    assertThat(location(session.get("/people"))).endsWith("/sign-in");
    session.get("/sign-in");
    session.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    session.get("/sign-in/code");
    assertThat(location(session.post("/sign-in/code", "code", users.code(person))))
        .endsWith("/people");
  }

  @Test
  void whoWorksForNoPracticeIsNotLetIn() {
    TestUsers.Person person = users.person(users.practice("None"));
    assertThat(passwordStatus(person, TestUsers.PASSWORD)).isEqualTo(401);
  }
}
