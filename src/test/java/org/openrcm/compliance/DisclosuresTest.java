package org.openrcm.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.Accounts;
import org.openrcm.account.Practiced;
import org.openrcm.identity.Role;
import org.openrcm.ledger.Journal;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The accounting of disclosures (45 CFR 164.528; rules H13 to H16). */
@ServerTest
class DisclosuresTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;

  private UUID practice;
  private Practiced practiced;
  private TestSession office;
  private String at;
  private LocalDate today;

  @BeforeEach
  void aPatient() {
    practice = users.practice("Larkfield");
    practiced = new Practiced(practice, transaction, sql);
    practiced.aStory(users, accounts, journal);
    office = users.signedIn(practice, Role.COMPLIANCE);
    at = "/disclosures/" + id("select id from account order by sort_name desc limit 1");
    today = LocalDate.now();
  }

  private UUID id(String query) {
    return practiced.in(() -> sql.sql(query).query(UUID.class).single());
  }

  private HttpResponse<String> note(String purpose, String recipient, LocalDate on) {
    return office.post(
        at,
        "key",
        UUID.randomUUID().toString(),
        "on",
        on.toString(),
        "recipient",
        recipient,
        "address",
        "12 Main Street, Larkmoor VT",
        "description",
        "Bills of 2025",
        "purpose",
        purpose,
        "reason",
        "Letter of the day before");
  }

  private List<String> accounting() {
    return office.get(at + "/accounting.csv").body().lines().skip(1).toList();
  }

  @Test
  void anAccountingHasAllThatNoExceptionLeavesOut() {
    List<String> excepted = new ArrayList<>();
    for (Purpose each : Purpose.on(today)) {
      if (!each.counted()) {
        excepted.add(each.code());
        assertThat(note(each.code(), "Not told of " + each.code(), today).statusCode())
            .isEqualTo(302);
      }
    }
    assertThat(excepted).as("164.528(a)(1)(i) to (viii); (ix) is the first day").hasSize(8);
    for (String counted : List.of("COURT", "PUBLIC_HEALTH", "MISTAKE")) {
      note(counted, "Told of " + counted, today.minusDays(1));
    }
    note("COURT", "Told too long ago", today.minusYears(6).minusDays(1));
    note("COURT", "Told of at the edge", today.minusYears(6));
    assertThat(accounting())
        .hasSize(4)
        .allSatisfy(
            line -> assertThat(line).contains("12 Main Street", "Bills of 2025", "Letter of"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(today.minusDays(1).toString())
                    .contains("Told of COURT", "Court order, subpoena"))
        .anySatisfy(line -> assertThat(line).contains("at the edge"))
        .noneSatisfy(line -> assertThat(line).contains("Not told of"));
  }

  @Test
  void whatWasToldAgainAndAgainIsOneLine() {
    for (int month = 1; month <= 12; month++) {
      note("OVERSIGHT", "State board", today.minusMonths(month));
    }
    note("OVERSIGHT", "Another board", today);
    assertThat(accounting())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(today.minusMonths(12) + ",State board")
        .endsWith(",12," + today.minusMonths(1));
  }

  @Test
  void whatAnOfficialOnlySaysHoldsThirtyDays() {
    note("LAW_ENFORCEMENT", "Sheriff", today.minusDays(60));
    String held = at + "/" + id("select id from disclosure") + "/hold";
    office.post(held, "agency", "Sheriff", "said", today.minusDays(31).toString());
    assertThat(accounting()).as("after 31 days").hasSize(1);
    office.post(held, "agency", "Sheriff", "said", today.minusDays(30).toString());
    assertThat(accounting()).as("on the thirtieth day").isEmpty();
    assertThat(office.get(at).body()).contains("Held until", "Nothing that has to be counted");
  }

  @Test
  void aWrittenStatementHoldsAsLongAsItSaysAndCourtsCannotHold() {
    note("LAW_ENFORCEMENT", "Sheriff", today.minusDays(60));
    String one = at + "/" + id("select id from disclosure");
    String until = today.plusYears(1).toString();
    String said = today.minusDays(50).toString();
    office.post(one + "/hold", "agency", "Sheriff", "said", said, "until", until);
    assertThat(accounting()).isEmpty();
    note("COURT", "County court", today);
    String court = at + "/" + id("select id from disclosure where purpose = 'COURT'");
    assertThat(office.post(court + "/hold", "agency", "Judge", "said", said).statusCode())
        .isEqualTo(422);
    assertThat(accounting()).hasSize(1);
    office.post(court + "/withdraw");
    assertThat(accounting()).as("noted by mistake").isEmpty();
  }

  @Test
  void theFirstInTwelveMonthsIsFreeAndAllAreDueInSixtyDays() throws Exception {
    note("COURT", "County court", today.minusDays(70));
    for (int days : new int[] {400, 100, 61, 10}) {
      office.post(
          at + "/requests",
          "key",
          UUID.randomUUID().toString(),
          "asked",
          today.minusDays(days).toString());
    }
    String page = office.get(at).body();
    assertThat(page.split("Free: the first", -1)).as("of 400 and 100 to 61 and 10").hasSize(3);
    assertThat(page.split(">Late<", -1)).as("asked more than 60 days ago").hasSize(4);
    String late = request(61);
    office.post(late + "/extend", "why", "The file is in storage");
    assertThat(office.get(at).body()).as("it was late already").doesNotContain("put off");
    String open = request(10);
    office.post(open + "/extend", "why", "The file is in storage");
    office.post(open + "/extend", "why", "Once more");
    assertThat(office.get(at).body())
        .contains("put off: The file is in storage")
        .doesNotContain("Once more");
    office.post(open + "/give");
    note("COURT", "Another court", today.minusDays(20));
    assertThat(office.get(open + "/accounting.csv").body())
        .as("as it was given")
        .contains("County court")
        .doesNotContain("Another court");
    assertThat(office.get(late + "/accounting.csv").statusCode()).isEqualTo(404);
    assertThat(office.get(late + "/accounting.pdf").statusCode()).isEqualTo(404);
    assertThat(office.get(open + "/accounting.pdf").headers().firstValue("Location"))
        .as("who writes has to be said first")
        .contains("/statements/policy");
    new TestBills(server, new TestBooks(server, practice)).hoursInSpanish(null);
    byte[] letter = office.getBytes(open + "/accounting.pdf").body();
    assertThat(text(letter))
        .contains("County court, 12 Main Street", "Court order, subpoena", "Bills of 2025")
        .doesNotContain("Another court");
    assertThat(office.getBytes(open + "/accounting.pdf").body()).isEqualTo(letter);
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  private String request(int daysAgo) {
    return at
        + "/requests/"
        + practiced.in(
            () ->
                sql.sql("select id from accounting_request where asked_on = ?")
                    .param(today.minusDays(daysAgo))
                    .query(UUID.class)
                    .single());
  }

  @Test
  void aFormSentTwiceIsOneDisclosureAndAWrongOneIsSaidAtItsFields() {
    String[] form = {
      "key",
      UUID.randomUUID().toString(),
      "on",
      today.toString(),
      "recipient",
      "Court",
      "description",
      "Bills",
      "purpose",
      "COURT",
      "reason",
      "Subpoena"
    };
    office.post(at, form);
    office.post(at, form);
    assertThat(accounting()).hasSize(1);
    HttpResponse<String> wrong = office.post(at, "on", today.plusDays(1).toString());
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("on-error", "recipient-error", "description-error", "purpose-error")
        .contains("reason-error");
    assertThat(note("COURT", "Before the law", LocalDate.of(2003, 4, 13)).statusCode())
        .isEqualTo(422);
  }

  @Test
  void whatWasSentForPaymentIsShownFromTheRecord() {
    assertThat(office.get(at).body()).contains("Claim to the insurer (837)");
  }

  @Test
  void patientsAreFoundByNameAndOthersOfTheOfficeSeeNothing() {
    HttpResponse<String> sent = office.post("/disclosures", "name", "quillby");
    String found = sent.headers().firstValue("Location").orElseThrow();
    assertThat(found).doesNotContain("quillby");
    assertThat(office.get(found.substring(found.indexOf("/disclosures"))).body())
        .containsIgnoringCase("quillby");
    for (Role role : List.of(Role.BILLER, Role.COLLECTOR, Role.ADMINISTRATOR)) {
      assertThat(users.signedIn(practice, role).get(at).statusCode()).isEqualTo(403);
    }
  }
}
