package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A manager says how patients are billed, works out a run, sends it, and keeps one back. */
@ServerTest
class StatementPagesTest {
  private static final Path CASES = Path.of("src/test/resources/cases-posting");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;

  private TestUsers.Person manager;

  @BeforeEach
  void visitsThatInsurersDecidedOn() {
    UUID practice = users.practice("Larkmoor Family Practice");
    TestBooks books = new TestBooks(server, practice);
    manager = users.person(practice, Role.MANAGER);
    for (String story : new String[] {"discount-and-coinsurance", "one-line-denied"}) {
      books.load(CASES.resolve(story).resolve("1-claims.837"));
      books.load(CASES.resolve(story).resolve("2-remit.835"));
    }
    books.postAll();
  }

  @Test
  void aRunIsWorkedOutReadAndSentAndADisputeKeepsTheNextOneBack() {
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT).signIn(manager).open("/statements")) {
      Page page = visit.page();
      visit.picture("statements-empty").isAccessible();
      page.click("main >> text=say who sends statements");
      page.waitForURL("**/statements/policy");
      page.fill("#address", "12 Meadow Street\nLarkmoor VT 05999");
      page.fill("#phone", "802 555 0100");
      page.fill("#hours", "");
      page.click("text=Save");
      assertThat(page.locator("#hours-error")).containsText("Say when somebody answers.");
      page.fill("#hours", "Monday to Friday, 8 am to 5 pm");
      page.fill("#hoursInSpanish", "de lunes a viernes, ".repeat(6));
      page.click("text=Save");
      assertThat(page.locator("#hoursInSpanish-error")).containsText("up to 100 characters");
      page.fill("#hoursInSpanish", "de lunes a viernes, de 8 am a 5 pm");
      visit.picture("statement-policy").isAccessible();
      visit.forgiving();
      page.click("text=Save");
      page.waitForSelector(".toast");
      assertThat(page.locator("#hoursInSpanish")).hasValue("de lunes a viernes, de 8 am a 5 pm");

      page.navigate(page.url().replace("/statements/policy", "/statements"));
      page.click("text=Work out a run");
      page.waitForURL("**/statements/runs/*");
      page.waitForSelector("text=/^Send \\d+ statement/");
      visit.picture("statement-run").isAccessible();
      assertThat(page.locator(".chips")).containsText("Denial open");
      page.click("text=/^Send \\d+ statement/");
      page.waitForSelector("main .state.good >> text=Sent");
      visit.picture("statement-run-sent").isAccessible();
      assertThat(page.locator("#accounts a:has-text('PDF')")).hasCount(1);

      page.locator("#accounts .row-link").first().click();
      page.waitForURL("**/accounts/*/statements");
      assertThat(page.locator("main")).containsText("Too soon");
      visit.picture("account-statements").isAccessible();
      page.selectOption("#kind", "dispute");
      page.fill("#note", "Says that the second visit never was");
      page.click("text=Note it");
      page.waitForSelector(".toast");
      assertThat(page.locator(".reasons")).containsText("Disputed");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take Disputed off"))
          .click();
      page.waitForSelector(".toast");

      page.locator("#sent ~ .table-wrap .row-link").first().click();
      page.waitForSelector("h1 >> text=Statement ");
      visit.picture("statement").isAccessible();
      assertThat(page.locator("main")).containsText("From what was charged to what is owed");
      page.locator("td a:has-text('line 1')").first().click();
      page.waitForURL("**/remittances/*");
      page.goBack();
      page.locator("a[aria-label^='Entry']").first().click();
      page.waitForURL("**/ledger/entries/*");
      page.goBack();
      page.click("text=As the patient sees it");
      page.waitForURL("**/paper");
      assertThat(page.locator("h1")).containsText("You owe $");
      visit.picture("statement-paper").isAccessible().isWithoutComplaint();
    }
  }
}
