package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class PracticeTest {
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  private UUID ash;
  private UUID birch;
  private UUID cedar;
  private TestUsers.Person person;
  private TestSession session;

  @BeforeEach
  void somebodyWhoWorksForTwoOfThree() {
    ash = users.practice("Ash Clinic");
    birch = users.practice("Birch Clinic");
    cedar = users.practice("Cedar Clinic");
    person = users.person(ash, Role.ADMINISTRATOR);
    users.grant(person.id(), birch, Role.POSTER);
    session = users.signIn(person);
  }

  private String practiceOnPage() {
    String page = session.get("/me").body();
    return page.replaceAll("(?s).*<dt>Practice</dt>\\s*<dd>([^<]+)</dd>.*", "$1");
  }

  @Test
  void aSignInBeginsAtTheFirstPracticeByName() {
    assertThat(practiceOnPage()).isEqualTo("Ash Clinic");
  }

  @Test
  void aSwitchIsOpenOnRecordAndBringsTheRolesOfThatPractice() {
    assertThat(session.get("/people").statusCode()).isEqualTo(200);
    assertThat(session.post("/practice", "practice", birch.toString()).statusCode()).isEqualTo(302);
    assertThat(practiceOnPage()).isEqualTo("Birch Clinic");
    assertThat(session.get("/people").statusCode()).isEqualTo(403);
    assertThat(Recorded.about(database, "Practice", birch)).endsWith("PRIVILEGE 0");
    assertThat(
            Recorded.rows(
                database,
                "select practice_id::text from audit_event where subject_type = 'Practice'"
                    + " and action = 'PRIVILEGE' and actor_id = ?",
                person.id()))
        .containsExactly(birch.toString());
  }

  @Test
  void aPracticeOfOthersIsRefusedOnRecordAndNothingChanges() {
    for (String forged :
        new String[] {
          cedar.toString(), UUID.randomUUID().toString(), "", "x", "' or true --", "null"
        }) {
      assertThat(session.post("/practice", "practice", forged).statusCode())
          .as(forged)
          .isEqualTo(403);
      assertThat(practiceOnPage()).as(forged).isEqualTo("Ash Clinic");
    }
    assertThat(Recorded.about(database, "Practice", cedar))
        .endsWith("PRIVILEGE 8 does not work for it");
    assertThat(
            Recorded.rows(
                database,
                "select practice_id::text from audit_event where outcome = 8 and actor_id = ?",
                person.id()))
        .hasSize(6)
        .containsOnly(ash.toString());
  }

  @Test
  void aPracticeNamedAnywhereElseHasNoEffect() {
    String id = cedar.toString();
    for (HttpRequest.Builder request :
        new HttpRequest.Builder[] {
          session.request("/people?practice=" + id + "&practice_id=" + id + "&practiceId=" + id),
          session.request("/people").header("X-Practice", id).header("X-Practice-Id", id),
          session.request("/people").header("X-Tenant-Id", id).header("app.practice", id)
        }) {
      HttpResponse<String> answer = session.send(request);
      assertThat(answer.body()).contains("Ash Clinic", person.name()).doesNotContain("Cedar");
    }
    TestUsers.Person other = users.person(cedar, Role.ADMINISTRATOR);
    session.post(
        "/people",
        "name",
        "New person",
        "email",
        "new-" + id + "@example.org",
        "role",
        "poster",
        "practice",
        id,
        "practice_id",
        id);
    assertThat(users.signIn(other).get("/people").body()).doesNotContain("New person");
    assertThat(session.get("/people").body()).contains("New person");
  }

  @Test
  void aPersonOfAnotherPracticeCannotBeTouched() {
    TestUsers.Person other = users.person(cedar, Role.ADMINISTRATOR);
    TestSession theirs = users.signIn(other);
    for (String act : new String[] {"roles", "disable", "invite"}) {
      HttpResponse<String> answer =
          session.post("/people/" + other.id() + "/" + act, "role", "poster");
      assertThat(answer.statusCode()).as(act).isEqualTo(404);
      assertThat(answer.body()).doesNotContain(other.name(), other.email());
    }
    assertThat(theirs.get("/people").statusCode()).isEqualTo(200);
    assertThat(Recorded.about(database, "Staff", other.id()))
        .filteredOn(row -> row.startsWith("PRIVILEGE 8"))
        .hasSize(3);
  }

  @Test
  void whoeverWorksElsewhereTooGetsNoNewPasswordFromHere() {
    TestUsers.Person shared = users.person(ash, Role.POSTER);
    users.grant(shared.id(), cedar, Role.COMPLIANCE);
    HttpResponse<String> answer = session.post("/people/" + shared.id() + "/invite");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(session.get("/people").body()).contains("works for other practices too");
    TestSession theirs = users.signIn(shared);
    theirs.post("/practice", "practice", cedar.toString());
    session.post("/people/" + shared.id() + "/disable");
    assertThat(theirs.get("/me").statusCode()).as("goes on at the other").isEqualTo(200);
    assertThat(theirs.post("/practice", "practice", ash.toString()).statusCode()).isEqualTo(403);
  }

  @Test
  void theLastAdministratorStays() {
    assertThat(session.post("/people/" + person.id() + "/disable").statusCode()).isEqualTo(302);
    session.post("/people/" + person.id() + "/roles", "role", "poster");
    assertThat(session.get("/people").statusCode()).isEqualTo(200);
  }
}
