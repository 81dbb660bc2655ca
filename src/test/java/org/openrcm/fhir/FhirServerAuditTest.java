package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.MadeUpClaims;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestFiles;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.billing.ContentId;
import org.openrcm.fhir.FhirPractices.Recorded;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;

/** Who sees what over FHIR, and what stays on the record of it. */
@ServerTest
class FhirServerAuditTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern TYPE_AND_ID =
      Pattern.compile("\\{\"resourceType\":\"(\\w+)\",\"id\":\"(\\w{32})\"");
  private static final Pattern NEXT = Pattern.compile("\"relation\":\"next\",\"url\":\"([^\"]+)\"");

  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;

  private UUID practice;
  private TestApi program;

  @BeforeEach
  void aPracticeWithAFile() {
    practice = users.practice("Larkfield");
    practices.load(practice, Path.of("samples/family-practice.835"));
    byte[] claims = MadeUpClaims.of("AU", 2).getBytes(StandardCharsets.US_ASCII);
    new TestFiles(users, practice).load("claims.837", claims);
    program = users.api(practice, "system/*.rs");
  }

  /** The answer, and what it left on the record. */
  private List<Recorded> record(HttpResponse<String> answer, int status, long since) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return practices.recorded(practice, since);
  }

  private List<Recorded> got(String path, int status) {
    long since = practices.endOfRecord(practice);
    return record(program.get(path), status, since);
  }

  /** An id of each type that is drawn from files; for those of the books see their own tests. */
  private Map<String, String> ids() {
    Map<String, String> ids = new LinkedHashMap<>();
    List<String> types = new ArrayList<>(SearchFields.types());
    types.removeAll(
        List.of(
            "Account",
            "Task",
            "Invoice",
            "DocumentReference",
            "PaymentNotice",
            "Communication",
            "Flag",
            AuditEvents.TYPE));
    for (String type : types) {
      Matcher each = TYPE_AND_ID.matcher(program.get("/fhir/" + type + "?_count=1").body());
      assertThat(each.find()).as(type).isTrue();
      ids.put(type, each.group(2));
    }
    return ids;
  }

  @Test
  void aReadLeavesARowForEachPatientItShows() {
    Map<String, Integer> patients =
        Map.of(
            "Claim", 1,
            "ExplanationOfBenefit", 1,
            "ClaimResponse", 1,
            "Patient", 1,
            "PaymentReconciliation", 7,
            "Organization", 0,
            "Practitioner", 0);
    Map<String, String> ids = ids();
    patients.forEach(
        (type, count) -> {
          String id = ids.get(type);
          List<Recorded> rows = got("/fhir/" + type + "/" + id, 200);
          assertThat(rows).as(type).hasSize(Math.max(1, count));
          assertThat(rows)
              .allSatisfy(
                  row -> {
                    assertThat(row.action()).isEqualTo("VIEW");
                    assertThat(row.subject()).isEqualTo(type);
                    assertThat(row.subjectId()).isEqualTo(id);
                    assertThat(row.outcome()).isZero();
                    assertThat(row.query()).isNull();
                    assertThat(row.patient() == null).isEqualTo(count == 0);
                  });
          assertThat(rows.stream().map(Recorded::patient).distinct()).hasSize(rows.size());
        });
    String patient = ids.get("Patient");
    assertThat(got("/fhir/Patient/" + patient, 200))
        .extracting(Recorded::patient)
        .containsExactly(ContentId.uuid(patient));
  }

  @Test
  void aCoverageShowsItsSubscriberToo() {
    String body = program.get("/fhir/Patient?family=pelligrove&given=sunniva").body();
    Matcher patient = TYPE_AND_ID.matcher(body.substring(body.indexOf("\"entry\"")));
    assertThat(patient.find()).isTrue();
    assertThat(got("/fhir/Coverage?patient=" + patient.group(2), 200)).hasSize(2);
  }

  @Test
  void aSearchLeavesARowForEachPatientOnThePageWithTheQueryAsSent() {
    String query = "_count=5&status=active,cancelled&created=ge2026%2D01";
    long since = practices.endOfRecord(practice);
    HttpResponse<String> answer = program.get("/fhir/ExplanationOfBenefit?" + query);
    List<Recorded> rows = record(answer, 200, since);
    assertThat(rows).hasSize(5);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.action()).isEqualTo("QUERY");
              assertThat(row.subject()).isEqualTo("ExplanationOfBenefit");
              assertThat(row.query()).asString().isEqualTo(query);
              assertThat(row.patient()).isNotNull();
            });
    Matcher next = NEXT.matcher(answer.body());
    assertThat(next.find()).isTrue();
    List<Recorded> more = got(next.group(1), 200);
    // three more claims, two of them of one patient
    assertThat(more).hasSize(2);
    assertThat(more)
        .allSatisfy(row -> assertThat(row.query()).asString().startsWith(query + "&_page="));
  }

  @Test
  void aPostedSearchIsRecordedAsItsFormWas() {
    String form = "name=quill&given=t%61nsy";
    long since = practices.endOfRecord(practice);
    HttpResponse<String> answer =
        program.post("/fhir/Patient/_search", FORM, form.getBytes(StandardCharsets.UTF_8));
    assertThat(record(answer, 200, since))
        .singleElement()
        .satisfies(row -> assertThat(row.query()).asString().isEqualTo(form));
  }

  @Test
  void aSearchThatShowsNobodyLeavesOneRow() {
    for (String search :
        List.of(
            "Patient?name=nobody",
            "Patient?_summary=count",
            "Organization?name=larkmoor",
            "Practitioner")) {
      assertThat(got("/fhir/" + search, 200))
          .as(search)
          .singleElement()
          .satisfies(row -> assertThat(row.patient()).isNull());
    }
  }

  @Test
  void includedPatientsAreOnTheRecord() {
    String include = "&_include=Coverage:subscriber&_include=Coverage:patient";
    assertThat(got("/fhir/Coverage?_count=50" + include, 200)).hasSize(8);
  }

  @Test
  void whatIsNotThereIsRefusedOnTheRecord() {
    for (String id : List.of("0123456789abcdef0123456789abcdef", "1", "A".repeat(64))) {
      assertThat(got("/fhir/Patient/" + id, 404))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.outcome()).isEqualTo(8);
                assertThat(row.subjectId()).isEqualTo(id);
                assertThat(row.patient()).isNull();
              });
    }
  }

  @Test
  void anotherPracticeGetsNotAByte() {
    UUID otherPractice = users.practice("Mossbank");
    practices.load(otherPractice, Path.of("samples/hospital.835"));
    TestApi other = users.api(otherPractice, "system/*.rs");
    Map<String, String> ids = ids();
    ids.forEach(
        (type, id) -> {
          long since = practices.endOfRecord(otherPractice);
          HttpResponse<String> read = other.get("/fhir/" + type + "/" + id);
          assertThat(read.statusCode()).isEqualTo(404);
          assertThat(read.body())
              .isEqualTo(other.get("/fhir/" + type + "/" + "0".repeat(32)).body());
          assertThat(practices.recorded(otherPractice, since))
              .hasSize(2)
              .allMatch(row -> row.outcome() == 8);
          HttpResponse<String> search = other.get("/fhir/" + type + "?_id=" + id);
          assertThat(search.statusCode()).isEqualTo(200);
          assertThat(search.body()).doesNotContain("\"entry\"");
        });
    String patient = ids.get("Patient");
    for (String search :
        List.of(
            "ExplanationOfBenefit?patient=" + patient,
            "ExplanationOfBenefit?insurer=" + ids.get("Organization"),
            "ExplanationOfBenefit?identifier=BF26000012003",
            "ExplanationOfBenefit?claim:identifier=LFP-1201",
            "ClaimResponse?_include=ClaimResponse:patient&patient=" + patient,
            "Claim?identifier=AU-1",
            "Coverage?beneficiary=" + patient,
            "Patient?name=quilly,pelli,crowm,hazel",
            "Patient?identifier=BFH100200301",
            "PaymentReconciliation?identifier=30048102")) {
      String body = other.get("/fhir/" + search + "&_total=accurate").body();
      assertThat(body).as(search).contains("\"total\":0").doesNotContain("\"entry\"");
    }
    Matcher next = NEXT.matcher(program.get("/fhir/ExplanationOfBenefit?_count=2").body());
    assertThat(next.find()).isTrue();
    assertThat(other.get(next.group(1)).statusCode()).isEqualTo(410);
    assertThat(program.get(next.group(1)).statusCode()).isEqualTo(200);
    assertThat(
            program
                .get(next.group(1).replace("ExplanationOfBenefit", "ClaimResponse"))
                .statusCode())
        .isEqualTo(410);
    for (String form : List.of("practice=", "practice_id=", "_practice=")) {
      assertThat(other.get("/fhir/Patient?" + form + practice).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aScopeThatIsMissingIsRefusedOnTheRecord() {
    program = users.api(practice, "system/ExplanationOfBenefit.s");
    Matcher eob = TYPE_AND_ID.matcher(program.get("/fhir/ExplanationOfBenefit").body());
    while (eob.find() && !Objects.equals(eob.group(1), "ExplanationOfBenefit")) {
      // the Bundle comes first
    }
    for (String path :
        List.of(
            "ExplanationOfBenefit/" + eob.group(2),
            "Patient",
            "ExplanationOfBenefit?_include=ExplanationOfBenefit:patient")) {
      long since = practices.endOfRecord(practice);
      HttpResponse<String> answer = program.get("/fhir/" + path);
      List<Recorded> rows = record(answer, 403, since);
      assertThat(answer.body()).startsWith("{\"resourceType\":\"OperationOutcome\"");
      assertThat(rows).as(path).singleElement();
      assertThat(rows.get(0).outcome()).isEqualTo(8);
    }
  }

  @Test
  void staffReadWithTheirSession() {
    TestSession poster = users.signedIn(practice, Role.POSTER);
    assertThat(poster.get("/fhir/Patient?name=quill").body()).contains("QUILLBY");
    TestSession collector = users.signedIn(practice, Role.COLLECTOR);
    assertThat(collector.get("/fhir/Patient?name=quill").statusCode()).isEqualTo(403);
  }
}
