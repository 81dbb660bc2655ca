package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.posting.Solving;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Exceptions of posting as Tasks: what is the matter with what, how much is at stake, whose it is.
 */
@ServerTest
class FhirServerTaskTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  private static TestBooks books;
  private static TestApi program;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;
  @Autowired private JdbcClient sql;
  @Autowired private Solving solving;

  @BeforeEach
  void booksWithSomeStories() {
    if (books == null) {
      books =
          told(
              "payment-without-a-claim",
              "one-cent-too-much",
              "takeback-for-an-unknown-claim",
              "void-not-taken-back-yet",
              "another-patient-under-our-number");
    }
    // a token lasts five minutes
    program = users.api(books.practice, "system/*.rs");
  }

  private TestBooks told(String... stories) {
    TestBooks told = new TestBooks(server);
    for (String story : stories) {
      told.loadCase(story);
      told.postAll();
    }
    return told;
  }

  private static Bundle bundle(TestApi reader, String path) {
    HttpResponse<String> answer = reader.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  private static Stream<Resource> resources(Bundle bundle) {
    return bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource);
  }

  private static List<Task> found(String search) {
    return resources(bundle(program, "/fhir/Task?" + search))
        .filter(Task.class::isInstance)
        .map(Task.class::cast)
        .toList();
  }

  private static Task one(String search) {
    List<Task> found = found(search);
    assertThat(found).as(search).hasSize(1);
    return found.get(0);
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  private static String line(Task task) {
    Money amount = (Money) task.getInputFirstRep().getValue();
    assertThat(amount.getCurrency()).isEqualTo("USD");
    assertThat(task.getInputFirstRep().getType().getCodingFirstRep().getCode())
        .isEqualTo("amount-at-stake");
    return String.join(
        " ",
        id(task),
        task.getCode().getCodingFirstRep().getCode(),
        amount.getValue().toPlainString(),
        task.getStatus().toCode(),
        task.getAuthoredOn().toInstant().toString());
  }

  /** The exceptions as the database has them, in the words of {@link #line}. */
  private List<String> kept() {
    return books.ask(
        () ->
            sql.sql("select id, type, amount_cents, opened_at from posting_exception")
                .query(
                    (row, index) ->
                        String.join(
                            " ",
                            row.getString(1).replace("-", ""),
                            row.getString(2).toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                            BigDecimal.valueOf(row.getLong(3), 2).toPlainString(),
                            "requested",
                            Instant.ofEpochMilli(row.getTimestamp(4).getTime()).toString()))
                .list());
  }

  @Test
  void everyExceptionIsATaskWithItsReasonAndItsMoney() {
    List<Task> all = new ArrayList<>();
    Bundle page = bundle(program, "/fhir/Task?_count=3");
    while (true) {
      resources(page).forEach(task -> all.add((Task) task));
      if (page.getLink("next") == null) {
        break;
      }
      page = bundle(program, page.getLink("next").getUrl());
    }
    assertThat(all).map(FhirServerTaskTest::line).containsExactlyInAnyOrderElementsOf(kept());
    assertThat(all)
        .map(
            task ->
                task.getCode().getCodingFirstRep().getCode()
                    + " "
                    + ((Money) task.getInputFirstRep().getValue()).getValue())
        .containsExactlyInAnyOrder(
            "no-claim 112.40",
            "no-claim 90.00",
            "no-claim 55.00",
            "unbalanced 0.01",
            "takeback-unexplained 230.00",
            "overpaid 265.00",
            "patient-differs 112.40");
    assertThat(all)
        .allSatisfy(
            task -> {
              assertThat(ProfileValidator.shared().errors(task)).isEmpty();
              assertThat(task.getIntent()).isEqualTo(Task.TaskIntent.ORDER);
              assertThat(task.hasOwner()).isFalse();
              assertThat(task.getReasonCode().getText()).isNotBlank();
              assertThat(task.getReasonCode().getCodingFirstRep().getCode())
                  .isEqualTo(task.getCode().getCodingFirstRep().getCode());
              assertThat(program.get("/fhir/" + task.getFocus().getReference()).statusCode())
                  .as(task.getFocus().getReference())
                  .isEqualTo(200);
              assertThat(program.get("/fhir/Task/" + id(task)).body()).contains(id(task));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "no-claim, ClaimResponse, true",
    "patient-differs, ClaimResponse, true",
    "overpaid, Claim, true",
    "unbalanced, PaymentReconciliation, false",
    "takeback-unexplained, PaymentReconciliation, false"
  })
  void aTaskIsAboutADecisionAClaimOrACheck(String code, String focus, boolean patient) {
    for (Task task : found("code=" + code)) {
      assertThat(task.getFocus().getReference()).startsWith(focus + "/");
      assertThat(task.hasFor()).isEqualTo(patient);
      String about = "focus=" + task.getFocus().getReference();
      assertThat(found(about + "&code=" + code)).map(Resource::getId).contains(task.getId());
      assertThat(found("focus:" + focus + "=" + task.getFocus().getReferenceElement().getIdPart()))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 7",
    "code=no-claim, 3",
    "'code=no-claim,overpaid', 4",
    "code=http://openrcm.org/fhir/CodeSystem/posting-exception%7Cunbalanced, 1",
    "code=http://example.org%7Cunbalanced, 0",
    "status=requested, 7",
    "'status=requested,in-progress&code=overpaid', 1",
    "'status=in-progress,completed,cancelled', 0",
    "status=draft, 0",
    "authored-on=ge2026, 7",
    "authored-on=lt2026, 0",
    "modified=ge2026&code=overpaid, 1",
    "_lastUpdated=lt2026, 0",
    "focus=ClaimResponse/0123456789abcdef0123456789abcdef, 0",
    "patient=0123456789abcdef0123456789abcdef, 0",
    "owner:identifier=urn:uuid:01234567-89ab-cdef-0123-456789abcdef, 0",
  })
  void aSearchFinds(String search, int expected) {
    assertThat(found(search)).hasSize(expected);
    assertThat(bundle(program, "/fhir/Task?_total=accurate&" + search).getTotal())
        .isEqualTo(expected);
  }

  @Test
  void aTaskIsOpenThenSomebodysThenClosedOrSolved() {
    TestBooks own = told("void-not-taken-back-yet", "one-cent-too-much");
    program = users.api(own.practice, "system/*.rs");
    UUID anaId = UUID.randomUUID();
    Actor ana =
        new Actor(
            Actor.Kind.STAFF,
            anaId,
            "Ana",
            Set.of("poster"),
            own.practice,
            Actor.PAYMENT,
            null,
            "request");
    Task open = one("code=overpaid");
    Instant since = open.getMeta().getLastUpdated().toInstant();
    UUID id = SearchValues.id(id(open));
    ana.run(() -> solving.assign(id, true));
    Task taken = one("status=in-progress");
    assertThat(taken.getId()).isEqualTo(open.getId());
    assertThat(taken.getOwner().getDisplay()).isEqualTo("Ana");
    assertThat(taken.getOwner().getIdentifier().getValue()).isEqualTo("urn:uuid:" + anaId);
    assertThat(one("owner:identifier=urn:uuid:" + anaId).getId()).isEqualTo(open.getId());
    assertThat(found("owner:identifier=" + UUID.randomUUID())).isEmpty();
    assertThat(taken.getLastModified().toInstant()).isAfter(since);
    assertThat(found("_lastUpdated=gt" + since)).map(Resource::getId).contains(open.getId());
    ana.run(() -> solving.close(id, "The payer was told"));
    Task closed = one("status=cancelled");
    assertThat(closed.getNoteFirstRep().getText()).isEqualTo("The payer was told");
    assertThat(closed.getNoteFirstRep().getAuthorStringType().getValue()).isEqualTo("Ana");
    assertThat(ProfileValidator.shared().errors(closed)).isEmpty();
    ana.run(() -> solving.reopen(id));
    assertThat(one("code=overpaid&status=in-progress").hasNote()).isFalse();
    own.undoAll();
    assertThat(one("code=overpaid").getStatus()).isEqualTo(Task.TaskStatus.COMPLETED);
  }

  @Test
  void whatATaskIsAboutComesAlong() {
    Map<String, String> focus =
        Map.of(
            "no-claim", "ClaimResponse", "overpaid", "Claim", "patient-differs", "ClaimResponse");
    focus.forEach(
        (code, type) ->
            assertThat(
                    resources(bundle(program, "/fhir/Task?_include=Task:focus&code=" + code))
                        .map(Resource::fhirType)
                        .distinct())
                .containsExactlyInAnyOrder("Task", type));
    Bundle patients = bundle(program, "/fhir/Task?_include=Task:patient&code=no-claim");
    assertThat(resources(patients).map(Resource::fhirType).filter("Patient"::equals)).hasSize(3);
    // a check, which can be long, is read by itself
    assertThat(bundle(program, "/fhir/Task?_include=*&code=unbalanced").getEntry()).hasSize(1);
    for (Task task : found("code=no-claim")) {
      String patient = task.getFor().getReferenceElement().getIdPart();
      assertThat(found("patient=" + patient)).map(Resource::getId).containsExactly(task.getId());
    }
  }

  @Test
  void aLookLeavesARowForThePatientItIsAbout() {
    for (String code : List.of("no-claim", "overpaid", "patient-differs")) {
      for (Task task : found("code=" + code)) {
        long since = practices.endOfRecord(books.practice);
        program.get("/fhir/Task/" + id(task));
        assertThat(practices.recorded(books.practice, since))
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.action()).isEqualTo("VIEW");
                  assertThat(row.subject()).isEqualTo("Task");
                  assertThat(row.subjectId()).isEqualTo(id(task));
                  assertThat(row.patient()).isNotNull();
                });
      }
    }
    long since = practices.endOfRecord(books.practice);
    found("code=no-claim");
    assertThat(practices.recorded(books.practice, since))
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.action()).isEqualTo("QUERY");
              assertThat(row.query()).asString().isEqualTo("code=no-claim");
              assertThat(row.patient()).isNotNull();
            });
    since = practices.endOfRecord(books.practice);
    found("code=unbalanced");
    assertThat(practices.recorded(books.practice, since))
        .singleElement()
        .satisfies(row -> assertThat(row.patient()).isNull());
  }

  @Test
  void neitherAnotherPracticeNorAnotherScopeSeesATask() {
    Task task = one("code=overpaid");
    UUID others = users.practice("Mossbank");
    TestApi other = users.api(others, "system/*.rs");
    assertThat(other.get("/fhir/Task/" + id(task)).statusCode()).isEqualTo(404);
    for (String search :
        List.of(
            "", "_id=" + id(task), "code=overpaid", "focus=" + task.getFocus().getReference())) {
      assertThat(bundle(other, "/fhir/Task?" + search).getEntry()).as(search).isEmpty();
    }
    TestApi without = users.api(books.practice, "system/Task.s");
    long since = practices.endOfRecord(books.practice);
    assertThat(without.get("/fhir/Task/" + id(task)).statusCode()).isEqualTo(403);
    assertThat(without.get("/fhir/Task?_include=Task:focus").statusCode()).isEqualTo(403);
    assertThat(practices.recorded(books.practice, since))
        .hasSize(2)
        .allMatch(row -> row.outcome() == 8);
    assertThat(without.get("/fhir/Task").statusCode()).isEqualTo(200);
  }

  @Test
  void aPageCostsTheSameHoweverMuchIsOnIt() {
    String search = "/fhir/Task?_include=*&code=no-claim&_count=";
    bundle(program, search + 1);
    int before = StatementCount.now();
    bundle(program, search + 1);
    int forFew = StatementCount.now() - before;
    before = StatementCount.now();
    assertThat(bundle(program, search + 50).getEntry()).hasSizeGreaterThan(3);
    // the first page of several keeps its search
    assertThat(StatementCount.now() - before).isLessThan(forFew);
  }
}
