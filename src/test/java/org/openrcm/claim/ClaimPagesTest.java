package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestFiles;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class ClaimPagesTest {
  private static final Pattern MORE =
      Pattern.compile("class=\"more\"[^>]*>\\s*<a[^>]* href=\"([^\"]+)\"");
  private static final Pattern CLAIM = Pattern.compile("row-link\" href=\"/claims/([^\"]+)\"");

  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  private UUID practice;
  private TestFiles files;
  private TestSession biller;
  private int loaded;

  @BeforeEach
  void aBillerOfAPractice() {
    practice = users.practice("Pages");
    files = new TestFiles(users, practice);
    biller = users.signedIn(practice, Role.BILLER);
  }

  private UUID load(String text) {
    return files.load("file" + ++loaded + ".x12", text.getBytes(StandardCharsets.US_ASCII));
  }

  private <T> T ask(java.util.function.Supplier<T> question) {
    return Actor.job("test", practice).call(() -> transaction.execute(status -> question.get()));
  }

  private static String page(TestSession session, String path) {
    HttpResponse<String> response = session.get(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    return response.body();
  }

  private static List<String> claimsOn(String page) {
    Set<String> found = new LinkedHashSet<>();
    Matcher claim = CLAIM.matcher(page);
    while (claim.find()) {
      found.add(claim.group(1));
    }
    return List.copyOf(found);
  }

  private long recorded(String action) {
    return ask(
        () ->
            sql.sql(
                    """
                    select count(*) from audit_event
                    where subject_type = 'Claim' and action = ? and patient_id is not null
                    """)
                .param(action)
                .query(Long.class)
                .single());
  }

  private String id(String control) {
    return ask(
        () ->
            sql.sql("select id::text from claim where patient_control_number = ?")
                .param(control)
                .query(String.class)
                .single());
  }

  @Test
  void anEmptyListTeachesWhatComesHereAndLeavesNoRow() {
    assertThat(page(biller, "/claims")).contains("No claims yet", "/files");
    assertThat(recorded("QUERY")).isZero();
  }

  @Test
  void theListShowsEachClaimAndWhatAllComeToAndLeavesARowForEachPatient() {
    load(
        Bills.claims(
            1,
            "20260301",
            List.of(
                Bills.Bill.of("C-1"),
                Bills.Bill.of("C-2"),
                Bills.Bill.of("C-3").of("HAZEL", "MOSS"))));
    String page = page(biller, "/claims");
    assertThat(claimsOn(page)).hasSize(3);
    assertThat(page).contains(">3 claims<", ">$450.00<", "QUILLBY, TANSY", "HAZEL, MOSS");
    assertThat(page).doesNotContain("J069");
    assertThat(recorded("QUERY")).isEqualTo(2);
  }

  @Test
  void everyClaimIsOnExactlyOnePartOfALongListInEachOrder() {
    List<Bills.Bill> bills = new ArrayList<>();
    for (int i = 1; i <= 120; i++) {
      bills.add(Bills.Bill.of("C-" + i));
    }
    load(Bills.claims(1, "20260301", bills));
    for (String sort : List.of("read", "-read", "day", "-day", "charged", "-charged")) {
      List<String> seen = new ArrayList<>();
      String next = "/claims?sort=" + sort;
      while (next != null) {
        String page = page(biller, next);
        seen.addAll(claimsOn(page));
        Matcher more = MORE.matcher(page);
        next = more.find() ? more.group(1).replace("&amp;", "&") : null;
      }
      assertThat(seen).as(sort).hasSize(120).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPatientIsFoundByHowANameBeginsAndTheNameIsNotInTheAddress() {
    load(
        Bills.claims(
            1,
            "20260301",
            List.of(Bills.Bill.of("C-1"), Bills.Bill.of("C-2").of("HAZEL", "MOSS"))));
    page(biller, "/claims");
    HttpResponse<String> answer = biller.post("/claims", "name", "haz mos", "q", "");
    assertThat(answer.statusCode()).isEqualTo(302);
    String address = answer.headers().firstValue("Location").orElseThrow();
    assertThat(address).contains("/claims?patient=").doesNotContainIgnoringCase("haz");
    String path = address.substring(address.indexOf("/claims"));
    assertThat(claimsOn(page(biller, path))).containsExactly(id("C-2"));
    assertThat(page(biller, path)).contains("value=\"haz mos\"");
    assertThat(page(biller, "/claims?patient=" + UUID.randomUUID())).contains("No claim fits");
  }

  @Test
  void filtersNarrowTheList() {
    load(Bills.claims(1, "20260301", "C-1", "C-2", "C-3"));
    load(Bills.status(61, "20260303", "B1", "C-1", "P-1", "A2", "C-2", "", "A7"));
    assertThat(claimsOn(page(biller, "/claims?q=c-1"))).containsExactly(id("C-1"));
    assertThat(claimsOn(page(biller, "/claims?q=P-1"))).containsExactly(id("C-1"));
    assertThat(claimsOn(page(biller, "/claims?state=rejected"))).containsExactly(id("C-2"));
    assertThat(claimsOn(page(biller, "/claims?state=refused"))).containsExactly(id("C-2"));
    assertThat(claimsOn(page(biller, "/claims?kind=dental"))).isEmpty();
    assertThat(claimsOn(page(biller, "/claims?kind=professional"))).hasSize(3);
    assertThat(claimsOn(page(biller, "/claims?least=150.01"))).isEmpty();
    assertThat(claimsOn(page(biller, "/claims?least=100&most=150"))).hasSize(3);
    assertThat(claimsOn(page(biller, "/claims?from=2026-02-24&until=2026-02-24"))).hasSize(3);
    assertThat(claimsOn(page(biller, "/claims?from=2026-02-25"))).isEmpty();
    assertThat(claimsOn(page(biller, "/claims?payer=BLUEFERN+HEALTH+PLAN"))).hasSize(3);
    HttpResponse<String> wrong = biller.get("/claims?least=much&from=now");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("Enter an amount", "Enter a day");
  }

  @Test
  void theCsvHasWhatTheListShowsAndARowForEachPatientIsLeft() {
    load(
        Bills.claims(
            1,
            "20260301",
            List.of(Bills.Bill.of("C-1"), Bills.Bill.of("=C-2").of("HAZEL", "MOSS"))));
    String csv = page(biller, "/claims.csv?sort=read");
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .contains(",C-1,\"QUILLBY, TANSY\",BLUEFERN HEALTH PLAN,", ",150.00,0.00,Read,");
    assertThat(lines.get(2)).contains(",'=C-2,");
    assertThat(recorded("COPY")).isEqualTo(2);
  }

  @Test
  void aViewIsSavedUsedDeletedAndTakenBack() {
    load(Bills.claims(1, "20260301", "C-1"));
    page(biller, "/claims?state=read&least=10");
    biller.post("/claims/views", "name", "Small ones", "query", "state=read&least=10");
    String page = page(biller, "/claims");
    assertThat(page).contains("Small ones", "/claims?state=read&amp;least=10");
    TestSession other = users.signedIn(practice, Role.BILLER);
    assertThat(page(other, "/claims")).doesNotContain("Small ones");
    String view =
        ask(() -> sql.sql("select id::text from saved_view").query(String.class).single());
    other.post("/claims/views/" + view + "/delete");
    assertThat(page(biller, "/claims")).contains("Small ones");
    biller.post("/claims/views/" + view + "/delete");
    assertThat(page(biller, "/claims"))
        .contains("View deleted", "/claims/views/" + view + "/restore");
    assertThat(page(biller, "/claims")).doesNotContain("Small ones");
    biller.post("/claims/views/" + view + "/restore");
    assertThat(page(biller, "/claims")).contains("Small ones");
  }

  @Test
  void aClaimsPageShowsItsLinesWithWhatThePayerSaysAndTheNextStep() {
    load(Bills.claims(1, "20260301", "C-1"));
    String waiting = page(biller, "/claims/" + id("C-1"));
    assertThat(waiting).contains("Claim C-1", "Read", "wait for the 999", "99213", "$150.00");
    assertThat(recorded("VIEW")).isEqualTo(1);
    load(Bills.remittance(71, "20260310", 130, Bills.paid("C-1", "P-1")));
    String paid = page(biller, "/claims/" + id("C-1"));
    assertThat(paid).contains("Paid", "$130.00", "$10.00", "CHECK71", "PR-3", "CO-45", "P-1");
  }

  @Test
  void theTimelineHasEveryEventWithALinkToItsSegment() {
    load(Bills.claims(1, "20260301", "C-1"));
    UUID accepted = load(Bills.answer999(51, "20260302", 1, "A"));
    UUID status = load(Bills.status(61, "20260303", "B1", "C-1", "P-1", "A2"));
    UUID paid = load(Bills.remittance(71, "20260310", 130, Bills.paid("C-1", "P-1")));
    String page = page(biller, "/claims/" + id("C-1") + "/timeline");
    assertThat(page).contains("/files/" + accepted + "/raw?at=", "/files/" + status + "/raw?at=");
    assertThat(page).contains("/files/" + paid + "/raw?at=", "A2:19:PR", "Acknowledged", "Billed");
    Matcher link = Pattern.compile("href=\"(/files/" + status + "/raw[^\"#]+)").matcher(page);
    assertThat(link.find()).isTrue();
    assertThat(page(biller, link.group(1).replace("&amp;", "&")))
        .containsPattern(
            "(?s)<li id=\"s19\"[^>]* aria-current=\"true\"[^>]*>.{0,120}TRN.{0,400}C-1");
  }

  @Test
  void theRawTabShowsTheClaimsSegmentsAndNoOthers() {
    load(Bills.claims(1, "20260301", "C-1", "C-2", "C-3"));
    String page = page(biller, "/claims/" + id("C-2") + "/raw");
    assertThat(page).contains(">CLM<", ">C-2<", ">C-2-2<").doesNotContain(">C-1<", ">C-3<", ">HL<");
    assertThat(recorded("VIEW")).isEqualTo(1);
  }

  @Test
  void relatedClaimsAreLinked() {
    load(Bills.claims(1, "20260301", "C-1"));
    load(Bills.remittance(71, "20260310", 0, Bills.denied("C-1", "P-1")));
    load(Bills.claims(2, "20260315", List.of(Bills.Bill.of("C-1B").replacing("P-1"))));
    assertThat(page(biller, "/claims/" + id("C-1")))
        .contains("Replaces this one", "/claims/" + id("C-1B"));
    assertThat(page(biller, "/claims/" + id("C-1B")))
        .contains("Replaced by this one", "/claims/" + id("C-1"));
  }

  @Test
  void anUnknownClaimIsNotFoundAndTheAttemptIsOnRecord() {
    for (String part : List.of("", "/timeline", "/raw", "/fhir")) {
      assertThat(biller.get("/claims/" + UUID.randomUUID() + part).statusCode()).isEqualTo(404);
      assertThat(biller.get("/claims/none" + part).statusCode()).isEqualTo(404);
    }
    assertThat(
            ask(
                () ->
                    sql.sql(
                            """
                            select count(*) from audit_event
                            where subject_type = 'Claim' and outcome > 0
                            """)
                        .query(Long.class)
                        .single()))
        .isEqualTo(4);
  }
}
