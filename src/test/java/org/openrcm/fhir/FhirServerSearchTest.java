package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.MadeUpRemittance;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;

/** What searches find, what they cost, and how those that cannot be read are refused. */
@ServerTest
class FhirServerSearchTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  private static UUID practice;
  private static TestApi program;

  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;

  @BeforeEach
  void aPracticeWithTwoFiles() {
    if (practice == null) {
      practice = users.practice("Larkfield");
      practices.load(practice, Path.of("samples/family-practice.835"));
      practices.load(practice, Path.of("samples/dental.835"));
    }
    // a token lasts five minutes
    program = users.api(practice, "system/*.rs");
  }

  private static Bundle bundle(String path) {
    return bundle(program.get(path));
  }

  private static Bundle bundle(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  private static String encoded(String text) {
    return text.replace("|", "%7C").replace("\\", "%5C").replace("+", "%2B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "ExplanationOfBenefit? 14",
        "ExplanationOfBenefit?identifier=BF26000012003 1",
        "ExplanationOfBenefit?identifier=|BF26000012003 1",
        "ExplanationOfBenefit?identifier=http://example.org|BF26000012003 0",
        "ExplanationOfBenefit?identifier=BF26000012003,TW26005501,none 2",
        "ExplanationOfBenefit?identifier=BF26000012003&identifier=TW26005501 0",
        "ExplanationOfBenefit?claim:identifier=LFP-1150 2",
        "ExplanationOfBenefit?status=cancelled 1",
        "ExplanationOfBenefit?status=active 13",
        "ExplanationOfBenefit?status=active,cancelled 14",
        "ExplanationOfBenefit?status=http://hl7.org/fhir/explanationofbenefit-status|active 13",
        "ExplanationOfBenefit?status=http://example.org|active 0",
        "ExplanationOfBenefit?status=entered-in-error 0",
        "ExplanationOfBenefit?created=2026-06-11 8",
        "ExplanationOfBenefit?created=ne2026-06-11 6",
        "ExplanationOfBenefit?created=eq2026 14",
        "ExplanationOfBenefit?created=gt2026-06-11&created=lt2027 6",
        "ExplanationOfBenefit?created=le2026-06-11 8",
        "ExplanationOfBenefit?created=lt2026-06-11 0",
        "ExplanationOfBenefit?created=ge2026-06-11T12:00:00Z 14",
        "ExplanationOfBenefit?created=2026-06-11T12:00:00Z 0",
        "ExplanationOfBenefit?created=sa2026-06-11T12:00:00Z 6",
        "ExplanationOfBenefit?created=eb2026-06-12 8",
        "ExplanationOfBenefit?created=ap2026 -",
        "ExplanationOfBenefit?payment-date=2026-06-12 8",
        "ExplanationOfBenefit?payment-date=ge2026-06 13",
        "ExplanationOfBenefit?_lastUpdated=ge2020 14",
        "ExplanationOfBenefit?_lastUpdated=lt2020-01-01T00:00:00+05:00 0",
        "ExplanationOfBenefit?_id=0123456789abcdef0123456789abcdef,x 0",
        "ClaimResponse?payment-date=2026-06-12&status=cancelled 1",
        "ClaimResponse?request:identifier=LFP-1201 1",
        "Patient? 15",
        "Patient?name=quilly 0",
        "Patient?name=quill 1",
        "Patient?name=TAN 1",
        "Patient?family=pelli 2",
        "Patient?family=pelli&given=sun 1",
        "Patient?family=pelli,quill 3",
        "Patient?given=teo 2",
        "Patient?identifier=bfh100200940 2",
        "Patient?identifier=|BFH100200301 1",
        "Patient?identifier=http://hl7.org/fhir/sid/us-ssn|BFH100200301 0",
        "Patient?name=%25 0",
        "Patient?name=a\\,b 0",
        "Organization?name=larkmoor 1",
        "Organization?identifier=http://hl7.org/fhir/sid/us-npi|2400102010 1",
        "Organization?identifier=|2400102010 0",
        "Organization?identifier=2400102010 1",
        "Practitioner?family=oakshade 1",
        "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|2400203016 1",
        "PaymentReconciliation? 2",
        "PaymentReconciliation?identifier=30048102 1",
        "PaymentReconciliation?payment-date=2026-06-12&status=active 1",
        "PaymentReconciliation?status=cancelled 0",
        "Coverage? 13",
      })
  void aSearchFinds(String search, String expected) {
    String separator = search.endsWith("?") ? "" : "&";
    HttpResponse<String> answer =
        program.get("/fhir/" + encoded(search) + separator + "_total=accurate");
    if (expected.equals("-")) {
      assertThat(answer.statusCode()).isEqualTo(400);
      return;
    }
    Bundle found = bundle(answer);
    assertThat(found.getTotal()).isEqualTo(Integer.parseInt(expected));
    assertThat(found.getEntry()).hasSize(found.getTotal());
  }

  @Test
  void aPageSaysHowManyThereAreOnlyWhereThatWasAsked() {
    for (String more : List.of("", "&_total=none", "&_pretty=true")) {
      Bundle page = bundle("/fhir/ExplanationOfBenefit?_count=2" + more);
      assertThat(page.getLink("next")).as(more).isNotNull();
      assertThat(page.hasTotal()).as(more).isFalse();
    }
    String xml = program.get("/fhir/ExplanationOfBenefit?_count=2&_format=xml").body();
    assertThat(CONTEXT.newXmlParser().parseResource(Bundle.class, xml).hasTotal()).isFalse();
    Bundle counted = bundle("/fhir/ExplanationOfBenefit?_count=2&_total=accurate");
    assertThat(counted.getTotal()).isGreaterThan(2);
  }

  @Test
  void referencesAreFoundInEachOfTheirForms() {
    ExplanationOfBenefit eob =
        (ExplanationOfBenefit)
            bundle("/fhir/ExplanationOfBenefit?claim:identifier=LFP-1206")
                .getEntryFirstRep()
                .getResource();
    String patient = eob.getPatient().getReferenceElement().getIdPart();
    for (String form :
        List.of(
            "patient=" + patient,
            "patient=Patient/" + patient,
            "patient:Patient=" + patient,
            "patient=" + users.address() + "/fhir/Patient/" + patient)) {
      assertThat(bundle("/fhir/ExplanationOfBenefit?" + form).getEntry()).as(form).hasSize(1);
    }
    for (String none : List.of("Organization/" + patient, "http://example.org/fhir/Patient/1")) {
      assertThat(bundle("/fhir/ExplanationOfBenefit?patient=" + none).getEntry()).isEmpty();
    }
    String insurer = eob.getInsurer().getReferenceElement().getIdPart();
    assertThat(bundle("/fhir/ExplanationOfBenefit?insurer=" + insurer).getEntry()).hasSize(8);
    assertThat(bundle("/fhir/Coverage?patient=" + patient).getEntry()).hasSize(1);
    Bundle included =
        bundle(
            "/fhir/ExplanationOfBenefit?_include=ExplanationOfBenefit:insurer"
                + "&_include=ExplanationOfBenefit:patient&patient="
                + patient);
    assertThat(included.getEntry())
        .extracting(entry -> entry.getResource().getClass().getSimpleName())
        .containsExactlyInAnyOrder(
            ExplanationOfBenefit.class.getSimpleName(),
            Organization.class.getSimpleName(),
            Patient.class.getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created=yesterday",
        "created=2026-13-45",
        "created=ge",
        "created=2026-06-11T25:00:00Z",
        "created:missing=true",
        "_lastUpdated=2026-6-1",
        "identifier=",
        "identifier=a|b|c",
        "identifier=%00",
        "status:not=active",
        "patient.name=canary",
        "patient:Practitioner=1",
        "claim=1",
        "mood=canary",
        "_sort=created",
        "_count=canary",
        "_count=-1",
        "_total=canary",
        "_include=Canary:canary",
        "_include=Patient:organization",
        "_revinclude=Claim:patient",
        "_has:Claim:patient:use=claim",
        "_query=canary",
        "_page=canary",
        "_format=canary",
        "'%20or%201=1=canary",
      })
  void whatCannotBeReadIsRefusedInWordsOfOurs(String query) {
    HttpResponse<String> answer =
        program.get("/fhir/ExplanationOfBenefit?" + encoded(query).replace("'", "%27"));
    assertThat(answer.statusCode()).isIn(400, 406, 410);
    assertThat(answer.body())
        .startsWith("{\"resourceType\":\"OperationOutcome\"")
        .doesNotContain("canary")
        .doesNotContainIgnoringCase("select")
        .doesNotContain("Exception")
        .doesNotContain("HAPI");
  }

  @Test
  void unknownParametersArePassedOverWhenThatIsPreferred() {
    Bundle found =
        bundle(
            program.send(
                program
                    .request("/fhir/ExplanationOfBenefit?mood=blue&status=cancelled")
                    .header("Prefer", "handling=lenient")));
    assertThat(found.getEntry())
        .extracting(entry -> entry.getSearch().getMode().toCode())
        .containsExactly("match", "outcome");
    assertThat(found.getLink("self").getUrl()).contains("status=cancelled").doesNotContain("mood");
  }

  @Test
  void noValueOfAPostedSearchGetsIntoALink() {
    byte[] form = "family=pelli,quill&_count=1".getBytes(StandardCharsets.UTF_8);
    Bundle first = bundle(program.post("/fhir/Patient/_search", FORM, form));
    assertThat(first.getEntry()).hasSize(1);
    List<String> families = new ArrayList<>();
    Bundle page = first;
    while (true) {
      page.getLink().forEach(link -> assertThat(link.getUrl()).doesNotContain("pelli"));
      page.getEntry()
          .forEach(e -> families.add(((Patient) e.getResource()).getNameFirstRep().getFamily()));
      if (page.getLink("next") == null) {
        break;
      }
      page = bundle(page.getLink("next").getUrl());
    }
    assertThat(families).containsExactlyInAnyOrder("PELLIGROVE", "PELLIGROVE", "QUILLBY");
    Bundle byGet = bundle("/fhir/Patient?family=pelli,quill&_count=1");
    assertThat(byGet.getLink("next").getUrl()).doesNotContain("pelli");
    Bundle both = bundle(program.post("/fhir/Patient/_search?given=sun", FORM, form));
    assertThat(both.getEntry()).hasSize(1);
  }

  @Test
  void onlyCountingGivesNoResources() {
    for (String how : List.of("_summary=count", "_count=0")) {
      Bundle counted = bundle("/fhir/ExplanationOfBenefit?" + how);
      assertThat(counted.getTotal()).isEqualTo(14);
      assertThat(counted.getEntry()).isEmpty();
      assertThat(counted.getLink("next")).isNull();
    }
    assertThat(bundle("/fhir/ExplanationOfBenefit").hasTotal()).isFalse();
  }

  @Test
  void methodsAndFormsThatAreNotServedAreRefused() {
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
    for (String method : List.of("PUT", "DELETE", "PATCH", "POST")) {
      HttpResponse<String> answer =
          program.send(program.request("/fhir/Patient").method(method, body));
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.body()).startsWith("{\"resourceType\":\"OperationOutcome\"");
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
    assertThat(
            program.post("/fhir/Patient/_search", "application/json", "{}".getBytes()).statusCode())
        .isEqualTo(415);
    assertThat(program.post("/fhir/Patient/_search", FORM, new byte[300_000]).statusCode())
        .isEqualTo(413);
    for (String accept : List.of("text/turtle", "image/png")) {
      assertThat(
              program.send(program.request("/fhir/Patient").header("Accept", accept)).statusCode())
          .isEqualTo(406);
    }
    assertThat(program.get("/fhir/Claim/1").statusCode()).isEqualTo(404);
    assertThat(program.get("/fhir/Patient/1").statusCode()).isEqualTo(404);
    assertThat(users.anonymous().get("/fhir/Patient").statusCode()).isEqualTo(401);
  }

  @Test
  void answersSayNothingOfTheServerAndAreNotKept() {
    HttpResponse<String> answer = program.get("/fhir/Patient");
    Map<String, List<String>> headers = answer.headers().map();
    assertThat(headers).doesNotContainKeys("x-powered-by", "server");
    assertThat(answer.headers().allValues("Cache-Control").toString()).contains("no-store");
    assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1);
    HttpResponse<String> head =
        program.send(
            program.request("/fhir/Patient").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExplanationOfBenefit?_include=*&",
        "ClaimResponse?_include=*&",
        "Patient?",
        "Coverage?_include=*&",
        "PaymentReconciliation?_include=*&",
        "Organization?",
      })
  void aPageCostsTheSameHoweverMuchIsOnIt(String search) {
    bundle("/fhir/" + search + "_count=1");
    int before = StatementCount.now();
    int few = bundle("/fhir/" + search + "_count=1").getEntry().size();
    int forFew = StatementCount.now() - before;
    before = StatementCount.now();
    int many = bundle("/fhir/" + search + "_count=50").getEntry().size();
    int forMany = StatementCount.now() - before;
    assertThat(many).isGreaterThan(few);
    // the first page of several keeps its search
    assertThat(forMany).isLessThan(forFew);
    assertThat(forMany).isLessThanOrEqualTo(22);
  }

  @Test
  void aVeryLongCheckIsServedInPartsThatAddUp(@TempDir Path folder) throws IOException {
    UUID own = users.practice("Long checks");
    Path file = MadeUpRemittance.write(folder, 12_000, 9_000);
    practices.load(own, file);
    TestApi reader = users.api(own, "system/*.rs");
    List<String> expected =
        Remitted.json(file).stream()
            .filter(json -> json.startsWith("{\"resourceType\":\"PaymentReconciliation\""))
            .toList();
    assertThat(expected).hasSize(3);
    for (String json : expected) {
      String id = json.substring(json.indexOf("\"id\":\"") + 6, json.indexOf("\"id\":\"") + 38);
      String served = reader.get("/fhir/PaymentReconciliation/" + id).body();
      assertThat(served.replaceFirst("\"lastUpdated\":\"[^\"]*\",", "").equals(json))
          .as("part %s is as converted", id)
          .isTrue();
    }
    HttpResponse<String> page = reader.get("/fhir/PaymentReconciliation");
    Bundle first = bundle(page);
    assertThat(first.getEntry()).hasSize(1);
    assertThat(first.getLink("next")).isNotNull();
  }
}
