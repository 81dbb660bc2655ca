package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.BooksByHand;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledger's pages and its API: every figure leads to its entry, and that to its segments. */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerPagesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Autowired private TestUsers users;
  @Autowired private BooksByHand books;

  private BooksByHand.Posted posted;
  private TestSession session;
  private TestApi api;

  @BeforeAll
  void books() {
    posted = books.post(users.practice("Larkfield"));
    session = users.signedIn(posted.practice(), Role.POSTER);
    api = users.api(posted.practice(), "system/ledger.read");
  }

  private String page(String path) {
    HttpResponse<String> answer = session.get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return words(answer.body());
  }

  /** A page without its tags. */
  private static String words(String html) {
    String body = html.substring(html.indexOf("<main"), html.indexOf("</main>"));
    return body.replaceAll("<[^>]*>", "|").replaceAll("\\s+", " ").replaceAll("(\\|\\s*)+", "|");
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = api.get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private long entry(int place) {
    return posted.entries().get(place);
  }

  @Test
  void theTrialBalanceShowsEachAccountAndThatBothSidesAreEqual() {
    String page = page("/ledger");
    assertThat(page)
        .contains("The books balance: debit and credit are equal")
        .contains("Insurance receivable|What insurers still owe for claims|5|120.00|")
        .contains("Revenue|What was charged|2|240.00|")
        .contains("Cash clearing|")
        .contains("Total|241.00|241.00|");
  }

  @Test
  void aMomentBeforeTheFirstEntryHasNothing() {
    assertThat(page("/ledger?asOf=2020-01-31")).contains("Nothing was posted by then");
    assertThat(page("/ledger?asOf=" + LocalDate.now())).contains("Total|241.00|241.00|");
    HttpResponse<String> wrong = session.get("/ledger?asOf=yesterday");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("Enter a day like 2026-03-31");
    TestSession other = users.signedIn(users.practice("Empty"), Role.BILLER);
    assertThat(other.get("/ledger").body()).contains("Nothing is posted yet");
  }

  @Test
  void whatIsOwedIsDrawnOverTimeAndOldDaysAreLookedAtAsTheyWere() {
    BooksByHand.Posted older = books.post(users.practice("Long on the books"));
    books.backdate(older);
    TestSession at = users.signedIn(older.practice(), Role.MANAGER);
    String now = words(at.get("/ledger").body());
    assertThat(now).contains("What is owed").contains("Total|241.00|241.00|");
    String then = words(at.get("/ledger?asOf=" + LocalDate.now().minusDays(6)).body());
    assertThat(then).contains("Total|240.00|240.00|").doesNotContain("Cash clearing");
    String since = LocalDate.now().minusDays(5).toString();
    assertThat(words(at.get("/ledger/insurance-receivable?from=" + since).body()))
        .contains("3 lines|")
        .contains("$120.00 credit");
    assertThat(words(at.get("/ledger/insurance-receivable?asOf=" + since).body()))
        .contains("4 lines|")
        .contains("$0.00");
  }

  @Test
  void linesOfAnAccountAreFoundByClaimReferenceAndDay() {
    String all = page("/ledger/insurance-receivable");
    assertThat(all)
        .contains("5 lines")
        .contains("$120.00 debit")
        .contains("Charges of claim BKS-1")
        .contains("Payment of claim BKS-2")
        .contains("primary, line 1");
    String one = page("/ledger/insurance-receivable?claim=BKS-1");
    assertThat(one).contains("2 lines").contains("$0.00").doesNotContain("BKS-2");
    assertThat(page("/ledger/cash-clearing?reference=" + BooksByHand.CHECK)).contains("5 lines");
    assertThat(page("/ledger/cash-clearing?reference=NONE")).contains("No line fits");
    assertThat(page("/ledger/cash-clearing?from=2999-01-01")).contains("No line fits");
    assertThat(page("/ledger/cash-clearing?until=" + LocalDate.now())).contains("5 lines");
    assertThat(page("/ledger/bad-debt")).contains("Nothing is on this account");
    assertThat(session.get("/ledger/no-account").statusCode()).isEqualTo(404);
    assertThat(session.get("/ledger/revenue?from=never").statusCode()).isEqualTo(400);
  }

  @Test
  void referencesOfAnAccountShowWhatIsOpen() {
    String page = page("/ledger/cash-clearing?view=references");
    assertThat(page).contains("1 reference").contains(BooksByHand.CHECK + "|5|76.00|");
    assertThat(page("/ledger/payer-balance?view=references")).contains("WO OLD-1|1|5.00|");
    assertThat(page("/ledger/revenue?view=references")).contains("2 lines");
  }

  @Test
  void theCsvHoldsExactlyWhatIsShown() {
    String csv = session.get("/ledger/insurance-receivable/lines.csv?claim=BKS-1").body();
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .contains(",Payment of claim BKS-1,BF2603130001,BKS-1,")
        .contains(",-120.00,remit.835,000001001/1001/0001,12");
    assertThat(lines.get(2)).contains(",120.00,bills.837,000000301/301/0001,21");
    String references = session.get("/ledger/payer-balance/lines.csv?view=references").body();
    assertThat(references.lines()).containsExactly("reference,lines,balance", "WO OLD-1,1,5.00");
  }

  @Test
  void anEntryShowsTheSegmentBehindEachLine() {
    String charges = session.get("/ledger/entries/" + entry(0)).body();
    assertThat(words(charges))
        .contains("Charges of claim BKS-1")
        .contains("Claims billed")
        .contains("by posting");
    assertThat(quotes(charges)).containsOnly("SV1*HC:99213*<120>*UN*1***1");
    String payment = session.get("/ledger/entries/" + entry(2)).body();
    assertThat(words(payment)).contains("Payment of claim BKS-1").contains("Check posted");
    assertThat(quotes(payment))
        .containsExactly(
            "CLP*BKS-1*1*120*<80>*20*12*BF1*11*1",
            "SVC*HC:99213*120*80**1",
            "CAS*CO*45*<20>",
            "CAS*PR*3*<20>");
    String adjustment = session.get("/ledger/entries/" + entry(4)).body();
    assertThat(words(adjustment)).contains("Provider adjustment WO OLD-1");
    assertThat(quotes(adjustment)).containsOnly("PLB*2400102010*20261231*WO:OLD-1*<5>");
    String rest = session.get("/ledger/entries/" + entry(5)).body();
    assertThat(quotes(rest)).allMatch(quote -> quote.startsWith("BPR*I*176*C*ACH"));
    assertThat(quotes(rest)).hasSize(2);
  }

  private static List<String> quotes(String page) {
    return Pattern.compile("<code>(.*?)</code></a>", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .map(text -> text.replace("<mark>", "\1").replace("</mark>", "\2"))
        .map(text -> text.replaceAll("<[^>]*>", "").strip())
        .map(text -> text.replace("\1", "<").replace("\2", ">"))
        .toList();
  }

  @Test
  void theLinkOfAQuoteLeadsToThatSegmentOfTheFile() {
    for (int place = 0; place < 7; place++) {
      String page = session.get("/ledger/entries/" + entry(place)).body();
      Matcher links = Pattern.compile("class=\"quote\" href=\"([^\"#]+)#s(\\d+)\"").matcher(page);
      List<String> quotes = quotes(page);
      int at = 0;
      while (links.find()) {
        String raw = session.get(links.group(1).replace("&amp;", "&")).body();
        Matcher here =
            Pattern.compile("<li[^>]*aria-current=\"true\"[^>]*>(.*?)</li>", Pattern.DOTALL)
                .matcher(raw);
        assertThat(here.find()).as(links.group(1)).isTrue();
        assertThat(here.group(1).replaceAll("<[^>]*>", "").strip())
            .isEqualTo(quotes.get(at).replaceAll("[<>]", ""));
        at++;
      }
      assertThat(at).isEqualTo(quotes.size()).isPositive();
    }
  }

  @Test
  void anEntryShowsWhatTookItBackAndWhatStands() {
    String page = page("/ledger/entries/" + entry(3));
    assertThat(page)
        .contains(entry(3) + ", this one|Check posted")
        .contains(entry(6) + "|Check undone")
        .contains("Nothing: what was posted for this document was taken back.");
    assertThat(page("/ledger/entries/" + entry(2)))
        .contains("Cash clearing|80.00|")
        .contains("Insurance receivable|primary|120.00|");
    assertThat(session.get("/ledger/entries/1" + entry(6) + "000").statusCode()).isEqualTo(404);
    assertThat(session.get("/ledger/entries/none").statusCode()).isEqualTo(404);
    UUID other = users.practice("Other");
    TestSession stranger = users.signedIn(other, Role.POSTER);
    assertThat(stranger.get("/ledger/entries/" + entry(0)).statusCode()).isEqualTo(404);
  }

  @Test
  void programsGetTheSameFiguresWithTheirPlaces() {
    JsonNode balances = json("/api/ledger/balances");
    assertThat(balances.get("debit").decimalValue()).isEqualByComparingTo("241.00");
    assertThat(balances.get("credit").decimalValue()).isEqualByComparingTo("241.00");
    assertThat(balances.get("entry").asLong()).isEqualTo(entry(6));
    assertThat(json("/api/ledger/balances?asOf=2020-01-01T00:00:00Z").get("accounts")).isEmpty();
    JsonNode entry = json("/api/ledger/entries/" + entry(2));
    assertThat(entry.get("cause").asString()).isEqualTo("CHECK_POSTED");
    assertThat(entry.get("document").get("type").asString()).isEqualTo("PAYMENT");
    assertThat(entry.get("document").get("number").asString()).isEqualTo("BKS-1");
    JsonNode line = entry.get("lines").get(0);
    assertThat(line.get("amount").decimalValue()).isEqualByComparingTo("80");
    JsonNode segment = line.get("segment");
    assertThat(segment.get("text").asString()).isEqualTo("CLP*BKS-1*1*120*80*20*12*BF1*11*1");
    assertThat(segment.get("file").asString()).isEqualTo(posted.remittance().toString());
    assertThat(segment.get("transactionSet").asString()).isEqualTo("000001001/1001/0001");
    assertThat(segment.get("segment").asLong()).isEqualTo(10);
    String raw = session.get("/files/" + posted.remittance() + "/content").body();
    assertThat(raw.substring(segment.get("byteOffset").asInt())).startsWith("CLP*BKS-1*");
    JsonNode lines = json("/api/ledger/lines?claim=BKS-1");
    assertThat(lines.get("count").asLong()).isEqualTo(5);
    assertThat(json("/api/ledger/lines?account=revenue").get("balance").decimalValue())
        .isEqualByComparingTo("-240");
    assertThat(json("/api/ledger/lines?reference=" + BooksByHand.CHECK).get("count").asLong())
        .isEqualTo(6);
  }

  @Test
  void programsAreToldWhatIsWrongAsProblems() {
    for (String path :
        List.of(
            "/api/ledger/balances?asOf=soon",
            "/api/ledger/lines",
            "/api/ledger/lines?account=petty-cash")) {
      problem(path, 400);
    }
    problem("/api/ledger/entries/999999999999", 404);
    problem("/api/ledger/entries/none", 404);
    TestApi without = users.api(posted.practice(), "system/files.read", "system/*.rs");
    assertThat(without.get("/api/ledger/balances").statusCode()).isEqualTo(403);
    assertThat(without.get("/api/ledger/entries/" + entry(0)).statusCode()).isEqualTo(403);
  }

  private void problem(String path, int status) {
    HttpResponse<String> answer = api.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(JSON.readTree(answer.body()).get("detail").asString()).isNotEmpty();
  }
}
