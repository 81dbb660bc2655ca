package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.MadeUpClaims;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestFiles;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.billing.ContentId;
import org.openrcm.cli.CommandRun;
import org.openrcm.fhir.FhirPractices.Recorded;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;

/** Claims as billed over FHIR: read, searched, on record, and on their page. */
@ServerTest
class FhirServerClaimTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final Path STORIES = Path.of("src/test/resources/cases-837");
  private static final int MADE_UP = 60;

  private static UUID practice;
  private static TestApi program;

  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;

  @BeforeEach
  void aPracticeWithItsClaims() {
    if (practice == null) {
      practice = users.practice("Larkfield");
      byte[] claims = MadeUpClaims.of("FC", MADE_UP).getBytes(StandardCharsets.US_ASCII);
      new TestFiles(users, practice).load("claims.837", claims);
    }
    // a token lasts five minutes
    program = users.api(practice, "system/*.rs");
  }

  private static Bundle bundle(String path) {
    HttpResponse<String> answer = program.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  private static List<Claim> claims(Bundle page) {
    return page.getEntry().stream().map(entry -> (Claim) entry.getResource()).toList();
  }

  private static Claim one(String number) {
    List<Claim> found = claims(bundle("/fhir/Claim?identifier=" + number));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static String number(Claim claim) {
    return claim.getIdentifierFirstRep().getValue();
  }

  private static String patient(Claim claim) {
    return claim.getPatient().getReferenceElement().getIdPart();
  }

  @Test
  void everyClaimIsReadAsConvertWritesIt() throws IOException {
    UUID own = users.practice("Stories");
    TestApi reader = users.api(own, "system/Claim.rs");
    Map<String, String> expected = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(STORIES)) {
      files = all.filter(file -> file.toString().endsWith(".837")).sorted().toList();
    }
    for (Path file : files) {
      new TestFiles(users, own).load(file.getFileName().toString(), Files.readAllBytes(file));
      CommandRun.over(file, "convert")
          .text()
          .lines()
          .filter(line -> line.startsWith("{\"resourceType\":\"Claim\""))
          .forEach(line -> expected.put(id(line), line));
    }
    assertThat(expected).hasSizeGreaterThan(files.size());
    expected.forEach(
        (id, line) -> {
          HttpResponse<String> answer = reader.get("/fhir/Claim/" + id);
          assertThat(answer.statusCode()).as(id).isEqualTo(200);
          assertThat(withoutTime(answer.body())).isEqualTo(withoutTime(line));
        });
    HttpResponse<String> all = reader.get("/fhir/Claim?_count=500&_total=accurate");
    assertThat(all.body()).contains("\"total\":" + expected.size());
    assertThat(ProfileValidator.shared().errors(all.body())).isEmpty();
  }

  /** The server's is when the claim was loaded, the file's when the submitter made it. */
  private static String withoutTime(String json) {
    assertThat(json).contains("\"meta\":{\"lastUpdated\":\"");
    return json.replaceFirst("\"lastUpdated\":\"[^\"]*\",", "");
  }

  private static String id(String json) {
    int start = json.indexOf("\"id\":\"") + 6;
    return json.substring(start, json.indexOf('"', start));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "identifier=FC-7 1",
        "identifier=%7CFC-7 1",
        "identifier=http://example.org%7CFC-7 0",
        "identifier=FC-7,FC-8,none 2",
        "identifier=fc-7 0",
        "created=2026-03-01 60",
        "created=gt2026-03-01 0",
        "created=ge2026-03&created=lt2026-04 60",
        "created=ge2026-03-01&identifier=FC-9 1",
        "_lastUpdated=ge2020 60",
        "_lastUpdated=lt2020 0",
        "_id=0123456789abcdef0123456789abcdef 0",
        "patient=0123456789abcdef0123456789abcdef 0",
      })
  void aSearchFinds(String search, int expected) {
    Bundle found = bundle("/fhir/Claim?_count=100&_total=accurate&" + search);
    assertThat(found.getTotal()).isEqualTo(expected);
    assertThat(found.getEntry()).hasSize(expected);
  }

  @Test
  void aPatientsClaimsAreFoundByThePatient() {
    Claim claim = one("FC-3");
    for (String patient : List.of(patient(claim), claim.getPatient().getReference())) {
      assertThat(claims(bundle("/fhir/Claim?patient=" + patient)))
          .extracting(FhirServerClaimTest::number)
          .containsExactly("FC-3");
    }
    assertThat(claims(bundle("/fhir/Claim?_id=" + claim.getIdElement().getIdPart()))).hasSize(1);
  }

  @Test
  void pagesFollowTheOrderOfLoadingAndLoseNothing() {
    List<String> found = new ArrayList<>();
    Bundle page = bundle("/fhir/Claim?_count=7&created=2026-03-01");
    while (true) {
      claims(page).forEach(claim -> found.add(number(claim)));
      if (page.getLink("next") == null) {
        break;
      }
      assertThat(page.getLink("next").getUrl()).doesNotContain("created");
      page = bundle(page.getLink("next").getUrl());
    }
    assertThat(found)
        .containsExactlyElementsOf(
            Stream.iterate(1, i -> i + 1).limit(MADE_UP).map(i -> "FC-" + i).toList());
  }

  @Test
  void aPageCostsTheSameHoweverMuchIsOnIt() {
    bundle("/fhir/Claim?_count=1");
    int before = StatementCount.now();
    bundle("/fhir/Claim?_count=1");
    int forFew = StatementCount.now() - before;
    before = StatementCount.now();
    assertThat(bundle("/fhir/Claim?_count=50").getEntry()).hasSize(50);
    assertThat(StatementCount.now() - before).isEqualTo(forFew);
  }

  @Test
  void whatIsShownIsOnTheRecordWithItsPatient() {
    Claim claim = one("FC-5");
    UUID patient = ContentId.uuid(patient(claim));
    long since = practices.endOfRecord(practice);
    String id = claim.getIdElement().getIdPart();
    assertThat(program.get("/fhir/Claim/" + id).statusCode()).isEqualTo(200);
    assertThat(practices.recorded(practice, since))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.action()).isEqualTo("VIEW");
              assertThat(row.subject()).isEqualTo("Claim");
              assertThat(row.subjectId()).isEqualTo(id);
              assertThat(row.patient()).isEqualTo(patient);
            });
    long next = practices.endOfRecord(practice);
    List<Claim> shown = claims(bundle("/fhir/Claim?_count=9"));
    assertThat(practices.recorded(practice, next))
        .extracting(Recorded::patient)
        .containsExactlyInAnyOrderElementsOf(
            shown.stream().map(one -> ContentId.uuid(patient(one))).toList());
  }

  @Test
  void withoutTheScopeNothingIsGiven() {
    String id = one("FC-1").getIdElement().getIdPart();
    TestApi other = users.api(practice, "system/ExplanationOfBenefit.rs");
    assertThat(other.get("/fhir/Claim/" + id).statusCode()).isEqualTo(403);
    assertThat(other.get("/fhir/Claim").statusCode()).isEqualTo(403);
    TestApi finder = users.api(practice, "system/Claim.s");
    assertThat(finder.get("/fhir/Claim/" + id).statusCode()).isEqualTo(403);
    assertThat(finder.get("/fhir/Claim").statusCode()).isEqualTo(200);
  }

  @Test
  void theTabShowsTheSameClaim() {
    Claim claim = one("FC-2");
    TestSession biller = users.signedIn(practice, Role.BILLER);
    UUID id = ContentId.uuid(claim.getIdElement().getIdPart());
    HttpResponse<String> page = biller.get("/claims/" + id + "/fhir");
    assertThat(page.statusCode()).isEqualTo(200);
    String json = CONTEXT.newJsonParser().setPrettyPrint(true).encodeResourceToString(claim);
    assertThat(page.body()).contains(json.replace("\"", "&quot;"));
    String download = "/fhir/Claim/" + claim.getIdElement().getIdPart();
    assertThat(page.body()).contains("href=\"" + download + "\"");
    assertThat(biller.get(download).headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+json"));
  }
}
