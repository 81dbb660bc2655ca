package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.fhir.FhirReader.id;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.ContentId;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit record as AuditEvents: each in the shape of BALP, found, and copied out. */
@ServerTest
class FhirServerAuditEventTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final String SCOPE = "system/AuditEvent.rs";
  private static final int MANY = 1050;

  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;
  @Autowired private AuditTrail trail;
  @Autowired private TransactionTemplate transaction;

  private final UUID patient = UUID.randomUUID();
  private UUID practice;
  private FhirReader reader;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Larkfield");
    reader = new FhirReader(users.api(practice, SCOPE));
  }

  private Actor actor(Actor.Kind kind, UUID id, String name, String address) {
    return new Actor(
        kind,
        id,
        name,
        kind == Actor.Kind.STAFF ? Set.of("poster", "biller") : Set.of(),
        practice,
        kind == Actor.Kind.PATIENT ? Actor.PATIENT_REQUEST : Actor.PAYMENT,
        address,
        UUID.randomUUID().toString());
  }

  private Actor staff() {
    return actor(Actor.Kind.STAFF, UUID.randomUUID(), "Ada Poster", "203.0.113.9");
  }

  private void recorded(Actor actor, Action action, Subject subject, UUID... patients) {
    actor.run(
        () ->
            transaction.executeWithoutResult(
                status -> trail.record(action, subject, List.of(patients))));
  }

  private AuditEvent one(Actor actor, Action action, Subject subject, UUID... patients) {
    recorded(actor, action, subject, patients);
    return reader.one(AuditEvent.class, request(actor));
  }

  private static String request(Actor actor) {
    return "AuditEvent?entity:identifier=" + actor.request();
  }

  /** The errors of an event; IHE's own profiles are looked at where they are at hand. */
  private static List<String> errors(AuditEvent event) {
    AuditEvent held = event.copy();
    if (!ProfileValidator.knowsBalp()) {
      held.getMeta().getProfile().removeIf(FhirServerAuditEventTest::isBalp);
    }
    return ProfileValidator.shared().errors(held);
  }

  private static boolean isBalp(CanonicalType profile) {
    return profile.getValue().startsWith(Systems.BALP_PROFILE);
  }

  private static List<String> profiles(AuditEvent event) {
    return event.getMeta().getProfile().stream()
        .map(profile -> profile.getValue().replaceAll(".*/", ""))
        .toList();
  }

  private static AuditEventAgentComponent agent(AuditEvent event, String code) {
    return event.getAgent().stream()
        .filter(agent -> agent.getType().getCodingFirstRep().getCode().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private static AuditEventEntityComponent entity(AuditEvent event, String code) {
    return event.getEntity().stream()
        .filter(entity -> entity.getType().getCode().equals(code))
        .findFirst()
        .orElseThrow();
  }

  /** Rule H3. */
  @Test
  void aLookInAnEmergencySaysSo() {
    Actor inEmergency = staff().forPurpose("BTG");
    AuditEvent event = one(inEmergency, Action.VIEW, Subject.list("Account"), UUID.randomUUID());
    assertThat(errors(event)).isEmpty();
    assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode()).isEqualTo("BTG");
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionOfEveryActorIsValid(Action action) {
    List<Actor> actors =
        Stream.of(Actor.Kind.values())
            .flatMap(
                kind ->
                    Stream.of(
                        actor(kind, UUID.randomUUID(), "Name of " + kind, "2001:db8::7334"),
                        actor(kind, null, "Name of " + kind, null)))
            .toList();
    List<Subject> subjects =
        List.of(
            Subject.of("Account", UUID.randomUUID()),
            Subject.of("Claim", "0123456789abcdef0123456789abcdef"),
            Subject.of("Claim", "../such <a> \"thing\""),
            Subject.of("Statement", "4711"),
            Subject.list("Remittance"),
            Subject.search("Patient", ""),
            Subject.search("Patient", "name=%27OR1=1&\u00ff"));
    for (int which = 0; which < actors.size(); which++) {
      Actor actor = actors.get(which);
      for (Subject subject : subjects) {
        recorded(actor, action, subject);
        recorded(actor, action, subject, patient, UUID.randomUUID());
        actor.run(() -> trail.denied(action, subject, "not theirs"));
      }
      List<AuditEvent> events = reader.found(AuditEvent.class, request(actor) + "&_count=500");
      assertThat(events).hasSize(4 * subjects.size());
      for (int at = 0; at < events.size(); at++) {
        AuditEvent event = events.get(at);
        // all of one actor, and of each other those that stand where nobody else's were looked at
        if (which == 0 || at % subjects.size() == which % subjects.size()) {
          assertThat(errors(event)).as(profiles(event) + " " + subjects).isEmpty();
        }
        assertThat(event.getMeta().getProfile()).isNotEmpty();
      }
    }
    List<AuditEvent> refused = reader.found(AuditEvent.class, "AuditEvent?outcome=8&_count=500");
    assertThat(refused)
        .hasSize(actors.size() * subjects.size())
        .allSatisfy(
            event -> {
              assertThat(profiles(event)).containsExactly("audit-entry");
              assertThat(event.getOutcomeDesc()).isEqualTo("not theirs");
            });
  }

  @Test
  void aLookAtAPatientsThingIsBalpsPatientRead() {
    UUID account = UUID.randomUUID();
    Actor ada = staff();
    AuditEvent event = one(ada, Action.VIEW, Subject.of("Account", account), patient);
    assertThat(profiles(event)).containsExactly("audit-patient-read", "IHE.BasicAudit.PatientRead");
    assertThat(event.getType().getCode()).isEqualTo("rest");
    assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
    assertThat(event.getAction()).isEqualTo(AuditEvent.AuditEventAction.R);
    assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._0);
    assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode()).isEqualTo("HPAYMT");
    AuditEventAgentComponent user = agent(event, "IRCP");
    assertThat(user.getWho().getIdentifier().getValue()).isEqualTo("urn:uuid:" + ada.id());
    assertThat(user.getName()).isEqualTo("Ada Poster");
    assertThat(user.getRequestor()).isTrue();
    assertThat(user.hasNetwork()).isFalse();
    assertThat(user.getRole())
        .extracting(role -> role.getText())
        .containsExactly("biller", "poster");
    AuditEventAgentComponent client = agent(event, "110152");
    assertThat(client.getNetwork().getAddress()).isEqualTo("203.0.113.9");
    assertThat(client.getRequestor()).isFalse();
    assertThat(agent(event, "110153").getWho().getDisplay())
        .isEqualTo(event.getSource().getObserver().getDisplay());
    assertThat(event.getSource().getSite()).isEqualTo("Larkfield");
    assertThat(entity(event, "1").getWhat().getReference())
        .isEqualTo("Patient/" + ContentId.text(patient));
    assertThat(entity(event, "2").getWhat().getReference())
        .isEqualTo("Account/" + ContentId.text(account));
    assertThat(entity(event, "XrequestId").getWhat().getIdentifier().getValue())
        .isEqualTo(ada.request());
    assertThat(FhirJson.bytes(reader.read(AuditEvent.class, "AuditEvent/" + id(event))))
        .isEqualTo(FhirJson.bytes(event));
  }

  /** Without any of these it is not valid, so the profiles do say something. */
  @Test
  void whatBalpRequiresIsRequired() {
    AuditEvent read = one(staff(), Action.VIEW, Subject.of("Account", UUID.randomUUID()), patient);
    AuditEvent query = one(staff(), Action.QUERY, Subject.search("Account", "a=b"), patient);
    assertThat(errors(read)).isEmpty();
    List<Consumer<AuditEvent>> damages =
        List.of(
            event -> event.setType(Elements.coding(Systems.DICOM, "110106")),
            event -> event.setSubtype(List.of()),
            event -> event.setAction(AuditEvent.AuditEventAction.D),
            event -> event.setOutcome(AuditEvent.AuditEventOutcome._8).setOutcomeDesc("no"),
            event -> event.getAgent().remove(0),
            event -> event.getAgent().remove(1),
            event -> event.getAgent().get(0).setNetwork(null),
            event -> event.getAgent().get(1).setWho(null),
            event -> event.getAgent().get(2).setRequestor(false),
            event -> event.getAgent().get(2).getNetwork().setAddress("203.0.113.9"),
            event -> event.getEntity().remove(1),
            event -> event.getEntity().get(1).setWhat(null),
            event -> event.getEntity().get(1).setRole(null),
            event -> event.getEntity().remove(2),
            event -> event.getEntity().get(0).setWhat(null));
    for (int i = 0; i < damages.size(); i++) {
      AuditEvent damaged = read.copy();
      damages.get(i).accept(damaged);
      assertThat(errors(damaged)).as("damage " + i).isNotEmpty();
    }
    assertThat(errors(query)).isEmpty();
    query.getEntity().get(2).setQuery(null);
    assertThat(errors(query)).isNotEmpty();
  }

  @Test
  void aSearchKeepsTheBytesThatWereSentAndIsAnEventForEachPatient() {
    FhirReader other = new FhirReader(users.api(practice, "system/Patient.rs"));
    String sent = "family=%27OR1=1";
    assertThat(other.bundle("/fhir/Patient?" + sent).getEntry()).isEmpty();
    AuditEvent event = reader.one(AuditEvent.class, "AuditEvent?subtype=search&agent-name=program");
    assertThat(profiles(event)).containsExactly("audit-query", "IHE.BasicAudit.Query");
    AuditEventEntityComponent query = entity(event, "2");
    assertThat(new String(query.getQuery(), StandardCharsets.ISO_8859_1))
        .isEqualTo("Patient?" + sent);
    assertThat(query.hasWhat()).isFalse();
    Actor ada = staff();
    recorded(ada, Action.QUERY, Subject.list("Account"), patient, UUID.randomUUID());
    assertThat(reader.found(AuditEvent.class, request(ada)))
        .hasSize(2)
        .allSatisfy(one -> assertThat(profiles(one)).contains("IHE.BasicAudit.PatientQuery"))
        .extracting(one -> entity(one, "1").getWhat().getReference())
        .doesNotHaveDuplicates();
  }

  @Test
  void aPatientAtTheirOwnBillIsBothAgentAndEntity() {
    Actor own = actor(Actor.Kind.PATIENT, UUID.randomUUID(), "Hazel", "203.0.113.9");
    AuditEvent event = one(own, Action.VIEW, Subject.of("Account", UUID.randomUUID()), patient);
    String reference = "Patient/" + ContentId.text(patient);
    assertThat(agent(event, "IRCP").getWho().getReference()).isEqualTo(reference);
    assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode()).isEqualTo("PATRQT");
    recorded(staff(), Action.VIEW, Subject.list("Account"), patient);
    for (String search : List.of("agent=" + reference, "agent:identifier=urn:uuid:" + own.id())) {
      assertThat(reader.one(AuditEvent.class, "AuditEvent?" + search).getId())
          .isEqualTo(event.getId());
    }
    for (String by : List.of("patient=", "entity=")) {
      assertThat(reader.found(AuditEvent.class, "AuditEvent?subtype=read&" + by + reference))
          .as(by)
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "action=C, ADD",
    "'action=C,D', ADD DELETE",
    "action=http://hl7.org/fhir/audit-event-action%7CR, VIEW PRINT COPY SEND",
    "action=nothing, ''",
    "type=rest&subtype=update, CHANGE",
    "type=http://dicom.nema.org/resources/ontology/DCM%7C110106, PRINT COPY SEND",
    "subtype=110122, SIGN_IN",
    "subtype=http://dicom.nema.org/resources/ontology/DCM%7C110123, SIGN_OUT",
    "type=110113, PRIVILEGE",
    "subtype=extract, COPY",
    "outcome=8, ''",
    "'outcome=0,8&action=U', CHANGE",
    "date=ge2026&subtype=report, PRINT",
    "date=lt2020, ''",
    "_lastUpdated=lt2020, ''",
    "agent-name=ADA P&subtype=transmit, SEND",
    "entity=Account/0123456789abcdef0123456789abcdef&subtype=read, VIEW",
    "entity:Account=0123456789abcdef0123456789abcdef&subtype=delete, DELETE",
    "entity:Claim=0123456789abcdef0123456789abcdef, ''"
  })
  void aSearchFinds(String search, String actions) {
    UUID account = ContentId.uuid("0123456789abcdef0123456789abcdef");
    for (Action action : Action.values()) {
      recorded(staff(), action, Subject.of("Account", account), patient);
    }
    String path =
        "AuditEvent?patient="
            + ContentId.text(patient)
            + "&entity:identifier="
            + account
            + "&"
            + search.replace(" ", "%20");
    Set<String> expected = new HashSet<>();
    for (Action action : Action.values()) {
      if (List.of(actions.split(" ")).contains(action.name())) {
        expected.add(AuditKind.of(action.name()).subtype().getCode());
      }
    }
    assertThat(reader.found(AuditEvent.class, path))
        .extracting(event -> event.getSubtypeFirstRep().getCode())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(reader.bundle("/fhir/" + path + "&_total=accurate").getTotal())
        .isEqualTo(expected.size());
  }

  @Test
  void aRecordOfManyPagesIsReadOnceFromItsEndAndEqualsItsCopy() {
    Actor job = actor(Actor.Kind.JOB, null, "marker job", null);
    UUID[] patients = Stream.generate(UUID::randomUUID).limit(MANY).toArray(UUID[]::new);
    recorded(job, Action.VIEW, Subject.list("Remittance"), patients);
    List<String> paged = new ArrayList<>();
    IParser json = CONTEXT.newJsonParser();
    Bundle page = reader.bundle("/fhir/AuditEvent?agent-name=marker&_count=200");
    int pages = 1;
    while (true) {
      page.getEntry().forEach(one -> paged.add(json.encodeResourceToString(one.getResource())));
      Bundle.BundleLinkComponent next = page.getLink("next");
      if (next == null) {
        break;
      }
      assertThat(next.getUrl()).doesNotContain("marker");
      page = reader.bundle(next.getUrl());
      pages++;
    }
    assertThat(pages).isEqualTo(6);
    assertThat(paged).hasSize(MANY).doesNotHaveDuplicates();
    List<String> moments =
        paged.stream()
            .map(one -> json.parseResource(AuditEvent.class, one))
            .map(FhirReader::id)
            .toList();
    assertThat(moments).isSortedAccordingTo((one, other) -> other.compareTo(one));

    TestSession compliance = users.signedIn(practice, Role.COMPLIANCE);
    HttpResponse<String> copy = compliance.get("/audit.ndjson?who=marker");
    assertThat(copy.headers().firstValue("Content-Type")).hasValue("application/fhir+ndjson");
    assertThat(copy.headers().firstValue("Content-Length")).isEmpty();
    assertThat(compliance.get("/audit.csv?who=marker").body().lines()).hasSize(MANY + 1);
    // the page goes by the numbers of the rows, which in one statement need not be those of moments
    assertThat(copy.body().lines()).containsExactlyInAnyOrderElementsOf(paged);
  }

  @Test
  void readingTheRecordWhileItGrowsComesToAnEnd() {
    recorded(staff(), Action.VIEW, Subject.list("Remittance"), UUID.randomUUID());
    recorded(staff(), Action.VIEW, Subject.list("Remittance"), UUID.randomUUID());
    // each page adds an entry
    List<AuditEvent> all = reader.all(AuditEvent.class, 1);
    assertThat(all).extracting(FhirReader::id).doesNotHaveDuplicates().hasSizeBetween(2, 20);
  }

  @Test
  void readingIsOnRecordOnceASearchAndOnceARead() {
    recorded(staff(), Action.VIEW, Subject.list("x"), patient, UUID.randomUUID());
    long before = practices.endOfRecord(practice);
    reader.bundle("/fhir/AuditEvent?type=rest");
    assertThat(practices.recorded(practice, before))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.action()).isEqualTo("QUERY");
              assertThat(row.subject()).isEqualTo("AuditEvent");
              assertThat(row.patient()).isNull();
            });
    before = practices.endOfRecord(practice);
    String search = "AuditEvent?subtype=read&patient=" + ContentId.text(patient);
    AuditEvent event = reader.one(AuditEvent.class, search);
    assertThat(practices.recorded(practice, before))
        .extracting(FhirPractices.Recorded::patient)
        .containsExactly(patient);
    before = practices.endOfRecord(practice);
    reader.read(AuditEvent.class, "AuditEvent/" + id(event));
    assertThat(practices.recorded(practice, before))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.action()).isEqualTo("VIEW");
              assertThat(row.subjectId()).isEqualTo(id(event));
              assertThat(row.patient()).isEqualTo(patient);
            });
  }

  @Test
  void itTakesAScopeOfItsOwnAndARefusalIsOnRecord() {
    for (String scope : List.of("system/*.rs", "system/*.cruds", "system/*.*", "system/Claim.rs")) {
      TestApi program = users.api(practice, scope);
      long before = practices.endOfRecord(practice);
      assertThat(program.get("/fhir/AuditEvent").statusCode()).as(scope).isEqualTo(403);
      assertThat(program.get("/fhir/AuditEvent/" + "0".repeat(32)).statusCode()).isEqualTo(403);
      assertThat(practices.recorded(practice, before))
          .as(scope)
          .extracting(row -> row.action() + " " + row.subject() + " " + row.outcome())
          .containsExactly("QUERY AuditEvent 8", "VIEW AuditEvent 8");
    }
    assertThat(users.askForToken(users.client(practice, "system/*.rs"), SCOPE).statusCode())
        .isEqualTo(400);
    assertThat(users.api(practice, "system/AuditEvent.s").get("/fhir/AuditEvent").statusCode())
        .isEqualTo(200);
    assertThat(
            users
                .api(practice, "system/AuditEvent.s")
                .get("/fhir/AuditEvent/" + "0".repeat(32))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void ofTheStaffOnlyComplianceReadsAndCopiesIt() {
    TestSession compliance = users.signedIn(practice, Role.COMPLIANCE);
    assertThat(compliance.get("/fhir/AuditEvent").statusCode()).isEqualTo(200);
    assertThat(compliance.get("/fhir/Claim").statusCode()).isEqualTo(403);
    TestSession others =
        users.signedIn(practice, Role.POSTER, Role.BILLER, Role.MANAGER, Role.ADMINISTRATOR);
    for (String path : List.of("/fhir/AuditEvent", "/fhir/AuditEvent/1", "/audit.ndjson")) {
      assertThat(others.get(path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(compliance.get("/audit.ndjson?from=today").statusCode()).isEqualTo(400);
  }

  @Test
  void aCopyIsOnRecordBeforeItsFirstLineAndHasItsFilter() {
    recorded(staff(), Action.VIEW, Subject.list("x"), patient);
    recorded(staff(), Action.VIEW, Subject.list("x"), UUID.randomUUID());
    TestSession compliance = users.signedIn(practice, Role.COMPLIANCE);
    List<AuditEvent> all =
        compliance
            .get("/audit.ndjson")
            .body()
            .lines()
            .map(line -> CONTEXT.newJsonParser().parseResource(AuditEvent.class, line))
            .toList();
    assertThat(all).allSatisfy(event -> assertThat(errors(event)).isEmpty());
    assertThat(all.get(0).getSubtypeFirstRep().getCode()).isEqualTo("extract");
    assertThat(entity(all.get(0), "2").getWhat().getDisplay()).isEqualTo("AuditEvent");
    String some = compliance.get("/audit.ndjson?action=VIEW&patient=" + patient).body();
    assertThat(some.lines()).hasSize(1);
    assertThat(some).contains("Patient/" + ContentId.text(patient));
    assertThat(compliance.get("/audit?patient=" + patient).body())
        .contains("/audit.ndjson?patient=" + patient);
  }

  @Test
  void practicesAreApart() {
    AuditEvent ours = one(staff(), Action.VIEW, Subject.list("x"), patient);
    UUID elsewhere = users.practice("Elsewhere");
    FhirReader theirs = new FhirReader(users.api(elsewhere, SCOPE));
    // before they ask for ours, which is on their record
    assertThat(users.signedIn(elsewhere, Role.COMPLIANCE).get("/audit.ndjson").body())
        .doesNotContain(id(ours), ContentId.text(patient));
    assertThat(theirs.program().get("/fhir/AuditEvent/" + id(ours)).statusCode()).isEqualTo(404);
    for (String search : List.of("_id=" + id(ours), "patient=" + ContentId.text(patient))) {
      assertThat(theirs.bundle("/fhir/AuditEvent?" + search).getEntry()).as(search).isEmpty();
      assertThat(reader.bundle("/fhir/AuditEvent?" + search).getEntry()).as(search).isNotEmpty();
    }
    assertThat(theirs.all(AuditEvent.class, 100))
        .extracting(FhirReader::id)
        .doesNotContain(id(ours));
  }

  @Test
  void anIdIsThereForGoodAndHasNotTheNumberOfTheRow() {
    AuditEvent event = one(staff(), Action.VIEW, Subject.list("x"), patient);
    String number = Long.toString(practices.endOfRecord(practice));
    assertThat(id(event)).matches("[0-9a-f]{32}");
    assertThat(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(event))
        .doesNotContain("\"" + number + "\"");
    assertThat(Long.parseLong(id(event).substring(0, 16), 16) / 1000)
        .isEqualTo(event.getRecorded().getTime());
  }

  @Test
  void theCapabilityStatementHasIt() {
    CapabilityStatement statement = reader.read(CapabilityStatement.class, "metadata");
    CapabilityStatement.CapabilityStatementRestResourceComponent resource =
        statement.getRestFirstRep().getResource().stream()
            .filter(one -> one.getType().equals("AuditEvent"))
            .findFirst()
            .orElseThrow();
    assertThat(resource.getSupportedProfile())
        .extracting(profile -> profile.getValue().replaceAll(".*/", ""))
        .contains("audit-entry", "audit-patient-read", "IHE.BasicAudit.PatientQuery");
    assertThat(resource.getSearchParam())
        .extracting(parameter -> parameter.getName())
        .contains("_id", "date", "patient", "agent", "action", "outcome", "type", "subtype");
  }

  /** What BALP and DICOM call things goes with their codes, as the standards write it. */
  @ParameterizedTest
  @EnumSource(AuditKind.class)
  void everyKindHasCodesAndAProfile(AuditKind kind) {
    for (Coding coding : List.of(kind.type(), kind.client(), kind.server(), kind.user())) {
      assertThat(coding.getDisplay()).isNotBlank();
    }
    assertThat(Action.valueOf(kind.stored())).isNotNull();
  }
}
