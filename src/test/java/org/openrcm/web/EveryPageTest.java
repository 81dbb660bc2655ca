package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.BooksByHand;
import org.openrcm.MadeUpClaims;
import org.openrcm.ServerTest;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.account.Accounts;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Practiced;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.compliance.Looks;
import org.openrcm.identity.Role;
import org.openrcm.ledger.Journal;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is asked of every page, in light, in dark, and on the narrowest screen. */
@ServerTest
class EveryPageTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private BooksByHand books;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;

  @Test
  void isAccessibleFitsTheScreenAndGivesTheBrowserNothingToComplainOf() {
    UUID practice = users.practice("Larkfield Family Practice");
    TestUsers.Person person =
        users.person(practice, Role.POSTER, Role.MANAGER, Role.COMPLIANCE, Role.ADMINISTRATOR);
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      check(visit.open("/sign-in"), "sign-in");
      visit.signIn(person);
      check(visit, "home-empty");
      check(visit.open("/files"), "files-empty");
      check(visit.open("/remittances"), "remittances-empty");
      check(visit.open("/claims"), "claims-empty");
      check(visit.open("/ledger"), "ledger-empty");
      check(visit.open("/accounts"), "accounts-empty");
      check(visit.open("/denials"), "denials-empty");
      check(visit.open("/takebacks"), "takebacks-empty");
      check(visit.open("/exceptions"), "exceptions-empty");
      check(visit.open("/posting"), "posting-empty");
      check(visit.open("/posting/payers"), "posting-payers-empty");
      check(visit.open("/statements"), "statements-empty");
      check(visit.open("/statements/policy"), "statement-policy-empty");
      check(visit.open("/reports"), "reports-empty");

      String file = load(visit);
      check(visit.open("/files"), "files");
      check(visit.open(file), "file");
      check(visit.open(file + "/raw"), "segments");
      check(visit.open("/remittances"), "remittances");
      visit.page().locator("main .row-link").first().click();
      visit.page().waitForURL("**/remittances/*");
      check(visit, "remittance");
      visit.page().locator("nav.tabs >> text=What it changes").click();
      visit.page().waitForURL("**/posting");
      check(visit, "remittance-posting");
      check(visit.open("/posting"), "posting-checks");
      check(visit.open("/posting/payers"), "posting-of-payers");
      claims(visit, practice);
      ledger(visit, practice);
      accounts(visit, practice);
      statements(visit, practice);
      contacts(visit);
      exceptions(visit, practice);
      denialsAndTakebacks(visit, practice);
      reports(visit);
      check(visit.open("/?days=90"), "home");
      for (String path : List.of("/audit", "/people", "/clients", "/me")) {
        check(visit.open(path), path.substring(1));
      }
    }
  }

  @Test
  void soAreTheQueuesOfCollectors() {
    CollectorsFloor floor = CollectorsFloor.open(server, 5);
    TestUsers.Person person = users.person(floor.practice(), Role.COLLECTOR, Role.MANAGER);
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      visit.signIn(person);
      check(visit.open("/queue/held"), "queue-held-empty");
      check(visit.open("/queue/setup"), "queue-setup-empty");
      floor.flag(floor.account(1), FlagKind.DISPUTE);
      floor.flag(floor.account(1), FlagKind.HOLD);
      Page page = visit.open("/queue/setup").page();
      page.fill("#fromDays", "many");
      page.click("text=Save the queue");
      page.waitForSelector(".error-summary");
      check(visit.forgiving(), "queue-setup-wrong");
      page.fill("#name", "Four months and more");
      page.fill("#fromDays", "110");
      page.click("text=Save the queue");
      page.waitForSelector(".toast");
      page.fill("#new-team", "Spanish desk");
      page.click("text=Save the team");
      page.waitForSelector(".toast");
      floor.settled();
      check(visit.open("/queue/setup"), "queue-setup");
      page.click("summary >> text=Spanish desk");
      check(visit, "queue-setup-team");
      check(visit.open("/queue"), "queue");
      page.keyboard().press("n");
      page.waitForURL("**/queue/work/*");
      check(visit, "work");
      check(visit.open("/queue/held"), "queue-held");
      check(visit.open("/queue"), "queue-mine");
    }
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      visit.signIn(users.person(users.practice("New practice"), Role.COLLECTOR));
      check(visit.open("/queue"), "queue-empty");
    }
  }

  @Test
  void soAreTheLettersOfFollowUp() {
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 7);
    floor.areAt("6025550142", "AZ", "85004");
    TestUsers.Person person = users.person(floor.practice(), Role.MANAGER);
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      visit.signIn(person);
      Page page = visit.open("/contact/policy").page();
      page.check("input[value=THIRD_PARTY]");
      page.fill("#agent", "Plumtree Recovery");
      page.click("main form button.primary");
      page.waitForSelector(".toast");
      bill(floor, 1, 2);
      visit.open("/letters").page().click("text=Print 2 letters");
      page.waitForSelector("#files");
      check(visit, "letters-printed");
      bill(floor, 3, 7);
      floor.flag(floor.account(3), FlagKind.DISPUTE);
      floor.flag(floor.account(3), FlagKind.HOLD);
      floor.pays(floor.account(4), "30");
      floor.settled();
      visit.open("/letters").page().locator("text=Withdraw >> nth=0").click();
      page.waitForSelector("#withdrawn");
      check(visit.open("/letters"), "letters");
    }
  }

  private static void bill(CollectorsFloor floor, int first, int last) {
    for (int i = first; i <= last; i++) {
      floor.billThrough(floor.account(i));
    }
    floor.settled();
  }

  @Test
  void soAreThePagesOfCompliance() {
    UUID practice = users.practice("Larkfield Family Practice");
    new Practiced(practice, transaction, sql).aStory(users, accounts, journal);
    TestUsers.Person person = users.person(practice, Role.COMPLIANCE);
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      visit.signIn(person);
      check(visit.open("/disclosures"), "disclosures-empty");
      check(visit.open("/audit/unusual"), "unusual-empty");
      Page page = visit.open("/disclosures").page();
      page.fill("#name", "quillby");
      page.click("text=Find");
      page.waitForURL("**/disclosures?patient=*");
      check(visit, "disclosures");
      page.locator("main .row-link").first().click();
      page.waitForURL("**/disclosures/*");
      check(visit, "disclosures-of-patient-empty");
      page.click("text=Note it");
      page.waitForSelector(".error-summary");
      check(visit.forgiving(), "disclosures-of-patient-wrong");
      for (String purpose : List.of("LAW_ENFORCEMENT", "AUTHORIZATION")) {
        page.fill("#on", "2026-03-04");
        page.fill("#recipient", "Sheriff of Larkmoor County");
        page.fill("#address", "12 Main Street, Larkmoor VT 05999");
        page.fill("#description", "Bills of February 2026, " + "long".repeat(20));
        page.selectOption("#purpose", purpose);
        page.fill("#reason", "Request in writing of March 2");
        page.click("text=Note it");
        page.waitForSelector(".toast");
      }
      page.fill("#asked", "2026-03-04");
      page.click("text=Note the request");
      page.waitForSelector("text=The request is noted.");
      page.click("summary >> text=An official asks to wait");
      check(visit, "disclosures-of-patient");
      Looks looks = new Looks(server, practice);
      TestUsers.Person biller = users.person(practice, Role.BILLER);
      List<UUID> patients =
          List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), new UUID(1, 5));
      looks.look(biller, "QUERY", Looks.DAY.minusDays(20), "10:00", patients);
      looks.look(biller, "QUERY", Looks.DAY, "22:00", patients);
      looks.workOut();
      check(visit.open("/audit/unusual"), "unusual");
      page.locator("main .row-link").first().click();
      page.waitForURL("**/audit/unusual/*");
      check(visit, "unusual-day");
      page.click("main button >> text=Sign off");
      page.waitForSelector(".error-summary");
      check(visit.forgiving(), "unusual-day-wrong");
      page.fill("#words", "Month end, agreed with the manager");
      page.click("main button >> text=Sign off");
      page.waitForSelector(".toast");
      check(visit.open("/audit/unusual?show=signed"), "unusual-signed");
      page.locator("main .row-link").first().click();
      page.waitForURL("**/audit/unusual/*");
      check(visit, "unusual-day-signed");
      check(visit.open("/"), "home-of-compliance");
      emergency(visit);
      check(visit.open("/audit?sort=who&order=asc"), "audit-sorted");
    }
  }

  private void emergency(Visit visit) {
    Page page = visit.open("/emergency").page();
    check(visit, "emergency");
    page.fill("#reason", "urgent");
    page.click("text=Open for an hour");
    page.waitForSelector(".error-summary");
    check(visit.forgiving(), "emergency-wrong");
    page.fill("#reason", "A caller is in distress, and no biller answers the phone");
    page.click("text=Open for an hour");
    page.waitForURL("**/accounts");
    page.waitForSelector(".emergency");
    check(visit, "emergency-accounts");
    check(visit.open("/emergency"), "emergency-open");
    check(visit.open("/audit/unusual"), "emergency-to-review");
    page.locator("main .row-link >> text=Emergency access").first().click();
    page.waitForURL("**/audit/unusual/*");
    check(visit, "emergency-reviewed");
    page.click(".emergency button");
    page.waitForSelector(".toast");
  }

  private void claims(Visit visit, UUID practice) {
    byte[] x12 = MadeUpClaims.of("LFP", 3).getBytes(StandardCharsets.US_ASCII);
    UUID file = new TestFiles(users, practice).load("claims.837", x12);
    check(visit.open("/files/" + file), "file-of-claims");
    check(visit.open("/claims?state=paid"), "claims-filtered");
    check(visit.open("/claims"), "claims");
    visit.page().locator("main .row-link").first().click();
    visit.page().waitForURL("**/claims/*");
    check(visit, "claim");
    for (String tab : List.of("Timeline", "Raw", "FHIR")) {
      visit.page().locator("nav.tabs >> text=" + tab).click();
      visit.page().waitForURL("**/" + tab.toLowerCase(Locale.ROOT));
      check(visit, "claim-" + tab.toLowerCase(Locale.ROOT));
    }
  }

  private void ledger(Visit visit, UUID practice) {
    BooksByHand.Posted posted = books.post(practice);
    books.backdate(posted);
    check(visit.open("/ledger"), "ledger");
    check(visit.open("/ledger/insurance-receivable"), "ledger-account");
    check(visit.open("/ledger/payer-balance?view=references"), "ledger-references");
    check(visit.open("/ledger/bad-debt"), "ledger-account-empty");
    check(visit.open("/ledger/entries/" + posted.entries().get(2)), "ledger-entry");
    check(visit.open("/ledger/entries/" + posted.entries().get(3)), "ledger-entry-taken-back");
  }

  private void accounts(Visit visit, UUID practice) {
    new Practiced(practice, transaction, sql).aStory(users, accounts, journal);
    check(visit.open("/accounts?owed=credit"), "accounts-none-fits");
    check(visit.open("/accounts"), "accounts");
    visit.page().locator("main .row-link").last().click();
    visit.page().waitForURL("**/accounts/*");
    check(visit, "account");
    String account = visit.page().url();
    check(visit.open("/payments"), "payments-empty");
    for (String tab : List.of("payments", "who", "history", "correct")) {
      check(visit.open(account + "/" + tab), "account-" + tab);
    }
  }

  private void statements(Visit visit, UUID practice) {
    TestBooks told = new TestBooks(server, practice);
    for (String story : List.of("discount-and-coinsurance", "one-line-denied")) {
      told.loadCase(story);
    }
    told.postAll();
    Page page = visit.open("/statements/policy").page();
    page.click("text=Save");
    page.waitForSelector(".error");
    // the answer to a form with something wrong in it is 422, which browsers note
    check(visit.forgiving(), "statement-policy-wrong");
    page.fill("#address", "12 Meadow Street\nLarkmoor VT 05999");
    page.fill("#phone", "802 555 0100");
    page.fill("#hours", "Monday to Friday, 8 am to 5 pm");
    page.click("text=Save");
    page.waitForSelector(".toast");
    visit.open("/statements").page().click("text=Work out a run");
    page.waitForURL("**/statements/runs/*");
    page.waitForSelector("text=/^Send \\d+ statement/");
    check(visit, "statement-run");
    check(visit.open(page.url() + "?why=denial-open"), "statement-run-kept-back");
    visit.open(page.url().replaceAll("[?].*", "")).page().click("text=/^Send \\d+ statement/");
    page.waitForSelector("main .state.good >> text=Sent");
    check(visit, "statement-run-sent");
    check(visit.open("/statements"), "statements");
    page.fill("#number", "999999999");
    page.click("text=Hold its account back");
    page.waitForSelector("#number-error");
    check(visit, "statements-returned-wrong");
    page.click("main .row-link");
    page.waitForURL("**/statements/runs/*");
    page.locator("#accounts .row-link").first().click();
    page.waitForURL("**/accounts/*/statements");
    check(visit, "account-statements");
    String account = page.url().replace("/statements", "");
    for (String kind : List.of("bankruptcy", "dispute")) {
      page.selectOption("#kind", kind);
      page.fill("#note", "A letter of the court, " + "long".repeat(20));
      page.click("text=Note it");
      page.waitForSelector(".toast");
    }
    check(visit, "account-statements-flagged");
    check(visit.open(account + "/payments"), "account-payments-flagged");
    check(visit.open(account + "/write-offs"), "account-write-offs");
    page.click("text=See what it does");
    page.waitForSelector(".error");
    check(visit.forgiving(), "account-write-offs-wrong");
    page.check("input[name=visit]");
    page.check("input[value=bad_debt]");
    page.fill("#note", "Moved away, and no letter came back");
    page.click("text=See what it does");
    page.waitForSelector("#preview-title");
    check(visit, "account-write-offs-preview");
    page.click("text=Send for approval");
    page.waitForSelector(".toast");
    check(visit, "account-write-offs-waiting");
    check(visit.open("/write-offs"), "write-offs");
    check(visit.open("/write-offs?show=refund"), "write-offs-empty");
    visit.open(account + "/payments");
    page.check("input[name=visit]");
    page.fill("#amount", "5");
    page.click("main form button.primary");
    page.waitForSelector(".toast");
    check(visit, "account-payments-taken");
    check(visit.open("/payments"), "payments");
    page.click("main .row-link");
    page.waitForURL("**/payments/*");
    check(visit, "payment");
    check(visit.open(page.url() + "/receipt"), "payment-receipt");
    visit.open(account + "/statements").page().click("#sent ~ .table-wrap .row-link");
    page.waitForSelector("h1 >> text=Statement ");
    check(visit, "statement");
    visit.open(account + "/statements").page().click("text=as a page");
    page.waitForURL("**/paper");
    check(visit, "statement-paper");
  }

  private void contacts(Visit visit) {
    check(visit.open("/letters"), "letters-empty");
    check(visit.open("/contact/policy"), "contact-policy");
    visit.open("/accounts").page().locator("main .row-link").last().click();
    visit.page().waitForURL("**/accounts/*");
    String account = visit.page().url();
    check(visit.open(account + "/contact"), "contact-empty");
    for (String kind : List.of("not-at-times", "refused-channel", "number-is", "bankruptcy")) {
      check(visit.open(account + "/contact?note=" + kind), "contact-" + kind);
    }
    Page page = visit.page();
    page.fill("#notice-name", "Vermont, chapter 13, 26-10001");
    page.click("text=Note it");
    page.waitForSelector(".toast");
    page.fill("#address", "802 555 0142");
    page.selectOption("#outcome", "SPOKE");
    page.click("text=Note the contact");
    page.waitForSelector(".toast");
    check(visit, "contact");
    page.click("text=All rules that were asked >> nth=0");
    page.waitForSelector("h1 >> text=/allowed|forbidden/");
    check(visit, "contact-decision");
  }

  private void denialsAndTakebacks(Visit visit, UUID practice) {
    TestBooks told = new TestBooks(server, practice);
    String today = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now());
    String weeks = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now().minusDays(170));
    told.loadCase("one-line-denied", text -> text.replace("*20260323~", "*" + today + "~"));
    told.loadCase(
        "reduced-by-the-payer",
        text -> text.replaceAll("[*]2026[0-9]{4}~\\s*TRN", "*" + weeks + "~\nTRN"));
    for (String story :
        List.of(
            "denied-as-too-late",
            "takeback-in-parts-and-more-than-announced",
            "overpayment-taken-back-by-letter",
            "overpayment-reversed-and-not-taken-yet",
            "forward-balance-over-three-checks")) {
      told.loadCase(story);
    }
    told.postAll();
    check(visit.open("/denials"), "denials");
    check(visit.open("/denials?view=items"), "denials-items");
    check(visit.open("/denials?code=CO-29&deadline=later"), "denials-none-fits");
    visit
        .open("/denials?view=items")
        .page()
        .check("[aria-label^='Choose CO-50 of claim LFP-6041']");
    visit.page().click("text=Write off what is chosen");
    visit.page().waitForSelector("#note-error");
    check(visit, "denials-write-off-wrong");
    visit.page().fill("#note", "The appeal was lost");
    visit.page().click("text=Write off what is chosen");
    visit.page().waitForSelector(".toast");
    check(visit.open("/denials?view=items&kind=written-off"), "denials-written-off");
    visit.open("/denials").page().locator("main .row-link").first().click();
    visit.page().waitForURL("**/denials?*");
    check(visit, "denials-of-a-reason");
    check(visit.open("/takebacks?state=all"), "takebacks-all");
    check(visit.open("/takebacks"), "takebacks");
    for (String reference : List.of("WO BF266341A", "WO BF266141A", "FB 1890000202 2400102028")) {
      visit.open("/takebacks?state=all").page().click("text=" + reference);
      visit.page().waitForURL("**/takebacks/*");
      check(visit, "takeback-" + reference.replace(' ', '-'));
    }
  }

  private void exceptions(Visit visit, UUID practice) {
    TestBooks books = new TestBooks(server, practice);
    for (String story :
        List.of(
            "payment-without-a-claim",
            "another-patient-under-our-number",
            "reversal-that-is-not-the-opposite",
            "takeback-for-an-unknown-claim",
            "five-dollars-too-little",
            "void-not-taken-back-yet")) {
      ExceptionPagesTest.tell(books, story);
    }
    check(visit.open("/exceptions?state=solved"), "exceptions-filtered");
    for (String type :
        List.of(
            "no-claim",
            "patient-differs",
            "reversal-differs",
            "second-decision",
            "takeback-unexplained",
            "unbalanced",
            "overpaid")) {
      check(visit.open("/exceptions?type=" + type), "exceptions-of-a-type");
      visit.page().locator("main .row-link").first().click();
      visit.page().waitForURL("**/exceptions/*");
      check(visit, "exception-" + type);
    }
    check(visit.open("/exceptions"), "exceptions");
  }

  private static void reports(Visit visit) {
    check(visit.open("/reports"), "reports");
    check(visit.open("/reports?clock=statement&by=provider"), "reports-from-the-statement");
    for (String list : List.of("aging", "open", "charges", "decisions", "claims")) {
      check(visit.open("/reports/" + list), "reports-" + list);
    }
    check(visit.open("/reports/open?owes=patient&band=31-60&payer=NOBODY"), "reports-none-fits");
  }

  private static String load(Visit visit) {
    visit.open("/files");
    Page page = visit.page();
    page.setInputFiles("input[type=file]", Path.of("samples", "family-practice.835"));
    page.click("text=Upload files");
    page.waitForSelector("#files .row-link");
    assertThat(page.locator("#files .state")).hasText("Loaded");
    return page.locator("#files .row-link").getAttribute("href");
  }

  private static void check(Visit visit, String name) {
    visit.isRightOnEveryScreen(name);
  }
}
