package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.Accounts;
import org.openrcm.account.Practiced;
import org.openrcm.identity.Role;
import org.openrcm.ledger.Journal;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts as billers and collectors meet them. */
@ServerTest
class AccountPagesTest {
  private static final Pattern MORE =
      Pattern.compile("class=\"more\"[^>]*>\\s*<a[^>]* href=\"([^\"]+)\"");
  private static final Pattern ACCOUNT = Pattern.compile("row-link\" href=\"/accounts/([^\"]+)\"");
  private static final LocalDate DAY = Practiced.DAY;

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  private Practiced practiced;

  @BeforeEach
  void aPractice() {
    practiced = new Practiced(users.practice("Accounts"), transaction, sql);
  }

  private UUID practice() {
    return practiced.practice();
  }

  private List<Long> threeClaims() {
    return practiced.aStory(users, accounts, journal);
  }

  /** All that is posted was posted a day earlier. */
  private void aDayPasses() {
    try (Connection connection = database.asSuperuser();
        Statement change = connection.createStatement()) {
      change.execute("set session_replication_role = replica");
      change.execute(
          "update journal_batch set posted_at = posted_at - interval '1 day' where practice_id = '"
              + practice()
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Visit visit(Role... roles) {
    return new Visit(users, Visit.Screen.LIGHT).signIn(users.person(practice(), roles));
  }

  private static String page(TestSession session, String path) {
    HttpResponse<String> response = session.get(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    return response.body();
  }

  private static Set<String> accountsOn(String page) {
    Set<String> found = new LinkedHashSet<>();
    Matcher account = ACCOUNT.matcher(page);
    while (account.find()) {
      found.add(account.group(1));
    }
    return found;
  }

  private static Locator cells(Page page, String row) {
    return page.locator("tbody tr", new Page.LocatorOptions().setHasText(row)).locator("td, th");
  }

  @Test
  void somebodyIsFoundByNameAndTheirStoryIsToldToTheCent() {
    threeClaims();
    try (Visit visit = visit(Role.BILLER)) {
      Page page = visit.page();
      page.keyboard().press("g");
      page.keyboard().press("o");
      page.waitForURL("**/accounts");
      assertThat(page.locator("tbody#accounts tr")).hasCount(2);
      assertThat(page.locator(".page-head .facts")).containsText("$240.00");
      visit.picture("accounts-found");
      page.keyboard().press("/");
      page.keyboard().type("qui tan");
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("/accounts\\?patient="));
      assertThat(page.locator("tbody#accounts tr")).hasCount(1);
      assertThat(cells(page, "QUILLBY, TANSY"))
          .hasText(
              new String[] {"QUILLBY, TANSY", "Jan 1, 1980", "120.00", "15.00", "Mar 3, 2026"});
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).hasText("TANSY QUILLBY");
      assertThat(page.locator(".page-head .facts")).containsText("since Mar 13, 2026");
      assertThat(cells(page, "Insurer paid").nth(5)).hasText("80.00");
      assertThat(cells(page, "Discount by contract").nth(5)).hasText("25.00");
      assertThat(cells(page, "Patient's share").nth(6)).hasText("120.00");
      assertThat(cells(page, "Patient's share").nth(7)).hasText("15.00");
      assertThat(page.locator("td.money a").first())
          .hasAttribute("href", Pattern.compile("/ledger/entries/\\d+"));
      visit.picture("account-story").isWithoutComplaint();
    }
  }

  @Test
  void asOfADayTheBooksAreAsTheyWereThen() {
    List<Long> claims = threeClaims();
    aDayPasses();
    practiced.post(
        journal, Practiced.decided(claims.get(1), 2, DAY.plusDays(20), "100", "0", "20"));
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    try (Visit visit = visit(Role.POSTER)) {
      Page page = visit.open("/accounts?q=story-2").page();
      page.locator(".row-link").click();
      assertThat(page.locator("tfoot td.money").last()).hasText("35.00");
      page.fill("#on", today.minusDays(1).toString());
      page.click("text=Show");
      assertThat(page.locator("tfoot th")).containsText("At the end of");
      assertThat(page.locator("tfoot td.money").last()).hasText("15.00");
      assertThat(page.locator("tfoot td.money").first()).hasText("120.00");
      visit.picture("account-as-of");
      page.fill("#on", today.minusDays(2).toString());
      page.click("text=Show");
      assertThat(page.locator(".empty")).containsText("Nothing was posted by then");
      page.click("main >> text=Now");
      assertThat(page.locator("tfoot td.money").last()).hasText("35.00");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void whatIsCorrectedByHandCanBeUndone() {
    threeClaims();
    try (Visit visit = visit(Role.BILLER)) {
      Page page = visit.open("/accounts?q=STORY-1").page();
      page.locator(".row-link").click();
      page.click("text=Correct");
      page.fill("#postal_code", "05");
      page.selectOption("#channel", "EMAIL");
      page.click("text=Save");
      assertThat(page.locator("#postal_code-error")).containsText("five or nine digits");
      assertThat(page.locator("#email-error")).isVisible();
      visit.forgiving().picture("account-correct-errors").isAccessible();
      page.fill("#postal_code", "05999");
      page.fill("#address_1", "9 HERON WAY");
      page.fill("#email", "tansy@example.org");
      page.click("text=Save");
      assertThat(page.locator(".toast")).containsText("The account is corrected.");
      assertThat(page.locator("main")).containsText("9 HERON WAY, LARKMOOR, VT 05999");
      assertThat(page.locator("main")).containsText("tansy@example.org");
      visit.picture("account-corrected");
      page.click(".toast >> text=Undo");
      assertThat(page.locator(".toast")).containsText("It is as it was before.");
      assertThat(page.locator("main")).containsText("1 MILL LANE, LARKMOOR, VT 05999-0001");
      page.click("text=History");
      assertThat(page.locator("tbody")).containsText("Taken back");
      visit.picture("account-history").isAccessible().isWithoutComplaint();
    }
  }

  @Test
  void ofTwoWhoCorrectAtOnceTheSecondSeesWhatIsDifferentAndKeepsWhatWasTyped() {
    threeClaims();
    try (Visit one = visit(Role.BILLER);
        Visit other = visit(Role.MANAGER)) {
      for (Visit each : List.of(one, other)) {
        each.open("/accounts?q=STORY-1").page().locator(".row-link").click();
        each.page().click("text=Correct");
      }
      one.page().fill("#phone", "5550100100");
      one.page().click("text=Save");
      assertThat(one.page().locator(".toast")).isVisible();
      Page page = other.page();
      page.fill("#phone", "5550100200");
      page.click("text=Save");
      assertThat(page.locator("[role=alert]")).containsText("was changed while you worked on it");
      assertThat(page.locator("[role=alert]")).containsText("now 5550100100");
      assertThat(page.locator("#phone")).hasValue("5550100200");
      other.forgiving().picture("account-conflict").isAccessible();
      page.click("text=Save");
      assertThat(page.locator("main")).containsText("5550100200");
      other.isWithoutComplaint();
    }
  }

  @Test
  void coveragesAreAddedMovedAndEndedOnThePage() {
    threeClaims();
    try (Visit visit = visit(Role.POSTER)) {
      Page page = visit.open("/accounts?q=STORY-1").page();
      page.locator(".row-link").click();
      page.click("text=Who and coverage");
      page.click("text=Add a coverage");
      page.fill("#payer_name", "Olant Mutual");
      page.click("text=Add the coverage");
      assertThat(page.locator("#member_id-error")).isVisible();
      visit.forgiving();
      page.fill("#member_id", "OL1");
      page.click("text=Add the coverage");
      assertThat(page.locator("tbody tr")).hasCount(2);
      page.locator("button", new Page.LocatorOptions().setHasText("Bill earlier")).click();
      assertThat(page.locator("tbody tr").first()).containsText("Olant Mutual");
      page.locator("tbody tr").last().locator("button").last().click();
      assertThat(page.locator("tbody tr").last()).containsText("Ended");
      visit.picture("account-coverages");
      page.click(".toast >> text=Undo");
      assertThat(page.locator("tbody")).not().containsText("Ended");
      visit.isAccessible().isWithoutComplaint();
    }
  }

  @Test
  void aCollectorSeesAccountsAndChangesNothing() {
    threeClaims();
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.page();
      assertThat(page.locator("nav.places a"))
          .hasText(new String[] {"Home", "Accounts", "Payments", "Queue"});
      visit.open("/accounts").page().locator(".row-link").last().click();
      assertThat(page.locator("main")).containsText("STORY-1");
      assertThat(page.locator("main")).not().containsText("99213");
      assertThat(page.locator("main a[href^='/claims']")).hasCount(0);
      assertThat(page.locator("text=Correct")).hasCount(0);
      page.click("text=Who and coverage");
      assertThat(page.locator("main form")).hasCount(0);
      visit.picture("account-collector").isWithoutComplaint();
    }
    TestSession collector = users.signedIn(practice(), Role.COLLECTOR);
    String id = accountsOn(page(collector, "/accounts")).iterator().next();
    assertThat(collector.get("/accounts/" + id + "/correct").statusCode()).isEqualTo(403);
    assertThat(collector.post("/accounts/" + id + "/correct", "phone", "1").statusCode())
        .isEqualTo(403);
  }

  @Test
  void everyAccountIsOnExactlyOnePartOfALongListInEachOrder() {
    List<Long> claims = practiced.claims(users, "LONG", 110);
    practiced.in(
        () ->
            accounts.take(
                claims.stream()
                    .map(
                        each ->
                            Practiced.seen(
                                each,
                                "LONG-" + each,
                                DAY.plusDays(each % 3),
                                Practiced.person(
                                    "QUILLBY", "TANSY" + (char) ('A' + each % 26) + each)))
                    .toList()));
    for (int i = 0; i < claims.size(); i += 2) {
      practiced.post(journal, Practiced.charged(claims.get(i), DAY, String.valueOf(10 + i % 5)));
    }
    TestSession biller = users.signedIn(practice(), Role.BILLER);
    for (String sort :
        List.of("name", "-name", "service", "-service", "insurer", "-insurer", "-patient")) {
      List<String> seen = new ArrayList<>();
      String next = "/accounts?sort=" + sort;
      while (next != null) {
        String page = page(biller, next);
        assertThat(next).doesNotContainIgnoringCase("quillby");
        seen.addAll(accountsOn(page));
        Matcher more = MORE.matcher(page);
        next = more.find() ? more.group(1).replace("&amp;", "&") : null;
      }
      assertThat(seen).as(sort).hasSize(110).doesNotHaveDuplicates();
    }
    assertThat(page(biller, "/accounts?owed=insurer")).contains(">55 accounts<");
    assertThat(page(biller, "/accounts?owed=patient")).contains("No account fits");
  }

  @Test
  void theListKeepsUpWithTheJournalAndTheCsvHasWhatItShows() {
    List<Long> claims = threeClaims();
    TestSession biller = users.signedIn(practice(), Role.BILLER);
    assertThat(page(biller, "/accounts?owed=patient")).contains(">1 account<", ">$15.00<");
    practiced.post(journal, Practiced.decided(claims.get(0), 2, DAY.plusDays(30), "0", "0", "-15"));
    assertThat(page(biller, "/accounts?owed=patient")).contains("No account fits");
    practiced.post(journal, Practiced.decided(claims.get(2), 3, DAY.plusDays(30), "130", "0", "0"));
    assertThat(accountsOn(page(biller, "/accounts?owed=credit"))).hasSize(1);
    List<String> lines = page(biller, "/accounts.csv").lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).endsWith("\"HAZEL, MOSS\",1980-01-01,-10.00,0.00,2026-02-24");
    assertThat(lines.get(2)).endsWith("\"QUILLBY, TANSY\",1980-01-01,135.00,0.00,2026-03-03");
  }

  @Test
  void anUnknownAccountIsNotFoundAndTheAttemptIsOnRecord() {
    TestSession biller = users.signedIn(practice(), Role.BILLER);
    for (String part : List.of("", "/who", "/history", "/correct")) {
      assertThat(biller.get("/accounts/" + UUID.randomUUID() + part).statusCode()).isEqualTo(404);
      assertThat(biller.get("/accounts/none" + part).statusCode()).isEqualTo(404);
    }
    assertThat(
            practiced.in(
                () ->
                    sql.sql(
                            """
                            select count(*) from audit_event
                            where subject_type = 'Account' and outcome > 0
                            """)
                        .query(Long.class)
                        .single()))
        .isEqualTo(4);
  }
}
