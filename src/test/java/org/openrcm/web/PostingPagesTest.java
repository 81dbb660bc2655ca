package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
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

/** A poster reviews what a check changes, posts it, follows a figure, and takes it back. */
@ServerTest
class PostingPagesTest {
  private static final Path CASES = Path.of("src/test/resources/cases-posting");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;

  private TestBooks books;
  private TestUsers.Person poster;

  @BeforeEach
  void checksOfSeveralKinds() {
    UUID practice = users.practice("Larkmoor Family Practice");
    books = new TestBooks(server, practice);
    poster = users.person(practice, Role.POSTER);
    for (String file :
        new String[] {
          "discount-and-coinsurance/1-claims.837",
          "discount-and-coinsurance/2-remit.835",
          "one-line-denied/1-claims.837",
          "one-line-denied/2-remit.835",
          "one-cent-too-much/1-claims.837",
          "one-cent-too-much/2-remit.835",
          "payment-without-a-claim/1-remit.835"
        }) {
      books.load(CASES.resolve(file));
    }
  }

  private Visit visit() {
    return new Visit(users, Visit.Screen.LIGHT).signIn(poster);
  }

  /** Lets every payer's balanced checks be posted together. */
  static void everyPayerByOneClick(Visit visit) {
    Page page = visit.open("/posting/payers").page();
    int payers = page.locator("select[name=mode]").count();
    for (int i = 0; i < payers; i++) {
      // anew: the toast of the one before would be taken for this one's
      visit.open("/posting/payers");
      page.locator("select[name=mode]").nth(i).selectOption("ONE_CLICK");
      page.locator("button:has-text('Save')").nth(i).click();
      page.waitForSelector(".toast");
    }
  }

  private static void open(Page page, String payer) {
    page.locator("tr", new Page.LocatorOptions().setHasText(payer)).locator(".row-link").click();
    page.waitForURL("**/posting");
  }

  @Test
  void aCheckIsReviewedPostedFollowedToItsSegmentAndUndone() {
    String before = books.balances();
    try (Visit visit = visit().open("/posting").picture("posting")) {
      Page page = visit.page();
      assertThat(page.locator("#checks tr")).hasCount(4);
      page.locator("#checks .row-link").last().click();
      page.waitForURL("**/posting");
      visit.picture("posting-diff").isAccessible();
      assertThat(page.locator("main .change").first()).containsText("→");
      page.click("text=/^Post \\d+ payment/");
      page.waitForSelector(".toast");
      assertThat(page.locator(".page-head")).containsText("Posted");
      visit.picture("posting-posted").isAccessible();
      String posted = books.balances();
      assertThat(posted).isNotEqualTo(before).contains("CASH_CLEARING");

      page.locator("a:has-text('entry')").first().click();
      page.waitForURL("**/ledger/entries/*");
      page.locator("a.quote").first().click();
      page.waitForURL("**/raw*");
      assertThat(page.locator("ol.raw li[aria-current]")).containsText("CLP*");
      page.goBack();
      page.goBack();
      page.click("text=Undo the posting");
      page.waitForSelector(".toast");
      assertThat(page.locator(".page-head")).containsText("Undone");
      assertThat(books.balances()).isEqualTo(before);
      visit.isWithoutComplaint();
    }
  }

  @Test
  void aClaimThatIsLeftOutKeepsItsMoneyUnapplied() {
    try (Visit visit = visit().open("/posting")) {
      Page page = visit.page();
      page.locator("#checks .row-link").last().click();
      page.waitForURL("**/posting");
      page.locator("input[name=take]").first().uncheck();
      page.click("text=/^Post \\d+ payment/");
      page.waitForSelector(".toast");
      assertThat(page.locator("#claims")).containsText("Left out");
      assertThat(books.balances()).contains("UNAPPLIED_CREDIT");
      assertThat(books.exceptions()).contains("HELD_BACK");
      page.click("text=Undo");
      assertThat(page.locator(".page-head")).containsText("Undone");
    }
  }

  @Test
  void aCheckThatIsOffIsPostedOnlyByHandAndHoldingTakesItFromTheList() {
    try (Visit visit = visit().open("/posting/payers").picture("posting-payers")) {
      Page page = visit.page();
      everyPayerByOneClick(visit);
      visit.isAccessible().open("/posting");
      page.click("text=/^Post \\d+ balanced check/");
      page.waitForSelector(".toast");
      assertThat(page.locator("#checks tr")).hasCount(1);
      assertThat(page.locator("#checks")).containsText("Off by 0.01");
      page.locator("#checks .row-link").click();
      page.waitForURL("**/posting");
      assertThat(page.locator("main .note")).containsText("0.01");
      page.click("text=Put on hold");
      assertThat(page.locator(".page-head")).containsText("On hold");
      visit.open("/posting");
      assertThat(page.locator("main .empty")).containsText("Nothing waits to be posted");
      visit.isWithoutComplaint();
    }
  }
}
