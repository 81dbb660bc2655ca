package org.openrcm.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.identity.Role;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.statement.Bill;
import org.openrcm.statement.BillVisit;
import org.openrcm.statement.Bills;
import org.openrcm.statement.Language;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a patient is shown and may do, and what is refused. */
@ServerTest
class PortalTest {
  /** Numbers that no check has. */
  private static final AtomicLong LATER = new AtomicLong(1L << 41);

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private Bills facade;
  @Autowired private Flags flags;
  @Autowired private JdbcClient sql;

  private PatientStory story;
  private TestSession tansy;

  @BeforeEach
  void aPatient() {
    story = new PatientStory(server);
    tansy = story.patient();
  }

  private Bill bill() {
    return story.books.ask(() -> facade.of(story.account, Language.EN));
  }

  private String page(String path) {
    HttpResponse<String> answer = tansy.get(path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void pays(String amount, boolean keep) {
    story.pays(story.account, amount, keep);
  }

  private long count(String from) {
    return story.books.ask(
        () -> sql.sql("select count(*) from " + from).query(Long.class).single());
  }

  private static String field(String page, String name) {
    Matcher value = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
    assertThat(value.find()).as(name).isTrue();
    return value.group(1);
  }

  @Test
  void thePageOwesWhatTheBillOnPaperAsksForAndEachVisitAddsUp() {
    assertThat(story.bills.paper(story.account).owed()).isEqualTo(PatientStory.OWED);
    assertThat(page("/my")).contains("You owe " + PatientStory.OWED);
    Bill bill = bill();
    assertThat(bill.owed()).isEqualTo(bill.forVisits()).isEqualTo(Money.of("169.98"));
    assertThat(bill.visits()).hasSize(3);
    for (BillVisit visit : bill.visits()) {
      assertThat(visit.charged())
          .isEqualTo(
              visit.discount().plus(visit.paidByInsurers()).plus(visit.open()).plus(visit.share()));
      assertThat(visit.owed()).isEqualTo(visit.share().minus(visit.paid()).minus(visit.forgiven()));
      assertThat(visit.bar().stream().mapToInt(part -> part.percent()).sum()).isEqualTo(100);
      Money ofLines =
          visit.lines().stream().map(BillVisit.Line::share).reduce(Money.ZERO, Money::plus);
      assertThat(ofLines).isEqualTo(visit.share());
    }
    assertThat(bill.open())
        .singleElement()
        .satisfies(visit -> assertThat(visit.due()).isEqualTo(Money.ZERO));
  }

  @Test
  void hoursAreInTheReadersLanguageOrMarkedAsEnglish() {
    assertThat(page("/my/pay")).contains("<span>Monday to Friday, 8 am to 5 pm</span>");
    tansy.post("/my/language", "language", "es", "back", "/my");
    assertThat(page("/my"))
        .contains("Atendemos</span> <span lang=\"en\">Monday to Friday, 8 am to 5 pm</span>");
    story.bills.hoursInSpanish("de lunes a viernes, de 8 am a 5 pm");
    for (String path : List.of("/my", "/my/pay")) {
      assertThat(page(path))
          .contains("Atendemos</span> <span>de lunes a viernes, de 8 am a 5 pm</span>")
          .doesNotContain("Monday");
    }
  }

  @Test
  void nothingOfAnotherAccountIsOpenWhateverIdIsAskedFor() {
    UUID claim = story.bills.claim("LFP-6051");
    UUID statement = story.bills.paper(story.stranger).id();
    UUID payment = story.pays(story.stranger, "5", false);
    TestSession perrin = story.stranger();
    perrin.get("/my/help");
    perrin.post("/my/help", "words", "I lost my work");
    UUID request =
        story.books.ask(() -> sql.sql("select id from patient_request").query(UUID.class).single());
    for (String path :
        List.of(
            "/my/visits/" + claim,
            "/my/statements/" + statement + ".pdf",
            "/my/receipts/" + payment,
            "/my/pay/done?card=" + UUID.randomUUID(),
            "/my/visits/x",
            "/my/receipts/" + UUID.randomUUID())) {
      assertThat(tansy.get(path).statusCode()).as(path).isEqualTo(404);
      assertThat(tansy.get(path).body()).as(path).doesNotContain("LOFTHOUSEN", "Lofthousen");
    }
    tansy.get("/my/help");
    assertThat(tansy.post("/my/requests/" + request + "/withdraw").statusCode()).isEqualTo(404);
    assertThat(
            tansy.post("/my/dispute", "about", claim.toString(), "reason", "amount").statusCode())
        .isEqualTo(422);
    String page = page("/my/pay");
    assertThat(
            tansy
                .post(
                    "/my/pay",
                    "what",
                    "visits",
                    "visit",
                    claim.toString(),
                    "owed",
                    field(page, "owed"),
                    "key",
                    field(page, "key"))
                .statusCode())
        .isEqualTo(409);
    assertThat(count("payment_checkout")).isZero();
    assertThat(count("patient_request")).isEqualTo(1);
    // each refusal is on record, with the patient as the agent
    assertThat(count("audit_event where outcome > 0 and actor_kind = 'PATIENT'")).isPositive();
    assertThat(
            count(
                "audit_event where outcome = 0 and actor_kind = 'PATIENT' and purpose <> 'PATRQT'"))
        .isZero();
    assertThat(tansy.get("/accounts/" + story.bills.accountId(story.account)).statusCode())
        .isIn(303, 403);
  }

  private HttpResponse<String> pay(String page, String what, String amount) {
    return tansy.post(
        "/my/pay",
        "what",
        what,
        "amount",
        amount,
        "owed",
        field(page, "owed"),
        "key",
        field(page, "key"));
  }

  @Test
  void moreThanIsOwedIsRefusedAndABalanceThatChangedIsShownAndAskedForAgain() {
    String page = page("/my/pay");
    for (String amount : List.of("169.99", "0", "-5", "much", "")) {
      HttpResponse<String> answer = pay(page, "part", amount);
      assertThat(answer.statusCode()).as(amount).isEqualTo(422);
      assertThat(answer.body()).as(amount).contains("amount-error");
    }
    assertThat(pay(page, "part", "169.99").body()).contains("more than you owe. You owe $169.98");
    assertThat(pay(page, "visits", "").body()).contains("visits-error");
    pays("100", false);
    HttpResponse<String> changed = pay(page, "all", "");
    assertThat(changed.statusCode()).isEqualTo(409);
    assertThat(changed.body()).contains("It is $69.98 now", "All that I owe: $69.98");
    assertThat(count("payment_checkout")).isZero();
    HttpResponse<String> now = pay(changed.body(), "all", "");
    assertThat(now.statusCode()).isEqualTo(302);
    assertThat(now.headers().firstValue("Location").orElseThrow()).contains("/test-gateway/");
    // a second click is the same card page
    assertThat(pay(changed.body(), "all", "").headers().firstValue("Location"))
        .isEqualTo(now.headers().firstValue("Location"));
    assertThat(count("payment_checkout")).isEqualTo(1);
    pays("69.98", false);
    assertThat(page("/my/pay")).contains("You owe nothing");
    assertThat(pay(changed.body(), "all", "").headers().firstValue("Location"))
        .hasValueSatisfying(path -> assertThat(path).endsWith("/my/pay"));
  }

  @Test
  void aCreditIsTakenOffAndWhenItIsMoreThereIsNothingToPay() {
    pays("200", true);
    assertThat(bill().owed()).isEqualTo(Money.ZERO);
    assertThat(bill().left()).isEqualTo(Money.of("30.02"));
    assertThat(page("/my")).contains("You owe nothing", "We owe you $30.02");
    assertThat(page("/my/pay")).contains("We owe you $30.02").doesNotContain("name=\"what\"");
    assertThat(page("/my/plan")).doesNotContain("name=\"parts\"");
    assertThat(page("/my")).contains("Visits with nothing left to pay");
  }

  /** The patient paid a visit whole, and then the insurer left less of it to the patient. */
  @Test
  void aVisitThatIsPaidTwiceOverIsTheirMoneyAndTakenOffTheOthers() {
    pays("37.48", false);
    long claim =
        bill().visits().stream()
            .filter(visit -> visit.state() == BillVisit.State.PAID)
            .map(BillVisit::claim)
            .findFirst()
            .orElseThrow();
    insurerLeavesLess(claim, "10.00");
    assertThat(bill().owed()).isEqualTo(Money.of("122.50"));
    assertThat(page("/my")).contains("You owe $122.50");
    assertThat(page("/my/pay")).contains("All that I owe: $122.50");
    assertThat(pay(page("/my/pay"), "part", "122.51").statusCode()).isEqualTo(422);
    // more than all is theirs: nothing is asked for, and nothing is below zero
    pays("132.50", true);
    insurerLeavesLess(claim, "5.00");
    assertThat(bill().owed()).isEqualTo(Money.ZERO);
    assertThat(bill().left()).isEqualTo(Money.of("15.00"));
    assertThat(page("/my")).contains("You owe nothing", "We owe you $15.00");
    assertThat(page("/my/pay")).contains("We owe you $15.00").doesNotContain("name=\"what\"");
    assertThat(page("/my/plan")).doesNotContain("name=\"parts\"");
  }

  private void insurerLeavesLess(long claim, String amount) {
    Lines lines =
        new Lines()
            .move(
                Money.of(amount),
                new Line.At(AccountKind.CASH_CLEARING, null, null, null, null, "MORE", 1),
                new Line.At(AccountKind.PATIENT_RECEIVABLE, claim, null, null, "PR-2", null, 1));
    Journal journal = server.getBean(Journal.class);
    long number = LATER.incrementAndGet();
    story.books.ask(
        () -> {
          journal.lock();
          return journal.post(
              "TEST",
              null,
              List.of(
                  new Entry(
                      Document.payment(number, 1), LocalDate.of(2026, 4, 20), lines.toList())));
        });
  }

  @Test
  void aDisputeIsKeptInOwnWordsSeenByTheOfficeNotBilledAndTakenBack() {
    BillVisit visit = bill().toPay().get(0);
    page("/my/dispute?visit=" + visit.id());
    String words = "Ich war nicht dort <b>& je n\u2019y \u00e9tais pas \u6211\u4e0d\u5728</b>";
    String about = visit.id() + "." + visit.lines().get(0).number();
    for (int click = 0; click < 2; click++) {
      HttpResponse<String> sent =
          tansy.post("/my/dispute", "about", about, "reason", "not.mine", "words", words);
      assertThat(sent.statusCode()).isEqualTo(302);
    }
    assertThat(count("patient_request")).isEqualTo(1);
    assertThat(count("account_flag where kind = 'DISPUTE'")).isEqualTo(1);
    assertThat(bill().owed()).isEqualTo(Money.of("132.50"));
    assertThat(page("/my")).contains("You owe $132.50", "You asked us to check this");
    assertThat(page("/my/visits/" + visit.id())).contains("We have been checking this since");
    TestSession office = users.signedIn(story.practice(), Role.BILLER);
    String account = "/accounts/" + story.bills.accountId(story.account) + "/statements";
    assertThat(office.get(account).body())
        .contains("did not get this care (line 1)", "\u6211\u4e0d\u5728&lt;/b&gt;");
    String form = page("/my/visits/" + visit.id());
    Matcher request = Pattern.compile("/my/requests/([0-9a-f-]+)/withdraw").matcher(form);
    assertThat(request.find()).isTrue();
    tansy.post(request.group());
    tansy.post(request.group());
    assertThat(bill().owed()).isEqualTo(Money.of("169.98"));
    assertThat(count("account_flag where kind = 'DISPUTE' and lowered_on is null")).isZero();
  }

  @Test
  void ownWordsThatAreTooLongOrHoldACardNumberAreSentBack() {
    BillVisit visit = bill().toPay().get(0);
    page("/my/dispute");
    for (String words : List.of("x".repeat(501), "my card 4242 4242 4242 4242 paid")) {
      HttpResponse<String> answer =
          tansy.post(
              "/my/dispute", "about", visit.id().toString(), "reason", "paid", "words", words);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("words-error");
    }
    assertThat(tansy.post("/my/dispute", "about", "", "reason", "").statusCode()).isEqualTo(422);
    assertThat(count("patient_request")).isZero();
    assertThat(
            tansy
                .post(
                    "/my/dispute",
                    "about",
                    visit.id().toString(),
                    "reason",
                    "paid",
                    "words",
                    "call 802 555 0100, check 1234567890123456")
                .statusCode())
        .isEqualTo(302);
  }

  @Test
  void helpIsAskedForOnceStopsTheAskingAndIsTakenBack() {
    page("/my/help");
    for (int click = 0; click < 2; click++) {
      HttpResponse<String> asked =
          tansy.post(
              "/my/help",
              "people",
              "3",
              "income",
              "2,400",
              "phone",
              "(802) 555-0100",
              "words",
              "I lost my work");
      assertThat(asked.statusCode()).isEqualTo(302);
    }
    assertThat(count("account_flag where kind = 'ASSISTANCE'")).isEqualTo(1);
    assertThat(page("/my")).contains("You asked for help on", "Balance: $169.98");
    TestSession office = users.signedIn(story.practice(), Role.BILLER);
    assertThat(
            office.get("/accounts/" + story.bills.accountId(story.account) + "/statements").body())
        .contains("People at home: 3.", "about $2400.00", "I lost my work");
    assertThat(tansy.post("/my/help", "people", "many").statusCode()).isEqualTo(422);
    Matcher request =
        Pattern.compile("/my/requests/([0-9a-f-]+)/withdraw").matcher(page("/my/help"));
    assertThat(request.find()).isTrue();
    tansy.post(request.group());
    assertThat(page("/my")).contains("You owe $169.98");
  }

  @Test
  void nobodyIsAskedToPayWhomTheLawProtects() {
    story.books.ask(() -> flags.raise(story.account, null, FlagKind.BANKRUPTCY, null, "filed"));
    assertThat(page("/my")).doesNotContain("You owe $", "href=\"/my/pay\" class");
    assertThat(page("/my/pay")).contains("You cannot pay online just now");
    assertThat(page("/my/plan")).doesNotContain("name=\"parts\"");
    String page = page("/my/help");
    assertThat(tansy.post("/my/pay", "what", "all", "owed", "16998", "key", "x").statusCode())
        .isEqualTo(302);
    assertThat(count("payment_checkout")).isZero();
    assertThat(page).contains("_csrf");
  }

  @Test
  void aPlanHasFourPartsAtMostIsEndedAndGoesOn() {
    String page = page("/my/plan");
    assertThat(page).contains("3 payments of $56.66", "First $42.51, then 3 more of $42.49");
    assertThat(plan(page, "5", LocalDate.now()).statusCode()).isEqualTo(422);
    assertThat(plan(page, "3", LocalDate.now().minusDays(1)).body()).contains("first-error");
    assertThat(plan(page, "3", LocalDate.now().plusDays(31)).body()).contains("first-error");
    assertThat(plan(page, "4", LocalDate.now().plusDays(3)).statusCode()).isEqualTo(302);
    String running = page("/my/plan");
    assertThat(running).contains("Part 1 of 4", "$42.51", "End this plan");
    assertThat(page("/my/pay?what=plan")).contains("value=\"42.51\"");
    assertThat(plan(page, "2", LocalDate.now()).statusCode()).isEqualTo(409);
    tansy.post("/my/plan/end");
    assertThat(page("/my/plan")).contains("name=\"parts\"");
    tansy.post("/my/plan/resume");
    assertThat(page("/my/plan")).contains("Part 1 of 4");
    assertThat(count("payment_plan")).isEqualTo(1);
  }

  private HttpResponse<String> plan(String page, String parts, LocalDate first) {
    return tansy.post(
        "/my/plan",
        "parts",
        parts,
        "first",
        first.toString(),
        "owed",
        field(page, "owed"),
        "key",
        field(page, "key"));
  }

  @Test
  void settingsSayHowTheNextBillGoesOutAndInWhichLanguage() {
    page("/my/settings");
    assertThat(tansy.post("/my/settings", "way", "email", "email", "no").body())
        .contains("email-error");
    assertThat(tansy.post("/my/settings", "way", "email", "email", "t@example.org").body())
        .contains("agree-error");
    HttpResponse<String> saved =
        tansy.post(
            "/my/settings",
            "way",
            "email",
            "email",
            "t@example.org",
            "agree",
            "yes",
            "language",
            "es");
    assertThat(saved.statusCode()).isEqualTo(302);
    assertThat(count("account where email = 't@example.org' and not paper and language = 'es'"))
        .isEqualTo(1);
    // the same again changes nothing
    tansy.post(
        "/my/settings", "way", "email", "email", "t@example.org", "agree", "y", "language", "es");
    assertThat(count("account_correction")).isEqualTo(1);
  }

  @Test
  void theRecordSaysWhoLookedInPlainWordsAndAGuestSeesLess() {
    TestSession office = users.signedIn(story.practice(), Role.BILLER);
    office.get("/accounts/" + story.bills.accountId(story.account));
    TestSession lead = users.signedIn(story.practice(), Role.MANAGER);
    lead.get("/accounts/" + story.bills.accountId(story.stranger));
    page("/my");
    page("/my");
    String record = page("/my/record");
    assertThat(record).as("what was done with another's").doesNotContain("leads the office");
    lead.get("/accounts/" + story.bills.accountId(story.account));
    assertThat(page("/my/record")).contains("leads the office", "this list");
    assertThat(record)
        .contains("Person of our staff", "(makes bills)", "Looked at", "your account", "(2 times)");
    assertThat(record).doesNotContain("Person 1", "Person 2", "HPAYMT", "AuditEvent", "??");

    TestSession guest = story.guest();
    assertThat(guest.get("/my").body()).contains("You owe " + PatientStory.OWED);
    for (String path : List.of("/my/record", "/my/settings")) {
      HttpResponse<String> answer = guest.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).contains("/my/account/new");
    }
    assertThat(guest.get("/my/statements").body()).contains("Open the bill of");
  }

  @Test
  void pagesSpeakSpanish() {
    List<String> paths =
        List.of(
            "/my",
            "/my/pay",
            "/my/plan",
            "/my/help",
            "/my/dispute",
            "/my/statements",
            "/my/settings",
            "/my/record");
    for (String path : paths) {
      assertThat(page(path)).as(path).contains("lang=\"en\"").doesNotContain("??");
    }
    tansy.post("/my/language", "language", "es");
    assertThat(page("/my")).contains("Usted debe $169.98", "Sus visitas");
    for (String path : paths) {
      assertThat(page(path)).as(path).contains("lang=\"es\"").doesNotContain("??");
    }
  }

  @Test
  void whatIsPaidByCardIsOnlyBelievedFromTheGateway() {
    String page = page("/my/pay");
    String hosted = pay(page, "all", "").headers().firstValue("Location").orElseThrow();
    String done = "/my/pay/done?card=" + field(page, "key");
    assertThat(page(done)).contains("We are waiting for the bank");
    assertThat(bill().owed()).isEqualTo(Money.of("169.98"));
    TestSession payer = users.anonymous();
    payer.get(hosted);
    payer.send(
        payer
            .withCsrf(payer.request(hosted))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("choice=pay", StandardCharsets.UTF_8)));
    story.books.settled();
    String paid = page(done);
    assertThat(paid).contains("Thank you. You paid $169.98", "You owe nothing now");
    Matcher receipt = Pattern.compile("/my/receipts/[0-9a-f-]+").matcher(paid);
    assertThat(receipt.find()).isTrue();
    assertThat(page(receipt.group())).contains("Receipt number", "PP-", "$37.48", "$132.50");
    assertThat(page("/my")).contains("You owe nothing. Thank you.");
    assertThat(story.stranger().get(receipt.group()).statusCode()).isEqualTo(404);
    assertThat(story.stranger().get(done).statusCode()).isEqualTo(404);
  }
}
