package org.openrcm.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.portal.Letters.Letter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Asks every page of patients for what is another patient's: of the same practice, of another one,
 * as a guest and with a sign-in. Whatever rows {@code rules/permissions.tsv} gets are asked too.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatientSeesOnlyTheirOwnTest {
  private static final Path MATRIX = Path.of("src/main/resources/rules/permissions.tsv");

  @Autowired private ApplicationContext server;

  private Letters letters;
  private Letter ours;
  private List<Letter> theirs;
  private List<String> secrets;

  private record Row(String method, String path) {}

  @BeforeAll
  void lettersOfTwoPractices() {
    letters = new Letters(server);
    List<Letter> sent = letters.sent();
    ours = sent.get(0);
    theirs = new ArrayList<>(List.of(sent.get(1)));
    theirs.addAll(letters.sent());
    secrets = new ArrayList<>(List.of("FERNWICK", "Fernwick"));
    for (Letter each : theirs) {
      secrets.add(each.code());
    }
  }

  private static List<Row> rows() throws IOException {
    try (Stream<String> lines = Files.lines(MATRIX)) {
      return lines
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .filter(row -> row[1].equals("/my") || row[1].startsWith("/my/"))
          .filter(row -> row[2].matches("patient|holder"))
          .map(row -> new Row(row[0], row[1]))
          .toList();
    }
  }

  /** All ids of what is another patient's: of accounts, statements, claims, payments, plans. */
  private List<String> ids(Letter of) {
    List<String> ids = new ArrayList<>(List.of(of.accountId().toString(), of.id().toString()));
    ids.add(Long.toString(of.account()));
    for (String sql :
        List.of(
            "select claim_id::text from account_claim where practice_id = ? and account_number = ?",
            "select number::text from statement where practice_id = ? and account_number = ?",
            "select id::text from patient_payment where practice_id = ? and account_number = ?",
            "select id::text from payment_plan where practice_id = ? and account_number = ?")) {
      ids.addAll(letters.column(sql, of.practice(), of.account()));
    }
    return ids;
  }

  @Test
  void noPageGivesAnythingOfSomebodyElse() throws IOException {
    TestSession guest = letters.guest(ours);
    TestSession holder = letters.holder(ours, "only-ours@example.org");
    List<Row> rows = rows();
    assertThat(rows).hasSizeGreaterThan(5);
    for (TestSession browser : List.of(guest, holder)) {
      for (Letter other : theirs) {
        List<String> ids = ids(other);
        // the same claim sent to two practices has one id: it is made of what the claim says
        ids.removeAll(ids(ours));
        for (String id : ids) {
          for (Row row : rows) {
            if (row.path().matches("/my/(sign-out|account/(remove|bills|password))")) {
              continue;
            }
            ask(browser, row, id);
          }
        }
      }
    }
  }

  private void ask(TestSession browser, Row row, String id) {
    String path = row.path().replaceAll("\\{[^}]+}", id);
    String query = "?account=" + id + "&id=" + id + "&visit=" + id + "&statement=" + id;
    HttpResponse<String> answer =
        row.method().equals("GET")
            ? browser.get(path + query)
            : browser.post(
                path,
                "account",
                id,
                "id",
                id,
                "visit",
                id,
                "visits",
                id,
                "claim",
                id,
                "plan",
                id,
                "statement",
                id,
                "amount",
                "1.00",
                "text",
                "Not mine",
                "key",
                id);
    String what = row.method() + " " + path;
    assertThat(answer.body()).as(what).doesNotContain(secrets.toArray(String[]::new));
    if (row.path().contains("{")) {
      assertThat(answer.statusCode()).as(what).isIn(303, 403, 404, 405);
    }
  }

  @Test
  void choosingAnAccountThatNoCodeOpenedIsRefusedAndOnRecord() {
    TestSession holder = letters.holder(ours, "chooser@example.org");
    for (Letter other : theirs) {
      holder.get("/my/account");
      long before = letters.lastRow();
      HttpResponse<String> answer =
          holder.post("/my/account/choose", "account", other.accountId().toString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(
              letters.column(
                  "select actor_kind || ' ' || outcome_text from audit_event where id > ?"
                      + " and practice_id = ? and outcome = 8",
                  before,
                  ours.practice()))
          .containsExactly("PATIENT not an account of this sign-in");
      assertThat(holder.get("/my/account").body())
          .contains("Tansy Quillby")
          .doesNotContain("FERNWICK", "Fernwick");
    }
  }

  @Test
  void whatIsTakenFromALoginIsGoneAtTheNextRequest() {
    TestSession holder = letters.holder(ours, "taken@example.org");
    assertThat(holder.get("/my/account").statusCode()).isEqualTo(200);
    letters.execute("delete from patient_login_account where practice_id = ?", ours.practice());
    assertThat(Letters.location(holder.get("/my/account"))).isEqualTo("/my/sign-in");
  }

  @Test
  void headersAndParametersNameNoOtherAccount() {
    TestSession guest = letters.guest(ours);
    for (Letter other : theirs) {
      HttpResponse<String> answer =
          guest.send(
              guest
                  .request(
                      "/my/account/new?account="
                          + other.account()
                          + "&practice="
                          + other.practice())
                  .header("X-Practice", other.practice().toString())
                  .header("X-Account", Long.toString(other.account())));
      assertThat(answer.body()).doesNotContain("FERNWICK", "Fernwick");
    }
  }
}
