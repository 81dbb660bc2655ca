package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.account.Preferences;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A biller sees by which way bills went, notes an e-mail that came back, and prints it. */
@ServerTest
class EmailPagesTest {
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private Preferences.Desk preferences;

  @DynamicPropertySource
  static void mailServer(DynamicPropertyRegistry settings) {
    MAIL.start();
    settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
  }

  @Test
  void whatEmailDidNotBringIsPrinted() {
    UUID practice = users.practice("Larkmoor Family Practice");
    TestBooks books = new TestBooks(server, practice);
    books.receiveCrowd(3);
    books.settled();
    books.postAll();
    new TestBills(server, books);
    long account = books.count("select min(number) from account");
    books.run(
        () ->
            preferences.set(
                account, new Preferences("en", false, "somebody.with.a.long.name@example.org")));
    TestUsers.Person biller = users.person(practice, Role.BILLER);
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT).signIn(biller).open("/statements")) {
      Page page = visit.page();
      page.click("text=Work out a run");
      page.waitForURL("**/statements/runs/*");
      page.waitForSelector("text=/^Send \\d+ statement/");
      page.click("text=/^Send \\d+ statement/");
      page.waitForSelector("main .state.good >> text=Sent");
      books.settled();
      visit.open(page.url());
      assertThat(page.locator(".facts")).containsText("By e-mail");
      check(visit, "statement-run-emailed");
      String run = page.url();

      page.locator("#accounts .row-link").first().click();
      page.waitForURL("**/accounts/*/statements");
      String of = page.url();
      assertThat(page.locator("main")).containsText("E-mail");
      check(visit, "account-statements-emailed");
      page.click("text=It came back");
      page.waitForSelector(".toast");
      assertThat(page.locator("main .note"))
          .containsText("did not reach the patient: it came back");
      check(visit, "account-statements-came-back");
      visit.open(of.replace("/statements", "/history"));
      assertThat(page.locator("main")).containsText("E-mail did not arrive: back to paper");
      check(visit, "account-history-came-back");
      visit.open(run);
      assertThat(page.locator(".facts")).containsText("1 on paper instead");
      check(visit, "statement-run-came-back");
      page.click("text=1 on paper instead");
      page.waitForURL("**/statements#came-back");
      check(visit, "statements-came-back");
      page.click("text=Make a print file");
      page.waitForSelector(".toast");
      check(visit, "statements-print-file");
      assertThat(page.locator("#came-back a")).hasCount(2);
      visit.open(of);
      assertThat(page.locator("main .state.neutral")).hasText("Printed");
      page.click("text=as a page");
      page.waitForURL("**/paper");
      check(visit, "statement-paper-phone");
    }
  }

  private static void check(Visit visit, String name) {
    visit.isRightOnEveryScreen(name);
  }
}
