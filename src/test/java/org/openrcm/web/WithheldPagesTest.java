package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What stands between an account and its bill: raised at the desk, said there, and taken off. */
@ServerTest
class WithheldPagesTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private Flags flags;

  private TestBooks books;
  private TestUsers.Person manager;
  private long account;
  private String at;

  @BeforeEach
  void anAccountThatGetsABill() {
    books = new TestBooks(server, users.practice("Larkmoor Family Practice"));
    TestBills bills = new TestBills(server, books);
    books.loadCase("discount-and-coinsurance");
    books.postAll();
    manager = users.person(books.practice, Role.MANAGER);
    account = bills.account("LFP-6011");
    at = "/accounts/" + bills.accountId(account);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static void note(Page page, FlagKind kind, String visit, String until, String why) {
    page.selectOption("#kind", kind.slug());
    page.selectOption("#visit", visit);
    page.fill("#until", until);
    page.fill("#note", why);
    button(page, "Note it").click();
    assertThat(page.locator(".toast")).containsText(kind.label() + ": noted.");
  }

  /** Works a run out; how many accounts it would send to. */
  private String passing(Page page) {
    page.navigate("/statements");
    button(page, "Work out a run").click();
    page.waitForURL("**/statements/runs/*");
    page.waitForSelector(".page-head .state:text-is('Ready to send')");
    return page.locator(".facts div:has(dt:text-is('Get a statement')) dd").textContent();
  }

  private long statements() {
    return books.count("select count(*) from statement");
  }

  @Test
  void aHoldThatIsRaisedWithholdsTheNextStatementAndSaysSoUntilItIsTakenOff() {
    TestSession other = users.signedIn(books.practice, Role.BILLER);
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT).signIn(manager)) {
      Page page = visit.open(at + "/statements").page();
      assertThat(page.locator("#next")).hasText("A statement can go out");
      other.get(at + "/statements");
      note(page, FlagKind.HOLD, "", "", "Waits for the new card");
      assertThat(page.locator("#next")).hasText("No statement now");
      assertThat(page.locator(".reasons li")).hasCount(1);
      assertThat(page.locator(".reasons")).containsText("On hold");
      assertThat(page.locator("section[aria-labelledby=flags] tbody tr"))
          .containsText("Waits for the new card");
      assertThat(button(page, "Send a statement")).hasCount(0);
      visit.picture("account-on-hold").fits().isAccessible();
      // who has the page of a minute ago open sends none either
      other.post(at + "/statements");
      assertThat(other.get(at + "/statements").body()).contains("Not sent: something keeps it");
      assertThat(statements()).isZero();
      assertThat(passing(page)).isEqualTo("0");
      assertThat(page.locator(".chips")).containsText("On hold");
      assertThat(button(page, "Send")).hasCount(0);
      page.locator(".chips >> text=On hold").click();
      assertThat(page.locator("#accounts tr")).hasCount(1);

      visit.open(at + "/statements");
      button(page, "Take On hold off").click();
      assertThat(page.locator(".toast")).containsText("Taken off.");
      assertThat(page.locator("#next")).hasText("A statement can go out");
      assertThat(page.locator("section[aria-labelledby=flags] details"))
          .containsText("1 earlier note");
      assertThat(passing(page)).isEqualTo("1");
      button(page, "Send 1 statement").click();
      page.waitForSelector(".page-head .state:text-is('Sent')");
      assertThat(statements()).isEqualTo(1);
      visit.isWithoutComplaint();
    }
  }

  @Test
  void aHoldOfOneVisitOrUntilADayIsSaidWhereItHolds() {
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT).signIn(manager)) {
      Page page = visit.open(at + "/statements").page();
      String claim = page.locator("#visit option >> nth=1").getAttribute("value");
      note(page, FlagKind.DISPUTE, claim, "2099-12-31", "Was never there");
      assertThat(page.locator("section[aria-labelledby=visits] tbody tr").first())
          .containsText("Visit disputed");
      assertThat(page.locator("#next")).hasText("No statement now");
      assertThat(page.locator(".reasons")).containsText("Until Jan 1, 2100.");
      assertThat(page.locator("section[aria-labelledby=flags] tbody tr"))
          .containsText("Dec 31, 2099");
      page.locator(".toast >> text=Undo").click();
      assertThat(page.locator("#next")).hasText("A statement can go out");
      // what is for all visits is refused for one
      page.selectOption("#kind", FlagKind.BANKRUPTCY.slug());
      page.selectOption("#visit", claim);
      page.fill("#note", "Filed in March");
      button(page, "Note it").click();
      assertThat(page.locator("[role=alert]")).containsText("is for the whole account");
      assertThat(page.locator("#next")).hasText("A statement can go out");
    }
  }

  @Test
  void aFlagThatCannotBeMeantIsRefusedAndHoldsNothing() {
    TestSession biller = users.signedIn(books.practice, Role.BILLER);
    String[][] wrong = {
      {"422", "kind", "on-hold-forever", "note", "why"},
      {"422", "kind", "hold", "note", " "},
      {"422", "kind", "hold", "note", "card 4242 4242 4242 4242"},
      {"422", "kind", "hold", "note", "x".repeat(501)},
      {"422", "kind", "hold", "note", "why", "until", "soon"},
      {"422", "kind", "hold", "note", "why", "until", "2020-01-31"},
      {"422", "kind", "deceased", "note", "why", "visit", UUID.randomUUID().toString()},
      // a flag for a visit that the account has not must not hold the whole account
      {"404", "kind", "hold", "note", "why", "visit", UUID.randomUUID().toString()},
      {"404", "kind", "dispute", "note", "why", "visit", "x"},
    };
    for (String[] each : wrong) {
      String[] fields = Arrays.copyOfRange(each, 1, each.length);
      assertThat(biller.post(at + "/flags", fields).statusCode())
          .as(String.join(" ", fields))
          .isEqualTo(Integer.parseInt(each[0]));
    }
    assertThat(books.count("select count(*) from account_flag")).isZero();
    assertThat(biller.get(at + "/statements").body()).contains("A statement can go out");
  }

  /** Who takes money is told before; what only keeps paper back is not told there. */
  @ParameterizedTest
  @EnumSource(FlagKind.class)
  void whoTakesAPaymentIsWarnedOfWhatForbidsToAskForIt(FlagKind kind) {
    boolean warns =
        switch (kind) {
          case BANKRUPTCY, DECEASED, ATTORNEY, ASSISTANCE -> true;
          case HOLD, DISPUTE, RETURNED_MAIL -> false;
        };
    TestSession poster = users.signedIn(books.practice, Role.POSTER);
    UUID flag = books.ask(() -> flags.raise(account, null, kind, null, "said on the phone"));
    String page = poster.get(at + "/payments").body();
    assertThat(page.contains(kind.label()) && page.contains("said on the phone")).isEqualTo(warns);
    books.ask(() -> flags.lower(account, flag));
    assertThat(poster.get(at + "/payments").body()).doesNotContain("said on the phone");
  }
}
