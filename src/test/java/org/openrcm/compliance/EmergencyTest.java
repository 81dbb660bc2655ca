package org.openrcm.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.Accounts;
import org.openrcm.account.Practiced;
import org.openrcm.identity.Role;
import org.openrcm.ledger.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Breaking the glass (45 CFR 164.312(a)(2)(ii), 170.315(d)(6); rule H3). */
@ServerTest
@Import(MovableClock.InServer.class)
class EmergencyTest {
  private static final String REASON = "A caller is in distress, and no biller answers";

  @Autowired private TestUsers users;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MovableClock clock;

  private UUID practice;
  private Practiced practiced;
  private TestUsers.Person administrator;
  private TestSession session;
  private String account;

  @BeforeEach
  void anAdministrator() {
    practice = users.practice("Larkfield");
    practiced = new Practiced(practice, transaction, sql);
    practiced.aStory(users, accounts, journal);
    administrator = users.person(practice, Role.ADMINISTRATOR);
    session = users.signIn(administrator);
    account =
        "/accounts/"
            + practiced.in(
                () ->
                    sql.sql("select id from account order by sort_name desc limit 1")
                        .query(UUID.class)
                        .single());
  }

  private int status(String path) {
    return session.get(path).statusCode();
  }

  private HttpResponse<String> begin(String reason) {
    return session.post("/emergency", "reason", reason);
  }

  private List<String> looks() {
    return practiced.in(
        () ->
            sql.sql(
                    """
                    select purpose || ' ' || roles from audit_event
                    where actor_id = ? and action = 'VIEW' and subject_type = 'Account'
                      and outcome = 0 order by id
                    """)
                .param(administrator.id())
                .query(String.class)
                .list());
  }

  @Test
  void withoutAReasonNothingOpens() {
    assertThat(status(account)).isEqualTo(403);
    for (String reason : List.of("", "   ", "urgent", "x".repeat(501))) {
      assertThat(begin(reason).statusCode()).as(reason).isEqualTo(422);
    }
    assertThat(status(account)).isEqualTo(403);
    assertThat(practiced.in(this::findings)).isEmpty();
  }

  private List<String> findings() {
    return sql.sql(
            "select kind || ' ' || actor_name from unusual_access where kind = 'EMERGENCY'"
                + " order by number")
        .query(String.class)
        .list();
  }

  @Test
  void forAnHourItOpensLooksAndNothingElse() {
    assertThat(begin(REASON).headers().firstValue("Location").orElseThrow()).endsWith("/accounts");
    assertThat(session.get(account).body())
        .contains("Emergency access", "each page that you open is on record");
    assertThat(status("/claims")).isEqualTo(200);
    assertThat(status("/accounts.csv")).as("copying out").isEqualTo(403);
    assertThat(session.post(account + "/flags", "kind", "HOLD").statusCode())
        .as("changing")
        .isEqualTo(403);
    assertThat(status("/audit")).as("what is no patient's page").isEqualTo(403);
    assertThat(looks()).isNotEmpty().containsOnly("BTG administrator");
    clock.move(Duration.ofMinutes(14));
    status(account);
    for (int i = 0; i < 4; i++) {
      clock.move(Duration.ofMinutes(11));
      assertThat(status(account)).isEqualTo(200);
    }
    clock.move(Duration.ofMinutes(3));
    assertThat(status(account)).as("after 61 minutes").isEqualTo(403);
    assertThat(session.get("/").body()).doesNotContain("each page that you open is on record");
  }

  @Test
  void itEndsAtOnceWhenItIsEndedOrThePersonSignsOut() {
    begin(REASON);
    session.post("/emergency/end");
    assertThat(status(account)).isEqualTo(403);
    begin(REASON);
    assertThat(status(account)).isEqualTo(200);
    session.post("/sign-out");
    session = users.signIn(administrator);
    assertThat(status(account)).isEqualTo(403);
  }

  @Test
  void rolesThatOpenAPageAnywayLeaveItWhatItIs() {
    administrator = users.person(practice, Role.BILLER);
    session = users.signIn(administrator);
    begin(REASON);
    session.get(account);
    assertThat(looks()).isNotEmpty().containsOnly("HPAYMT biller");
  }

  @Test
  void complianceIsToldAtOnceReadsWhyAndSeesEachLook() {
    TestSession compliance = users.signedIn(practice, Role.COMPLIANCE);
    begin(REASON);
    session.get(account);
    begin(REASON + ", again");
    assertThat(practiced.in(this::findings))
        .as("each of a day")
        .containsExactly("EMERGENCY " + administrator.name(), "EMERGENCY " + administrator.name());
    assertThat(compliance.get("/").body()).contains("Have a look");
    String at =
        "/audit/unusual/"
            + practiced.in(
                () ->
                    sql.sql(
                            "select id from unusual_access where kind = 'EMERGENCY'"
                                + " order by number limit 1")
                        .query(UUID.class)
                        .single());
    assertThat(compliance.get(at).body())
        .contains("Reason given", "A caller is in distress", "Looked at", "Account");
    assertThat(compliance.post(at + "/sign-off", "words", "They called back").statusCode())
        .isEqualTo(302);
  }

  @Test
  void nobodySignsOffTheirOwn() {
    administrator = users.person(practice, Role.COMPLIANCE);
    session = users.signIn(administrator);
    begin(REASON);
    String at =
        "/audit/unusual/"
            + practiced.in(
                () ->
                    sql.sql("select id from unusual_access where kind = 'EMERGENCY'")
                        .query(UUID.class)
                        .single());
    assertThat(session.post(at + "/sign-off", "words", "It was fine").statusCode()).isEqualTo(422);
  }
}
