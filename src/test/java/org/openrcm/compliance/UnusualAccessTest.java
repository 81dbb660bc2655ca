package org.openrcm.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.Accounts;
import org.openrcm.account.Practiced;
import org.openrcm.identity.Role;
import org.openrcm.ledger.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class UnusualAccessTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;

  private UUID practice;
  private Practiced practiced;
  private Looks looks;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Larkfield");
    practiced = new Practiced(practice, transaction, sql);
    looks = new Looks(server, practice);
  }

  private TestUsers.Person biller() {
    return users.person(practice, Role.BILLER);
  }

  private static List<UUID> patients(int count) {
    return Stream.generate(UUID::randomUUID).limit(count).toList();
  }

  private List<String> found() {
    looks.workOut();
    return practiced.in(
        () ->
            sql.sql(
                    """
                    select kind || ' ' || actor_name || ' ' || patients || ' '
                      || coalesce(usual::text, '-') from unusual_access where kind <> 'WEEK'
                    order by number
                    """)
                .query(String.class)
                .list());
  }

  @Test
  void farMoreThanTheirOwnUsualDaysStandsOut() {
    TestUsers.Person few = biller();
    TestUsers.Person many = biller();
    for (int day = 1; day <= 10; day++) {
      looks.look(few, "QUERY", Looks.DAY.minusDays(day), "10:00", patients(12));
      looks.look(many, "QUERY", Looks.DAY.minusDays(day), "10:00", patients(20));
    }
    looks.look(few, "QUERY", Looks.DAY, "10:00", patients(36));
    looks.look(many, "QUERY", Looks.DAY, "10:00", patients(59));
    assertThat(found()).containsExactly("MANY " + few.name() + " 36 12");
  }

  @Test
  void outsideOfTheHoursOfThePracticesOwnZone() {
    TestUsers.Person late = biller();
    TestUsers.Person short1 = biller();
    TestUsers.Person early = biller();
    TestUsers.Person day = biller();
    looks.look(late, "QUERY", Looks.DAY, "20:00", patients(5));
    looks.look(short1, "QUERY", Looks.DAY, "23:00", patients(4));
    looks.look(early, "QUERY", Looks.DAY, "05:59", patients(5));
    looks.look(day, "QUERY", Looks.DAY, "19:59", patients(5));
    looks.look(day, "QUERY", Looks.DAY, "06:00", patients(5));
    assertThat(found())
        .containsExactlyInAnyOrder(
            "OFF_HOURS " + late.name() + " 5 -", "OFF_HOURS " + early.name() + " 5 -");
  }

  @Test
  void patientsWhomNobodyHadWorkWith() {
    TestUsers.Person curious = biller();
    TestUsers.Person busy = biller();
    List<UUID> old = patients(10);
    List<UUID> worked = patients(10);
    looks.look(busy, "CHANGE", Looks.DAY.minusDays(31), "10:00", old);
    looks.look(busy, "CHANGE", Looks.DAY.minusDays(5), "10:00", worked);
    looks.open(curious, Looks.DAY, old);
    looks.open(busy, Looks.DAY, worked);
    // what is opened together with others, such as a check, is no one patient's
    looks.look(busy, "VIEW", Looks.DAY, "10:00", patients(15));
    assertThat(found()).containsExactly("UNWORKED " + curious.name() + " 10 -");
  }

  @Test
  void namesOfTheStaff() {
    practiced.aStory(users, accounts, journal);
    TestUsers.Person colleague = biller();
    practiced.in(
        () ->
            sql.sql("update staff set name = 'Tansy Rose Quillby' where id = ?")
                .param(colleague.id())
                .update());
    List<UUID> patients = new ArrayList<>(of("QUILLBY"));
    TestUsers.Person curious = biller();
    assertThat(patients).isNotEmpty();
    looks.open(curious, Looks.DAY, patients);
    assertThat(found())
        .containsExactly("SAME_NAME " + curious.name() + " " + patients.size() + " -");
  }

  private List<UUID> of(String last) {
    return practiced.in(
        () ->
            sql.sql(
                    """
                    select distinct c.patient_id from account_claim c
                    join account a on a.number = c.account_number
                    where upper(a.last_name) = ? and upper(a.first_name) = 'TANSY'
                    """)
                .param(last)
                .query(UUID.class)
                .list());
  }

  @Test
  void anotherPersonSignsItOffOnceAndUntilThenItIsCounted() {
    TestUsers.Person person = users.person(practice, Role.COMPLIANCE);
    TestSession own = users.signIn(person);
    TestSession other = users.signedIn(practice, Role.COMPLIANCE);
    List<UUID> seen = patients(5);
    looks.look(person, "QUERY", Looks.DAY, "21:00", seen);
    assertThat(found()).hasSize(1);
    assertThat(found()).as("gone through again").hasSize(1);
    UUID id =
        practiced.in(
            () ->
                sql.sql("select id from unusual_access where kind = 'OFF_HOURS'")
                    .query(UUID.class)
                    .single());
    assertThat(other.get("/").body()).contains("Unusual access to review", "Have a look");
    String at = "/audit/unusual/" + id;
    assertThat(other.get(at).body())
        .contains(seen.get(0).toString(), person.name(), "Mar 4, 2026, 9:00:00 PM");
    assertThat(own.get(at).body()).contains("your own day");
    assertThat(own.post(at + "/sign-off", "words", "It was fine").statusCode()).isEqualTo(422);
    assertThat(other.post(at + "/sign-off", "words", " ").statusCode()).isEqualTo(422);
    assertThat(other.post(at + "/sign-off", "words", "Month end").statusCode()).isEqualTo(302);
    assertThat(other.post(at + "/sign-off", "words", "Again").statusCode()).isEqualTo(422);
    assertThat(other.get("/audit/unusual").body()).doesNotContain(at);
    assertThat(other.get("/audit/unusual?show=signed").body()).contains(at, "Explained");
    assertThat(other.get(at).body()).contains("Month end").doesNotContain("Again");
    assertThat(users.signedIn(practice, Role.MANAGER).get(at).statusCode()).isEqualTo(403);
  }

  @Test
  void eachWeekIsLookedThroughWhateverStandsOut() {
    looks.look(biller(), "QUERY", Looks.DAY.minusDays(20), "10:00", patients(1));
    looks.workOut();
    looks.workOut();
    TestSession compliance = users.signedIn(practice, Role.COMPLIANCE);
    assertThat(compliance.get("/audit/unusual").body().split("The week&#39;s review", -1))
        .hasSize(2);
  }
}
