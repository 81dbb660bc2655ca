package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.SoundRecord;
import org.openrcm.TestDatabase;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.openrcm.portal.Letters;
import org.openrcm.posting.SimulatedMonth;
import org.openrcm.posting.SoundBooks;
import org.openrcm.posting.TestBooks;
import org.openrcm.simulator.Scenario;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * A practice's month, from the claims that it sends to the plan that a patient pays by, each scene
 * by the people whose work it is and through their own pages. {@code -Dopenrcm.tour} makes the
 * pictures of {@code src/docs/tour.md} anew.
 */
@ServerTest
@Import(MovableClock.InServer.class)
@TestPropertySource(properties = "openrcm.collections.every=300ms")
@DirtiesContext
class StoryTest {
  private static final int CLAIMS = 100;
  private static final int SEED = 16;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Dollars that the patient pays at once. */
  private static final String PART = "25.00";

  private static final Path TOUR = Path.of("src", "docs", "tour");

  /** What the story is said to have in it. */
  private static final EnumSet<Scenario> TOLD =
      EnumSet.of(
          Scenario.CORRECTED,
          Scenario.TAKEN_BACK,
          Scenario.NOT_NECESSARY,
          Scenario.CROSSOVER,
          Scenario.SECONDARY,
          Scenario.DEDUCTIBLE);

  @Autowired private ApplicationContext server;
  @Autowired private Environment environment;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private MovableClock clock;
  @Autowired private JdbcClient sql;
  @TempDir private Path folder;

  private UUID practice;
  private TestBooks books;
  private TestBills bills;
  private SimulatedMonth month;

  /** Of the patient whom the story follows: an account, and a claim on it. */
  private long account;

  private UUID accountId;
  private String claim;

