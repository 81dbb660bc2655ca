package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.x12.Corpus;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class RemittancePagesTest {
  private static final Pattern MORE =
      Pattern.compile("class=\"more\"[^>]*>\\s*<a[^>]* href=\"([^\"]+)\"");
  private static final Pattern CHECK = Pattern.compile("row-link\" href=\"/remittances/([^\"]+)\"");

  @Autowired private Remittances remittances;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  @Autowired private TestUsers users;
  private Loading here;
  private TestSession poster;

  @BeforeEach
  void aPosterOfAPractice() {
    here = new Loading(sql, transaction, remittances);
    poster = users.signedIn(here.practice, Role.POSTER);
  }

  private static String page(TestSession session, String path) {
    HttpResponse<String> response = session.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private long recorded(String action) {
    return here.count(
        "select count(*) from audit_event where subject_type = 'Remittance' and action = '%s'"
            .formatted(action));
  }

  private String id(String story) {
    return here.load(Corpus.text(story)).get(0).remittanceId().toString();
  }

  private void checks(int count) {
    String text = Corpus.text("denial");
    for (int i = 1; i <= count; i++) {
      here.load(
          text.replaceFirst("(ISA.{87})\\d{9}", "$1%09d".formatted(i))
              .replaceFirst("TRN\\*1\\*[^*~]*", "TRN*1*CHECK-" + i));
    }
  }

  @Test
  void anEmptyListTeachesWhatComesHere() {
    assertThat(page(poster, "/remittances")).contains("No remittances yet", "/files");
  }

  @Test
  void theListShowsEachCheckAndWhatAllComeTo() {
    String id = id("interest");
    String page = page(poster, "/remittances");
    assertThat(page).contains("/remittances/" + id, ">1 check<", "Export CSV");
    assertThat(recorded("VIEW") + recorded("QUERY")).isZero();
  }

  @Test
  void everyCheckIsOnExactlyOnePartOfALongListInEachOrder() {
    checks(120);
    for (String sort : List.of("date", "-date", "amount", "-amount")) {
      List<String> seen = new ArrayList<>();
      String next = "/remittances?sort=" + sort;
      while (next != null) {
        String page = page(poster, next);
        Matcher check = CHECK.matcher(page);
        while (check.find()) {
          seen.add(check.group(1));
        }
        Matcher more = MORE.matcher(page);
        next = more.find() ? more.group(1).replace("&amp;", "&") : null;
      }
      assertThat(seen).as(sort).hasSize(120).doesNotHaveDuplicates();
    }
  }

  @Test
  void aNumberOfACheckOrAClaimFindsItsCheckAndNoOther() {
    checks(3);
    String other = id("interest");
    assertThat(checksOn(page(poster, "/remittances?q=check-2"))).hasSize(1);
    String control =
        here.ask(
            () ->
                sql.sql(
                        """
                        select patient_control_number from claim_payment c join remittance r
                          on r.number = c.remittance_number where r.id = ? limit 1
                        """)
                    .param(UUID.fromString(other))
                    .query(String.class)
                    .single());
    assertThat(recorded("QUERY")).isZero();
    assertThat(checksOn(page(poster, "/remittances?q=" + control))).containsExactly(other);
    assertThat(recorded("QUERY")).isPositive();
    assertThat(page(poster, "/remittances?q=nothing-like-it")).contains("No remittance fits");
  }

  private static Set<String> checksOn(String page) {
    Set<String> found = new LinkedHashSet<>();
    Matcher check = CHECK.matcher(page);
    while (check.find()) {
      found.add(check.group(1));
    }
    return found;
  }

  @Test
  void filtersThatCannotBeUsedAreSaidAndNothingElseIsShown() {
    checks(1);
    HttpResponse<String> response = poster.get("/remittances?from=yesterday");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("Enter a day like").doesNotContain("CHECK-1");
    for (String odd :
        List.of("after=x", "after=_", "after=2026-13-01_1", "sort=;drop", "state=x", "q=%00")) {
      page(poster, "/remittances?" + odd);
    }
  }

  @Test
  void filtersLeaveOutWhatDoesNotFit() {
    checks(2);
    assertThat(checksOn(page(poster, "/remittances?state=balanced"))).hasSize(2);
    assertThat(checksOn(page(poster, "/remittances?state=off"))).isEmpty();
    assertThat(checksOn(page(poster, "/remittances?until=1999-12-31"))).isEmpty();
    assertThat(checksOn(page(poster, "/remittances?from=1999-12-31"))).hasSize(2);
    assertThat(checksOn(page(poster, "/remittances?payer=NOBODY"))).isEmpty();
  }

  @Test
  void theCsvHasALineForEachCheckAndIsOnRecord() {
    checks(60);
    String csv = page(poster, "/remittances.csv");
    assertThat(csv.lines()).hasSize(61);
    assertThat(csv).startsWith("id,payment_date,payer,").contains("CHECK-60");
    assertThat(recorded("COPY")).isOne();
  }

  @Test
  void aCheckShowsItsClaimsLinesAndAdjustmentsAndWhereTheyStand() {
    String id = id("everything");
    String page = page(poster, "/remittances/" + id);
    StoredRemittance stored = here.ask(() -> remittances.find(UUID.fromString(id)).orElseThrow());
    List<StoredClaim> claims = here.ask(() -> remittances.claims(stored.number(), 0, 50));
    assertThat(claims).isNotEmpty();
    for (StoredClaim each : claims) {
      ClaimPayment claim = each.claim();
      String at = "/raw?at=" + claim.byteOffset() + "&amp;segment=";
      assertThat(page).contains("id=\"claim-" + claim.ordinal() + "\"", at + claim.segment());
      claim.lines().forEach(line -> assertThat(page).contains(at + line.segment()));
      claim.adjustments().forEach(cas -> assertThat(page).contains(at + cas.segment()));
    }
    assertThat(recorded("VIEW"))
        .isEqualTo(claims.stream().map(StoredClaim::patientId).distinct().count());
  }

  @Test
  void aLongCheckComesInParts() {
    StringBuilder text = new StringBuilder(Corpus.text("denial"));
    int claim = text.indexOf("CLP*");
    int end = Math.min(text.indexOf("SE*"), indexOr(text, "PLB*"));
    String one = text.substring(claim, end);
    text.insert(end, one.repeat(119));
    String id = here.load(text.toString()).get(0).remittanceId().toString();
    long claims = here.count("select claims from remittance");
    assertThat(claims).isGreaterThan(100);
    int seen = 0;
    String next = "/remittances/" + id;
    while (next != null) {
      String page = page(poster, next);
      seen += page.split("id=\"claim-", -1).length - 1;
      Matcher more = MORE.matcher(page);
      next = more.find() ? more.group(1) : null;
    }
    assertThat(seen).isEqualTo((int) claims);
  }

  private static int indexOr(StringBuilder text, String tag) {
    int at = text.indexOf(tag);
    return at < 0 ? Integer.MAX_VALUE : at;
  }

  @Test
  void aCheckOfAnotherPracticeIsNotFoundAndTheAttemptIsOnRecord() {
    String id = id("everything");
    UUID elsewhere = users.practice("Elsewhere");
    TestSession other = users.signedIn(elsewhere, Role.POSTER);
    for (String wrong : List.of(id, UUID.randomUUID().toString(), "x", "..%2f")) {
      HttpResponse<String> response = other.get("/remittances/" + wrong);
      assertThat(response.statusCode()).as(wrong).isBetween(400, 404);
      assertThat(response.body()).doesNotContain("BLUEFERN", "Bluefern");
    }
    assertThat(checksOn(page(other, "/remittances"))).isEmpty();
    assertThat(recorded("VIEW")).isZero();
  }
}
