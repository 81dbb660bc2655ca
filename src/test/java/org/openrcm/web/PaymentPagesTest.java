package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.payment.Desk;
import org.openrcm.payment.PatientPayment;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Patients' payments as the desk meets them. */
@ServerTest
class PaymentPagesTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  private Desk desk;

  @BeforeEach
  void aDesk() {
    desk = Desk.open(server, "Larkmoor Family Practice");
  }

  private Visit visit(Role... roles) {
    return visit(Visit.Screen.LIGHT, roles);
  }

  private Visit visit(Visit.Screen screen, Role... roles) {
    return new Visit(users, screen).signIn(users.person(desk.practice(), roles));
  }

  private String account() {
    return "/accounts/" + desk.id() + "/payments";
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void check(Visit visit, String name) {
    visit.picture(name).fits().isAccessible();
  }

  @Test
  void aPaymentIsTakenItsReceiptPrintedAndItIsUndone() {
    try (Visit visit = visit(Role.POSTER)) {
      Page page = visit.open("/accounts/" + desk.id()).page();
      page.locator("nav.tabs >> text=Patient payments").click();
      page.waitForURL("**/payments");
      check(visit, "account-payments-none");
      page.fill("#amount", "-5");
      button(page, "Take the payment").click();
      assertThat(page.locator("#amount-error")).hasText("Enter an amount above zero.");
      page.fill("#amount", "$40");
      button(page, "Take the payment").click();
      assertThat(page.locator("#amount-error")).containsText("more than is owed");
      assertThat(page.locator("#amount")).hasValue("$40");
      check(visit.forgiving(), "account-payments-refused");
      // by keyboard alone
      page.locator("#amount").fill("$22.5");
      page.locator("input[value=cash]").focus();
      page.keyboard().press("ArrowDown");
      page.locator("#cheque").fill("1001");
      page.keyboard().press("Enter");
      assertThat(page.locator(".toast")).containsText("Check of $22.50 is taken: PP-");
      assertThat(page.locator(".toast")).containsText("Undo");
      assertThat(page.locator("section[aria-labelledby=open-title] tbody tr")).hasCount(1);
      assertThat(page.locator("section[aria-labelledby=paid-title] tbody tr"))
          .containsText("Check 1001");
      check(visit, "account-payments");
      page.locator("section[aria-labelledby=paid-title] >> text=Receipt >> nth=-1").click();
      page.waitForURL("**/receipt");
      assertThat(page.locator("main")).containsText("Larkmoor Family Practice");
      assertThat(page.locator("main")).containsText("TANSY QUILLBY");
      assertThat(page.locator("tbody tr")).hasCount(2);
      assertThat(page.locator("tfoot")).containsText("22.50");
      check(visit, "receipt");
      visit.open("/payments");
      assertThat(page.locator("#payments tr")).containsText("22.50");
      check(visit, "payments");
      page.locator("#payments .row-link").click();
      check(visit, "payment");
      button(page, "Void").click();
      assertThat(page.locator(".toast")).containsText("is voided");
      assertThat(page.locator(".page-head .state")).hasText("Voided");
      visit.isWithoutComplaint();
    }
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
  }

  @Test
  void theUndoOfTheToastVoidsWhatWasTaken() {
    try (Visit visit = visit(Role.MANAGER)) {
      Page page = visit.open(account()).page();
      page.fill("#amount", "15");
      button(page, "Take the payment").dblclick();
      assertThat(page.locator(".toast")).containsText("is taken");
      assertThat(page.locator("section[aria-labelledby=paid-title] tbody tr")).hasCount(1);
      assertThat(desk.standing()).isEqualTo("20.00 credit 0.00");
      page.locator(".toast >> text=Undo").click();
      assertThat(page.locator(".toast")).containsText("is voided");
      assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
      assertThat(desk.count("patient_payment")).isEqualTo(1);
    }
  }

  @Test
  void twoClicksWithinOneTaskTakeOnePayment() {
    try (Visit visit = visit(Role.POSTER)) {
      Page page = visit.open(account()).page();
      page.fill("#amount", "12");
      visit.clickTwice(button(page, "Take the payment"));
      assertThat(page.locator(".toast")).containsText("is taken");
      assertThat(page.locator("section[aria-labelledby=paid-title] tbody tr")).hasCount(1);
      // a card: one page of the gateway, and one payment however often it is asked for
      page.fill("#amount", "3");
      page.locator("text=Card, on the gateway").click();
      visit.clickTwice(button(page, "Take the payment"));
      page.waitForURL("**/test-gateway/**");
      visit.clickTwice(button(page, "Pay"));
      page.waitForURL("**/payments?card=*");
      assertThat(page.locator("#checkout")).containsText("The card paid $3.00");
      // back in the browser, and the form once more
      visit.open(account());
      page.fill("#amount", "1");
      button(page, "Take the payment").click();
      assertThat(page.locator(".toast")).containsText("is taken");
      page.reload();
      assertThat(page.locator("section[aria-labelledby=paid-title] tbody tr")).hasCount(3);
    }
    assertThat(desk.count("payment_checkout")).isEqualTo(1);
    assertThat(desk.count("patient_payment")).isEqualTo(3);
    assertThat(desk.standing()).isEqualTo("19.00 credit 0.00");
    desk.isSound();
  }

  @Test
  void creditIsKeptWhenItIsMeantAndGivenBackOrApplied() {
    try (Visit visit = visit(Role.MANAGER)) {
      Page page = visit.open(account()).page();
      page.fill("#amount", "1,040.00");
      page.locator("text=Keep what is more").click();
      button(page, "Take the payment").click();
      assertThat(page.locator("section[aria-labelledby=paid-title] tbody tr"))
          .containsText("1,005.00");
      assertThat(desk.standing()).isEqualTo("credit 1005.00");
      desk.insurerLeaves(1, "5");
      visit.open(account());
      button(page, "Apply the credit to what is owed").click();
      assertThat(page.locator(".toast")).containsText("$5.00 of credit is applied.");
      page.locator("section[aria-labelledby=paid-title] .row-link").click();
      page.locator("text=Give something back").click();
      page.fill("#amount", "2000");
      button(page, "Give back by check").click();
      assertThat(page.locator("#amount-error")).containsText("more than is left");
      page.fill("#amount", "1000");
      button(page, "Give back by check").click();
      assertThat(page.locator(".toast")).containsText("write a check");
      assertThat(page.locator("section[aria-labelledby=refund-title] tbody tr"))
          .containsText("1,000.00");
      check(visit, "payment-refunded");
      page.locator("section[aria-labelledby=entries-title] a").first().click();
      assertThat(page.locator(".page-head")).containsText("Patient payment PP-");
      check(visit, "ledger-entry-of-a-payment");
      page.locator(".page-head >> text=Patient payment PP-").click();
      assertThat(page.locator("h1")).containsText("Payment PP-");
      assertThat(desk.standing()).isEqualTo("credit 0.00");
    }
  }

  @Test
  void aCardIsChargedOnTheGatewaysPageAndTheAccountShowsItByItself() {
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.open(account()).page();
      page.fill("#amount", "35");
      page.locator("text=Card, on the gateway").click();
      button(page, "Take the payment").click();
      page.waitForURL("**/test-gateway/**");
      assertThat(page.locator("main")).containsText("Test: no money moves");
      assertThat(page.locator("input:not([type=hidden])")).hasCount(0);
      check(visit, "test-gateway");
      button(page, "Decline the card").click();
      assertThat(page.locator("main")).containsText("was not taken");
      check(visit, "test-gateway-declined");
      button(page, "Pay").click();
      page.waitForURL("**/payments?card=*");
      assertThat(page.locator("#checkout")).containsText("The card paid $35.00");
      assertThat(page.locator("section[aria-labelledby=paid-title] tbody tr")).hasCount(1);
      check(visit, "account-payments-card");
      visit.isWithoutComplaint();
    }
    assertThat(desk.standing()).isEqualTo("credit 0.00");
  }

  @Test
  void aPlanIsAgreedOnAFifthPartIsRefusedAndCancellingIsUndone() {
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.open(account()).page();
      page.locator("text=Agree on a plan").first().click();
      page.fill("#instalments", "5");
      button(page, "Agree on the plan").click();
      assertThat(page.locator("#instalments-error")).containsText("Regulation Z");
      check(visit.forgiving(), "plan-refused");
      page.fill("#instalments", "4");
      button(page, "Agree on the plan").click();
      assertThat(page.locator("section[aria-labelledby=plan-title] tbody tr")).hasCount(4);
      assertThat(page.locator("section[aria-labelledby=plan-title] tbody tr").first())
          .containsText("8.75");
      check(visit, "plan");
      button(page, "Cancel the plan").click();
      assertThat(page.locator("section[aria-labelledby=plan-title]")).containsText("Cancelled");
      page.locator(".toast >> text=Undo").click();
      assertThat(page.locator("section[aria-labelledby=plan-title] tbody tr")).hasCount(4);
      visit.isWithoutComplaint();
    }
  }

  @Test
  void pagesFitANarrowScreenAndADarkOne() {
    PatientPayment paid = desk.cash("40");
    for (Visit.Screen screen : new Visit.Screen[] {Visit.Screen.NARROW, Visit.Screen.DARK}) {
      try (Visit visit = visit(screen, Role.POSTER)) {
        check(visit.open(account()), "account-payments");
        check(visit.open("/payments"), "payments");
        check(visit.open("/payments?state=voided"), "payments-none-fits");
        check(visit.open("/payments/" + paid.id()), "payment");
        check(visit.open("/payments/" + paid.reference()), "payment-by-number");
        check(visit.open("/payments/" + paid.id() + "/receipt"), "receipt");
        check(visit.open("/accounts/" + desk.id()), "account-with-payment");
        visit.isWithoutComplaint();
      }
    }
  }

  @Test
  void theListIsFilteredPartedAndCopiedOut() {
    for (int i = 0; i < 55; i++) {
      desk.cash("0.10");
    }
    TestSession session = users.signedIn(desk.practice(), Role.BILLER);
    String first = page(session, "/payments");
    assertThat(first.split("row-link", -1)).hasSize(51);
    assertThat(first).contains("55 payments", "$5.50");
    String next = first.replaceAll("(?s).*href=\"(/payments\\?after=\\d+)\".*", "$1");
    assertThat(page(session, next).split("row-link", -1)).hasSize(6);
    String csv = page(session, "/payments.csv?method=cash");
    assertThat(csv.lines()).hasSize(56);
    assertThat(csv).contains("\"QUILLBY, TANSY\"");
    assertThat(page(session, "/payments.csv?method=card").lines()).hasSize(1);
    assertThat(session.get("/payments?from=x").statusCode()).isEqualTo(400);
    assertThat(session.get("/payments/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(session.get("/payments/PP-999999999").statusCode()).isEqualTo(404);
    assertThat(session.get("/payments/x").statusCode()).isEqualTo(404);
    String number = csv.lines().skip(1).findFirst().orElseThrow().split(",")[0];
    assertThat(page(session, "/payments?q=" + number).split("row-link", -1)).hasSize(2);
    assertThat(page(session, "/payments?q=" + number.substring(3))).contains(number);
    // a biller may take, and may not void
    UUID id = desk.cash("0.10").id();
    assertThat(session.post("/payments/" + id + "/void").statusCode()).isEqualTo(403);
    assertThat(session.post("/payments/" + id + "/refund").statusCode()).isEqualTo(403);
    assertThat(Pattern.compile("QUILLBY").matcher(first).find()).isTrue();
  }

  private static String page(TestSession session, String path) {
    HttpResponse<String> response = session.get(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    return response.body();
  }
}