  @BeforeEach
  void aPracticeAndItsMonth() throws IOException {
    CollectorsFloor.moveTo(clock, CollectorsFloor.NOON);
    aWorkday();
    practice = users.practice("Larkfield Family Practice");
    books = new TestBooks(server, practice);
    bills = new TestBills(server, books);
    month = SimulatedMonth.make(folder, CLAIMS, SEED, today().minusDays(80));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void daysPass(int days) {
    clock.move(Duration.ofDays(days));
    aWorkday();
  }

  private void aWorkday() {
    while (today().getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
      clock.move(Duration.ofDays(1));
    }
  }

  @Test
  void aMonthFromTheFirstClaimToTheLastAgreement() throws Exception {
    claimsGoOutAndAnswersComeIn();
    checksArePosted();
    whatWasDeniedAndTakenBackStandsOnALine();
    theBooksSayWhatThePayersMean();
    statementsAreSent();
    String left = thePatientPaysAPart();
    theRestReachesTheQueue();
    aPromiseIsMadeAndNotKept(left);
    aPlanFollows(left);
    allOfItIsOnTheRecord();
  }

  private Visit by(String name, Role... roles) {
    return new Visit(users, Visit.Screen.LIGHT).signIn(users.person(practice, name, roles));
  }

  private void claimsGoOutAndAnswersComeIn() throws IOException {
    assertThat(month.intended().stream().map(SimulatedMonth.Intended::scenario))
        .as("what the month has in it")
        .containsAll(TOLD.stream().map(Scenario::title).toList());
    List<Path> claims =
        month.files().stream().filter(file -> file.toString().endsWith(".837")).toList();
    List<Path> answers =
        month.files().stream().filter(file -> !file.toString().endsWith(".837")).toList();
    try (Visit visit = by("Wren Oakhollow", Role.BILLER).open("/files")) {
      Page page = visit.page();
      page.setInputFiles("input[type=file]", claims.toArray(Path[]::new));
      page.click("text=Upload files");
      assertThat(page.locator("#files .state:has-text('Loaded')")).hasCount(claims.size());
      // what answers them comes from the clearinghouse, over the interface for programs
      TestFiles clearinghouse = new TestFiles(users, practice);
      for (Path file : answers) {
        UUID id = clearinghouse.load(file.getFileName().toString(), Files.readAllBytes(file));
        assertThat(clearinghouse.state(id)).as(file.toString()).isEqualTo("LOADED");
      }
      books.settled();
      picture(visit.open("/files"), "files");
      picture(visit.open("/claims"), "claims");
      String corrected = claim(Scenario.CORRECTED).claim();
      visit.open("/claims/" + bills.claim(corrected) + "/timeline");
      picture(visit, "claim");
      visit.isWithoutComplaint();
    }
  }

  private void checksArePosted() {
    try (Visit visit = by("Perrin Oakhollow", Role.POSTER)) {
      Page page = visit.page();
      PostingPagesTest.everyPayerByOneClick(visit);
      picture(visit.open("/posting"), "posting");
      UUID takesBack = checkThatTakesBack();
      visit.open("/remittances/" + takesBack + "/posting");
      page.click("text=Put on hold");
      visit.open("/posting");
      page.click("text=/^Post \\d+ balanced check/");
      page.waitForSelector(".toast");
      books.settled();
      // those that are off by a cent are somebody's to decide on
      for (UUID off : books.checks("WAITING")) {
        post(visit.open("/remittances/" + off + "/posting"));
      }
      visit.open("/remittances/" + takesBack + "/posting");
      page.click("text=Take off hold");
      assertThat(page.locator(".page-head")).containsText("Waiting");
      books.settled();
      picture(visit.open("/remittances/" + takesBack + "/posting"), "check");
      assertThat(page.locator("#claims")).containsText("Applied");
      post(visit);
      assertThat(books.checks("WAITING")).isEmpty();
      assertThat(books.checks("HELD")).isEmpty();
      page.locator("a:has-text('entry')").first().click();
      page.waitForURL("**/ledger/entries/*");
      picture(visit, "entry");
      visit.isWithoutComplaint();
    }
  }

  private void post(Visit visit) {
    visit.page().click("button[form=posting]");
    visit.page().waitForSelector(".toast");
    books.settled();
  }

  private void whatWasDeniedAndTakenBackStandsOnALine() {
    try (Visit visit = by("Ottilie Brack", Role.BILLER).open("/denials")) {
      assertThat(visit.page().locator("main .row-link").first()).isVisible();
      picture(visit, "denials");
      assertThat(visit.open("/takebacks?state=all").page().locator("main .row-link").first())
          .isVisible();
      visit.isWithoutComplaint();
    }
  }

  private void theBooksSayWhatThePayersMean() {
    SoundBooks.check(server, books);
    assertThat(books.cashThatIsNotThePayment()).isEmpty();
    assertThat(books.count("select coalesce(sum(amount_cents), 0)::bigint from journal_line"))
        .isZero();
    long paid = month.checks().values().stream().mapToLong(Long::longValue).sum();
    assertThat(sum("CASH_CLEARING")).as("what all checks come to").isEqualTo(paid).isPositive();
  }

  private long sum(String ledgerAccount) {
    return books.count(
        "select coalesce(sum(amount_cents), 0)::bigint from journal_line where account = '%s'"
            .formatted(ledgerAccount));
  }

  private void statementsAreSent() {
    try (Visit visit = by("Marlo Fenwright", Role.MANAGER).open("/statements/policy")) {
      Page page = visit.page();
      page.fill("#name", "Larkfield Family Practice");
      page.fill("#address", "12 Meadow Street\nLarkmoor VT 05999");
      page.fill("#phone", "802 555 0100");
      page.fill("#hours", "Monday to Friday, 8 am to 5 pm");
      page.fill("#payPage", "bills.larkfield.example/my");
      page.click("text=Save");
      page.waitForSelector(".toast");
      workOut(visit);
      picture(visit, "statement-run");
      send(visit);
      follow();
      visit.open("/accounts/" + accountId + "/statements").page().click("text=as a page");
      page.waitForURL("**/paper");
      picture(visit, "bill");
      visit.open("/reports");
      page.evaluate("scrollTo(0, document.querySelector('main section.card').offsetTop - 72)");
      picture(visit, "reports");
      visit.isWithoutComplaint();
    }
  }

  /** Has it worked out who gets a statement. */
  private static void workOut(Visit visit) {
    visit.open("/statements").page().click("text=Work out a run");
    visit.page().waitForURL("**/statements/runs/*");
    visit.page().waitForSelector("text=/^Send \\d+ statement/");
  }

  private static void send(Visit visit) {
    visit.page().click("text=/^Send \\d+ statement/");
    visit.page().waitForSelector("main .state.good >> text=Sent");
  }

  /** Chooses the patient: who owes the most of those whose plan has a deductible. */
  private void follow() {
    SimulatedMonth.Intended owes =
        month.intended().stream()
            .filter(row -> row.isOf(Scenario.DEDUCTIBLE) && row.state().equals("paid"))
            .filter(row -> billed(row.claim()))
            .max(Comparator.comparing(SimulatedMonth.Intended::patientOwes))
            .orElseThrow();
    claim = owes.claim();
    account = bills.account(claim);
    accountId = bills.accountId(account);
    assertThat(patientOwes(claim)).as("what the payer left").isEqualTo(owes.patientOwes());
  }

  private boolean billed(String control) {
    return books.count(
            """
            select count(*) from statement_visit v
            join account_claim c on c.claim_number = v.claim_number where c.control = '%s'
            """
                .formatted(control))
        > 0;
  }

  private long patientOwes(String control) {
    return books.count(
        """
        select coalesce(sum(l.amount_cents), 0)::bigint from journal_line l
        join account_claim c on c.claim_number = l.claim_number
        where c.control = '%s' and l.account = 'PATIENT_RECEIVABLE'
        """
            .formatted(control));
  }

  /** At home, on a phone; answers what is left to pay. */
  private String thePatientPaysAPart() {
    new Letters(server).forgetTries();
    TestBills.OnPaper paper = bills.paper(account);
    LocalDate born =
        books.ask(
            () ->
                sql.sql("select birth_date from account where number = ?")
                    .param(account)
                    .query(LocalDate.class)
                    .single());
    try (Visit visit = new Visit(users, Visit.Screen.PHONE).open("/my/sign-in")) {
      Page page = visit.page();
      page.fill("#code", paper.code());
      page.fill("#month", String.valueOf(born.getMonthValue()));
      page.fill("#day", String.valueOf(born.getDayOfMonth()));
      page.fill("#year", String.valueOf(born.getYear()));
      page.keyboard().press("Enter");
      page.waitForURL("**/my");
      assertThat(page.locator("h1")).hasText("You owe " + paper.owed());
      picture(visit, "portal");
      page.locator("article.my-visit h3 a").first().click();
      assertThat(page.locator("main")).containsText("Deductible");
      picture(visit, "portal-visit");
      visit.open("/my/pay");
      page.check("input[value=part]");
      page.fill("#amount", PART);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go on to the card page"))
          .click();
      page.waitForURL("**/test-gateway/**");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pay").setExact(true))
          .click();
      page.waitForURL("**/my/pay/done?card=*");
      assertThat(page.locator("#coming")).containsText("Thank you. You paid $" + PART + ".");
      picture(visit, "portal-paid");
      visit.isWithoutComplaint();
    }
    books.settled();
    return Money.of(paper.owed().replaceAll("[$,]", "")).minus(Money.of(PART)).toString();
  }

  private void theRestReachesTheQueue() {
    for (int more = 0; more < 3; more++) {
      daysPass(30);
      try (Visit visit = by("Marlo Fenwright", Role.MANAGER)) {
        workOut(visit);
        send(visit);
      }
    }
    assertThat(entry()).as("the last bill may still be paid").isEqualTo("OUT");
    daysPass(23);
    eventually("WAITING");
  }

  /** The state of the patient's entry of the queue. */
  private String entry() {
    return books.ask(
        () ->
            sql.sql("select state from collection_entry where account_number = ?")
                .param(account)
                .query(String.class)
                .single());
  }

  /** Without being asked, the server looks after the queue. */
  private void eventually(String state) {
    long start = System.nanoTime();
    while (!entry().equals(state)) {
      assertThat(System.nanoTime() - start).as("waits for " + state).isLessThan(PATIENCE_NANOS);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void aPromiseIsMadeAndNotKept(String left) {
    try (Visit visit = by("Ottilie Brack", Role.BILLER)) {
      Page page = visit.open("/accounts/" + accountId + "/correct").page();
      page.fill("#phone", "602 555 0142");
      page.click("main form button.primary");
      page.waitForURL("**/who");
    }
    books.settled();
    try (Visit visit = by("Corin Ashwick", Role.COLLECTOR).open("/queue")) {
      picture(visit, "queue");
      Page page = atTheirAccount(visit);
      assertThat(page.locator(".facts")).containsText("$" + left);
      page.keyboard().press("4");
      picture(visit, "work");
      next(page);
      visit.isWithoutComplaint();
    }
    eventually("OUT");
    assertThat(books.count("select count(*) from collection_promise")).isEqualTo(1);
    daysPass(10);
    eventually("WAITING");
  }

  private void aPlanFollows(String left) {
    try (Visit visit = by("Corin Ashwick", Role.COLLECTOR).open("/queue")) {
      Page page = atTheirAccount(visit);
      assertThat(page.locator("main .note.attention")).containsText("was not kept");
      page.keyboard().press("p");
      page.fill("#instalments", "4");
      picture(visit, "plan");
      next(page);
      visit.isWithoutComplaint();
    }
    eventually("OUT");
    assertThat(books.count("select sum(total_cents)::bigint from payment_plan"))
        .isEqualTo(Money.of(left).cents());
    SoundBooks.check(server, books);
  }

  /** Takes accounts from the queue, and lays aside what is others', until it is the patient's. */
  private Page atTheirAccount(Visit visit) {
    Page page = visit.page();
    page.keyboard().press("n");
    page.waitForURL("**/queue/work/*");
    while (page.locator("main a[href$='/accounts/" + accountId + "']").count() == 0) {
      page.keyboard().press("s");
      next(page);
      assertThat(page.url()).as("the patient's account is in the queue").contains("/queue/work/");
    }
    return page;
  }

  /** Saves, and is at another account or back at the queue. */
  private static void next(Page page) {
    String before = page.url();
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.equals(before));
    page.waitForLoadState();
  }

  private void allOfItIsOnTheRecord() throws SQLException, IOException {
    try (Visit visit = by("Sable Quillfeather", Role.COMPLIANCE)) {
      visit.open("/audit");
      picture(visit, "audit");
    }
    assertThat(SoundRecord.check(environment, database)).isGreaterThan(CLAIMS);
  }

  private SimulatedMonth.Intended claim(Scenario scenario) {
    return month.intended().stream().filter(row -> row.isOf(scenario)).findFirst().orElseThrow();
  }

  /** The first check on which a payer takes back what it decided before (CLP02 22). */
  private UUID checkThatTakesBack() {
    return books.ask(
        () ->
            sql.sql(
                    """
                    select r.id from claim_payment c join remittance r
                      on r.number = c.remittance_number
                    where c.status = '22' order by r.number limit 1
                    """)
                .query(UUID.class)
                .single());
  }

  private static void picture(Visit visit, String name) {
    visit.settled();
    if (System.getProperty("openrcm.tour") != null) {
      visit.page().screenshot(new Page.ScreenshotOptions().setPath(TOUR.resolve(name + ".png")));
    }
  }
}
