package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The list of exceptions, and how people solve them on their pages. */
@ServerTest
class ExceptionPagesTest {
  private static final Path CASES = Path.of("src/test/resources/cases-posting");
  private static final Pattern ROW =
      Pattern.compile("row-link\" href=\"/exceptions/([0-9a-f-]{36})[^\"]*\">([^<]*)<");
  private static final Pattern MORE =
      Pattern.compile("class=\"more\"[^>]*>\\s*<a[^>]* href=\"([^\"]+)\"");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  private TestBooks books;
  private TestUsers.Person poster;

  @BeforeEach
  void aPosterOfAPractice() {
    books = new TestBooks(server);
    poster = users.person(books.practice, Role.POSTER);
  }

  static void tell(TestBooks books, String story) {
    try (Stream<Path> files = Files.list(CASES.resolve(story))) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().matches("[0-9].*"))
              .sorted()
              .toList()) {
        books.load(file);
        books.postAll();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Visit visit() {
    return new Visit(users, Visit.Screen.LIGHT).signIn(poster);
  }

  private static Locator rows(Page page) {
    return page.locator("#exceptions tr");
  }

  @Test
  void aPaymentWithoutAClaimIsAppliedToACandidateAndTheListIsShorter() {
    tell(books, "payment-without-a-claim");
    tell(books, "another-patient-under-our-number");
    String before = books.balances();
    try (Visit visit = visit().open("/exceptions")) {
      Page page = visit.page();
      assertThat(rows(page)).hasCount(4);
      visit.picture("exceptions-to-solve");
      page.click(".chip:has-text('No such claim')");
      assertThat(rows(page)).hasCount(3);
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      assertThat(page).hasTitle("No such claim: LFP-6221 · OpenRCM");
      assertThat(page.locator("#candidates tbody tr").first())
          .containsText("Member number, name, day, charge and payer fit");
      visit.picture("exception-with-candidates");
      page.locator("#candidates input[type=radio]").first().check();
      page.click("text=Apply to this claim");
      assertThat(page.locator(".toast")).containsText("Applied to the claim.");
      assertThat(rows(page)).hasCount(2);
      assertThat(page).hasURL(Pattern.compile("type=no-claim"));
      assertThat(books.balances()).contains("CONTRACTUAL_ADJUSTMENT\tLFP-6381\t\t\t52.60\n");
      visit.picture("exceptions-after-one");
      page.click(".toast >> text=Undo");
      assertThat(page.locator(".toast")).containsText("Undone.");
      assertThat(page.locator("main .page-head .state")).hasText("Open");
      assertThat(page.locator("main")).containsText("Chose claim LFP-6381");
      visit.picture("exception-undone");
      assertThat(books.balances()).isEqualTo(before);
      visit.isWithoutComplaint();
    }
  }

  @Test
  void aNumberThatNoClaimHasIsSaidAtItsFieldAndOneThatIsRightIsTaken() {
    tell(books, "takeback-for-an-unknown-claim");
    try (Visit visit = visit().open("/exceptions")) {
      Page page = visit.page();
      page.locator("#exceptions .row-link").first().click();
      assertThat(page.locator("main")).containsText("No claim has enough in common with it");
      page.click("text=Apply to this claim");
      assertThat(page.locator("#number-error")).hasText("Choose the claim it is for.");
      page.fill("#number", "TP-9999");
      page.click("text=Apply to this claim");
      assertThat(page.locator("#number-error"))
          .hasText("No claim of this practice has that number.");
      assertThat(page.locator("#number")).hasValue("TP-9999");
      visit.picture("exception-refused").isAccessible();
      page.fill("#number", "tp-6331");
      page.click("text=Apply to this claim");
      assertThat(page.locator(".toast"))
          .containsText("Applied to the claim. It opens: taken back without a decision.");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void aReversalIsComparedWithItsDecisionAndAppliedAsSent() {
    tell(books, "reversal-that-is-not-the-opposite");
    try (Visit visit = visit().open("/exceptions?type=reversal-differs")) {
      Page page = visit.page();
      page.locator("#exceptions .row-link").first().click();
      Locator compared = page.locator("section[aria-label^='The reversal beside'] tbody tr");
      assertThat(compared.filter(new Locator.FilterOptions().setHasText("CO-45")))
          .containsText(
              Pattern.compile("differs.*\\(100.00\\).*92.00.*\\(8.00\\)", Pattern.DOTALL));
      assertThat(compared.filter(new Locator.FilterOptions().setHasText("Paid")))
          .not()
          .containsText("differs");
      visit.picture("exception-of-a-reversal");
      compared.locator("a", new Locator.LocatorOptions().setHasText("(29.60)")).click();
      assertThat(page.locator("ol.raw > li[aria-current=true]")).containsText("CAS*PR*2*-29.6");
      page.goBack();
      page.click("text=Apply as sent");
      assertThat(page.locator(".toast")).containsText("Applied as sent.");
      assertThat(page.locator("main")).containsText("No exception fits");
      visit.open("/exceptions").picture("exceptions-none-left");
      assertThat(page.locator("main")).containsText("Nothing is stuck");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void whoeverComesSecondIsToldAndSeesWhoDidWhat() {
    tell(books, "paid-twice");
    TestUsers.Person other = users.person(books.practice, Role.MANAGER);
    try (Visit first = visit().open("/exceptions");
        Visit second = new Visit(users, Visit.Screen.LIGHT).signIn(other).open("/exceptions")) {
      first.page().locator("#exceptions .row-link").first().click();
      second.page().locator("#exceptions .row-link").first().click();
      first.page().click("text=Take it");
      assertThat(first.page().locator(".toast")).containsText("It is yours now.");
      first.page().click("text=Apply as sent");
      assertThat(first.page().locator(".toast")).containsText("It opens: paid more than billed.");
      second.page().click("text=Apply as sent");
      assertThat(second.page().locator("[role=alert]"))
          .containsText("The exception is not open any more.");
      assertThat(second.page().locator("main")).containsText(poster.name());
      assertThat(second.page().locator("main")).containsText("Applied it as sent");
      second.picture("exception-too-late").isAccessible();
    }
  }

  @Test
  void whatIsReadIsClosedWithANoteAndOpenedAgain() {
    tell(books, "unknown-patient-not-ours-and-estimate");
    try (Visit visit = visit().open("/exceptions?type=estimate")) {
      Page page = visit.page();
      page.locator("#exceptions .row-link").first().click();
      page.click("main button:text-is('Close')");
      assertThat(page.locator("#note-error")).isVisible();
      visit.picture("exception-to-close");
      page.fill("#note", "Kept for the visit in May.");
      page.click("main button:text-is('Close')");
      assertThat(page.locator(".toast")).containsText("Closed.");
      visit.open("/exceptions?state=closed");
      assertThat(rows(page)).hasCount(1);
      page.locator("#exceptions .row-link").first().click();
      assertThat(page.locator("main")).containsText("Kept for the visit in May.");
      page.click("text=Open again");
      assertThat(page.locator("main .page-head .state")).hasText("Open");
      visit.isWithoutComplaint();
    }
  }

  private static Set<String> rowsOf(TestSession session, String first) {
    Set<String> found = new LinkedHashSet<>();
    String address = first;
    while (address != null) {
      String page = session.get(address).body();
      Matcher row = ROW.matcher(page);
      while (row.find()) {
        assertThat(found.add(row.group(1))).as("twice: %s", row.group(2)).isTrue();
      }
      Matcher more = MORE.matcher(page);
      address = more.find() ? more.group(1).replace("&amp;", "&") : null;
    }
    return found;
  }

  @Test
  void everyExceptionIsOnExactlyOnePartInEachOrderAndTheCsvHasTheSame() {
    new org.openrcm.TestFiles(users, books.practice).sample("family-practice.835");
    List.of(
            "payment-without-a-claim",
            "another-patient-under-our-number",
            "reversal-that-is-not-the-opposite",
            "reversal-of-what-was-never-paid",
            "paid-twice",
            "takeback-for-an-unknown-claim",
            "unknown-patient-not-ours-and-estimate",
            "five-dollars-too-little",
            "void-not-taken-back-yet")
        .forEach(story -> tell(books, story));
    many(60);
    long open = books.count("select count(*) from posting_exception where state = 'OPEN'");
    assertThat(open).isGreaterThan(60);
    TestSession session = users.signIn(poster);
    for (String sort : List.of("-money", "money", "-age", "age")) {
      assertThat(rowsOf(session, "/exceptions?sort=" + sort)).as(sort).hasSize((int) open);
    }
    String csv = session.get("/exceptions.csv?sort=money").body();
    assertThat(csv.lines().skip(1).map(line -> line.substring(0, 36)))
        .containsExactlyElementsOf(rowsOf(session, "/exceptions?sort=money"));
    assertThat(csv).contains("Payment of claim,LFP-6221,BLUEFERN HEALTH PLAN,112.40,");
    String page = session.get("/exceptions?owner=nobody&payer=OTTERBROOK+MUTUAL").body();
    assertThat(page).contains("OB25990044", ">$230.00<").doesNotContain("LFP-6221");
    assertThat(session.get("/exceptions?owner=mine").body()).contains("No exception fits");
    assertThat(session.get("/exceptions?type=nonsense&state=x&after=y_z").statusCode())
        .isEqualTo(200);
  }

  /** One exception for each of so many payments without a claim. */
  private void many(int count) {
    StringBuilder claims = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      claims
          .append("CLP*NO-%d*1*50*50**12*BFNO%d*11*1~\n".formatted(i, i))
          .append("NM1*QC*1*FERNWICK*ODRAN****MI*BFH1%d~\n".formatted(i))
          .append("SVC*HC:99211*50*50**1~\nDTM*472*20260311~\n");
    }
    String text =
        """
        ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       \
        *260323*0615*^*00501*000099201*0*T*:~
        GS*HP*BFERN*LARKMOOR*20260323*0615*99201*X*005010X221A1~
        ST*835*0001~
        BPR*I*%d*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260323~
        TRN*1*BF992201*1890000101~
        N1*PR*BLUEFERN HEALTH PLAN~
        N3*100 HERON WAY~
        N4*MILLHOLT*OH*439990001~
        PER*BL*ERA DESK*TE*8005550101~
        N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
        REF*TJ*890000701~
        LX*1~
        %sSE*%d*0001~
        GE*1*99201~
        IEA*1*000099201~
        """
            .formatted(count * 50, claims, 11 + 4 * count);
    books.load("many.835", text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    books.postAll();
  }

  @Test
  void theListAndThePageLeaveARowForEachPatientWhoIsShown() {
    tell(books, "payment-without-a-claim");
    tell(books, "another-patient-under-our-number");
    TestSession session = users.signIn(poster);
    session.get("/exceptions");
    assertThat(recorded("QUERY")).isEqualTo(4);
    Matcher row = ROW.matcher(session.get("/exceptions?sort=money").body());
    while (row.find() && !row.group(2).equals("LFP-6221")) {
      // until it is found
    }
    long before = recorded("VIEW");
    session.get("/exceptions/" + row.group(1));
    // of the payment, and of the claims that are offered for it
    assertThat(recorded("VIEW") - before).isGreaterThanOrEqualTo(1);
  }

  private long recorded(String action) {
    return books.count(
        "select count(distinct patient_id) from audit_event"
            + " where subject_type = 'PostingException' and action = '"
            + action
            + "'");
  }
}
