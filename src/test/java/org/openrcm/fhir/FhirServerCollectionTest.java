package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.fhir.FhirReader.id;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contacted;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Direction;
import org.openrcm.contact.Outcome;
import org.openrcm.contact.Party;
import org.openrcm.contact.Purpose;
import org.openrcm.identity.Role;
import org.openrcm.letter.LetterFiles;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The collections queue as Tasks, the log of contacts as Communications, what stands on accounts as
 * Flags.
 */
@ServerTest
@Import(MovableClock.InServer.class)
class FhirServerCollectionTest {
  private static final int PATIENTS = 7;
  private static final String PHONE = "6025550142";
  private static final String NOTE = "Her knee hurts, she says; asks for a plan";

  /** Of each patient, from 1, in which state the entry is to be. */
  private static final List<String> STATES =
      List.of("requested", "on-hold", "in-progress", "cancelled", "completed", "ready", "draft");

  private static CollectorsFloor floor;
  private static TestUsers.Person mia;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;
  @Autowired private JdbcClient sql;
  @Autowired private MovableClock clock;

  private FhirReader reader;

  @BeforeEach
  void aQueueInAllStates() {
    if (floor == null) {
      CollectorsFloor.moveTo(clock, CollectorsFloor.NOON);
      floor = CollectorsFloor.unbilled(server, PATIENTS);
      floor.areAt(PHONE, "AZ", "85004");
      for (int i = 1; i < PATIENTS; i++) {
        floor.billThrough(floor.account(i));
      }
      floor.bills.send(floor.account(PATIENTS), floor.today().minusDays(10));
      floor.settled();
      floor.snooze(floor.account(2));
      mia = floor.collector();
      TestSession collector = users.signIn(mia);
      collector.post("/queue/entries/" + floor.id(floor.account(3)) + "/take");
      // however long this takes
      floor.books.ask(
          () ->
              sql.sql("update collection_entry set leased_until = leased_until + interval '1 day'")
                  .update());
      floor.flag(floor.account(4), FlagKind.DISPUTE);
      floor.pays(floor.account(5), "30");
      floor.books.ask(
          () ->
              sql.sql(
                      """
                      update collection_entry set assigned_to = ?, assigned_name = 'Mia'
                      where account_number = ?
                      """)
                  .params(mia.id(), floor.account(6))
                  .update());
      floor.settled();
      contacts();
    }
    // a token lasts five minutes
    reader = reader("system/*.rs");
  }

  private void contacts() {
    Instant at = clock.instant().minus(2, ChronoUnit.HOURS);
    log(1, Contacted.call(Direction.OUT, Outcome.NO_ANSWER, at, ""));
    log(1, Contacted.call(Direction.OUT, Outcome.SPOKE, at.plusSeconds(600), NOTE));
    log(2, Contacted.call(Direction.IN, Outcome.SPOKE, at, "Called us"));
    log(
        3,
        new Contacted(
            Channel.MAIL,
            Direction.IN,
            Outcome.RECEIVED,
            Purpose.COLLECT,
            Party.LAWYER,
            null,
            at,
            "A letter"));
    floor.books.ask(
        () ->
            sql.sql(
                    """
                    update letter set withdrawn_at = now(), withdrawn_by = 'test'
                    where account_number <> ?
                    """)
                .param(floor.account(1))
                .update());
    floor.books.run(() -> server.getBean(LetterFiles.class).print());
  }

  private void log(int patient, Contacted what) {
    floor.books.ask(
        () ->
            server
                .getBean(Contacts.class)
                .log(floor.account(patient), what, UUID.randomUUID().toString()));
  }

  private FhirReader reader(String... scopes) {
    return new FhirReader(users.api(floor.practice(), scopes));
  }

  private static String account(int patient) {
    return floor.id(floor.account(patient)).toString().replace("-", "");
  }

  private Task task(int patient) {
    return reader.one(Task.class, "Task?focus=Account/" + account(patient));
  }

  private static List<String> codes(Task task, String input) {
    return task.getInput().stream()
        .filter(one -> one.getType().getCodingFirstRep().getCode().equals(input))
        .map(one -> ((CodeableConcept) one.getValue()).getCodingFirstRep().getCode())
        .toList();
  }

  private static BigDecimal owed(Task task) {
    assertThat(task.getInputFirstRep().getType().getCodingFirstRep().getCode())
        .isEqualTo("amount-owed");
    return ((Money) task.getInputFirstRep().getValue()).getValue();
  }

  @Test
  void everyEntryIsATaskInItsState() {
    Map<String, String> stands = new HashMap<>();
    for (Task task : reader.all(Task.class, 3)) {
      assertThat(ProfileValidator.shared().errors(task)).isEmpty();
      assertThat(task.getCode().getCodingFirstRep().getCode()).isEqualTo("collect");
      assertThat(task.getFor().getReference()).startsWith("Patient/");
      assertThat(reader.read(Task.class, "Task/" + id(task)).getFocus().getReference())
          .isEqualTo(task.getFocus().getReference());
      stands.put(task.getFocus().getReference(), task.getStatus().toCode());
    }
    Map<String, String> expected = new HashMap<>();
    for (int i = 1; i <= PATIENTS; i++) {
      expected.put("Account/" + account(i), STATES.get(i - 1));
    }
    assertThat(stands).isEqualTo(expected);
  }

  @Test
  void aTaskSaysWhatIsOwedAndHowItStands() {
    assertThat(owed(task(1))).isEqualByComparingTo("30");
    assertThat(task(1).getInput().stream().map(one -> one.getType().getCodingFirstRep().getCode()))
        .contains("expected-recovery", "work", "recovery-per-minute", "part-of-score")
        .doesNotContain("why-not", "rests-until");
    assertThat(task(1).getPriority()).isEqualTo(Task.TaskPriority.ROUTINE);
    assertThat(task(1).hasOwner()).isFalse();
    assertThat(task(3).getOwner().getIdentifier().getValue()).isEqualTo("urn:uuid:" + mia.id());
    assertThat(task(6).getOwner().getDisplay()).isEqualTo("Mia");
    assertThat(task(2).getInput())
        .anyMatch(
            one ->
                one.getType().getCodingFirstRep().getCode().equals("rests-until")
                    && one.getValue()
                        .primitiveValue()
                        .equals(floor.today().plusDays(7).toString()));
    assertThat(codes(task(4), "why-not")).containsExactly("never-while-disputed");
    assertThat(task(4).getStatusReason().getCodingFirstRep().getCode())
        .isEqualTo("never-while-disputed");
    assertThat(codes(task(5), "why-not")).contains("only-after-full-statement-cycle");
    assertThat(codes(task(7), "why-not")).containsExactly("only-after-full-statement-cycle");
  }

  @ParameterizedTest
  @CsvSource({
    "Task?code=collect, 7",
    "Task?code=http://openrcm.org/fhir/CodeSystem/collection%7Ccollect, 7",
    "Task?code=overpaid, 0",
    "Task?status=requested, 1",
    "'Task?status=ready,in-progress', 2",
    "'Task?status=draft,on-hold,completed,cancelled', 4",
    "Task?authored-on=ge2026, 7",
    "Task?_lastUpdated=lt2026, 0",
    "Task?focus=Account/0123456789abcdef0123456789abcdef, 0",
    "Communication?_lastUpdated=ge2026, 5",
    "Communication?status=completed, 4",
    "Communication?status=not-done, 1",
    "Communication?category=call, 3",
    "Communication?category=Call, 0",
    "'Communication?category=mail,text', 2",
    "Communication?medium=MAILWRIT, 2",
    "Communication?sent=ge2026, 3",
    "Communication?received=ge2026, 2",
    "Communication?sent=lt2026, 0",
    "Flag?_lastUpdated=ge2026, 1",
    "Flag?code=dispute, 1",
    "Flag?code=http://openrcm.org/fhir/CodeSystem/contact-notice%7Cdispute, 0",
    "Flag?category=billing&status=active, 1",
    "Flag?category=contact, 0",
    "Flag?status=inactive, 0",
    "Flag?_lastUpdated=lt2026, 0"
  })
  void aSearchFinds(String search, int expected) {
    assertThat(reader.bundle("/fhir/" + search + "&_count=50").getEntry()).hasSize(expected);
    assertThat(reader.bundle("/fhir/" + search + "&_total=accurate").getTotal())
        .isEqualTo(expected);
  }

  @Test
  void allAreFoundByPatientAndAccountAndBringThemAlong() {
    for (String type : List.of("Task", "Communication", "Flag")) {
      String about = type.equals("Task") ? "focus" : "account";
      int patient = type.equals("Flag") ? 4 : 1;
      String search = type + "?" + about + "=Account/" + account(patient);
      Bundle with = reader.bundle("/fhir/" + search + "&_include=*");
      List<Resource> all =
          with.getEntry().stream().map(Bundle.BundleEntryComponent::getResource).toList();
      assertThat(all).extracting(Resource::fhirType).contains(type, "Account", "Patient");
      String treated =
          all.stream()
              .filter(one -> one.fhirType().equals("Patient"))
              .findFirst()
              .map(FhirReader::id)
              .orElseThrow();
      assertThat(reader.bundle("/fhir/" + type + "?patient=" + treated).getEntry())
          .as(type)
          .hasSameSizeAs(reader.bundle("/fhir/" + search).getEntry());
    }
    assertThat(reader.found(Task.class, "Task?owner:identifier=urn:uuid:" + mia.id())).hasSize(2);
  }

  @Test
  void aChangeOfStateMovesWhenItChangedAndARenewalDoesNot() {
    Task before = task(1);
    Instant since = before.getMeta().getLastUpdated().toInstant();
    floor.snooze(floor.account(1));
    Task after = task(1);
    assertThat(after.getStatus()).isEqualTo(Task.TaskStatus.ONHOLD);
    assertThat(after.getMeta().getLastUpdated().toInstant()).isAfter(since);
    assertThat(reader.found(Task.class, "Task?_lastUpdated=gt" + since))
        .extracting(FhirReader::id)
        .contains(id(before));
    wake(1);
    assertThat(task(1).getStatus()).isEqualTo(Task.TaskStatus.REQUESTED);
    Instant held = task(3).getMeta().getLastUpdated().toInstant();
    floor.books.ask(
        () ->
            sql.sql("update collection_entry set leased_until = leased_until + interval '1 s'")
                .update());
    assertThat(task(3).getMeta().getLastUpdated().toInstant()).isEqualTo(held);
  }

  private void wake(int patient) {
    floor.books.ask(
        () ->
            sql.sql(
                    """
                    update collection_entry set state = 'WAITING', snoozed_until = null
                    where account_number = ?
                    """)
                .param(floor.account(patient))
                .update());
  }

  private static Map<String, Communication> byOutcome(List<Communication> all) {
    return all.stream()
        .collect(
            Collectors.toMap(
                one ->
                    one.getStatusReason().getCodingFirstRep().getCode()
                        + (one.hasSent() ? " out" : " in"),
                one -> one));
  }

  @Test
  void everyContactIsACommunicationAndALetterIsOne() {
    List<Communication> all = reader.all(Communication.class, 2);
    assertThat(all).allSatisfy(one -> assertThat(ProfileValidator.shared().errors(one)).isEmpty());
    Map<String, Communication> contacts = byOutcome(all);
    assertThat(contacts)
        .containsOnlyKeys("no-answer out", "spoke out", "spoke in", "received in", "sent out");
    Communication spoke = contacts.get("spoke out");
    assertThat(spoke.getStatus()).isEqualTo(Communication.CommunicationStatus.COMPLETED);
    assertThat(spoke.getMediumFirstRep().getCodingFirstRep().getCode()).isEqualTo("PHONE");
    assertThat(spoke.getAboutFirstRep().getReference()).isEqualTo("Account/" + account(1));
    assertThat(spoke.getSubject().getReference()).startsWith("Patient/");
    assertThat(spoke.getRecipientFirstRep().getReference())
        .isEqualTo(spoke.getSubject().getReference());
    assertThat(contacts.get("no-answer out").getStatus())
        .isEqualTo(Communication.CommunicationStatus.NOTDONE);
    assertThat(contacts.get("received in").getSender().getDisplay()).isEqualTo("Their lawyer");
    assertThat(contacts.get("received in").getSender().hasReference()).isFalse();
    Communication letter = contacts.get("sent out");
    assertThat(letter.getTopic().getCodingFirstRep().getCode()).isEqualTo("in-collections");
    assertThat(letter.getIdentifierFirstRep().getType().getCodingFirstRep().getCode())
        .isEqualTo("letter-number");
    assertThat(letter.getMediumFirstRep().getCodingFirstRep().getCode()).isEqualTo("MAILWRIT");
  }

  @Test
  void aNoteIsThereForItsOwnScopeOnlyAndANumberForNobody() {
    String path = "/fhir/Communication?account=" + account(1);
    for (String scope : List.of("system/*.rs", "system/*.cruds", "system/Communication.rs")) {
      assertThat(reader(scope).program().get(path).body())
          .contains("\"Communication\"")
          .doesNotContain("knee", "\"note\"", PHONE, "\"payload\"");
    }
    TestApi withNotes = users.api(floor.practice(), "system/Communication.rs", "system/notes.read");
    assertThat(withNotes.get(path).body()).contains(NOTE).doesNotContain(PHONE, "\"payload\"");
    for (Communication one :
        new FhirReader(withNotes).found(Communication.class, "Communication?category=call")) {
      assertThat(ProfileValidator.shared().errors(one)).isEmpty();
    }
    TestApi notesAlone = users.api(floor.practice(), "system/notes.read");
    assertThat(notesAlone.get(path).statusCode()).isEqualTo(403);
  }

  @Test
  void aFlagIsActiveUntilItIsTakenOff() {
    CollectorsFloor own = CollectorsFloor.open(server, 1);
    FhirReader theirs = new FhirReader(users.api(own.practice(), "system/*.rs"));
    long account = own.account(1);
    own.flag(account, FlagKind.ATTORNEY);
    Flag raised = theirs.one(Flag.class, "Flag?status=active");
    assertThat(ProfileValidator.shared().errors(raised)).isEmpty();
    assertThat(raised.getCode().getCodingFirstRep().getCode()).isEqualTo("attorney");
    assertThat(raised.getPeriod().hasEnd()).isFalse();
    Instant since = raised.getMeta().getLastUpdated().toInstant();
    own.books.ask(() -> server.getBean(Flags.class).lower(account, SearchValues.id(id(raised))));
    Flag lowered = theirs.one(Flag.class, "Flag?status=inactive");
    assertThat(lowered.getMeta().getLastUpdated().toInstant()).isAfter(since);
    assertThat(lowered.getPeriod().hasEnd()).isTrue();
    TestSession collector = users.signedIn(own.practice(), Role.COLLECTOR);
    String page = "/accounts/" + own.id(account) + "/notices";
    collector.post(page, "kind", "cease", "name", "", "note", "wrote to us: the knee");
    Flag notice = theirs.one(Flag.class, "Flag?category=contact&status=active");
    assertThat(notice.getCode().getCodingFirstRep().getCode()).isEqualTo("cease");
    assertThat(ProfileValidator.shared().errors(notice)).isEmpty();
    assertThat(theirs.program().get("/fhir/Flag").body()).doesNotContain("knee", "by a test");
  }

  @Test
  void nothingTellsOfServicesAndDiagnoses() {
    Set<String> codes = new TreeSet<>();
    for (Claim claim : reader.found(Claim.class, "Claim?_count=100")) {
      claim.getDiagnosis().stream()
          .flatMap(one -> one.getDiagnosisCodeableConcept().getCoding().stream())
          .forEach(code -> codes.add(code.getCode()));
      claim.getItem().stream()
          .flatMap(one -> one.getProductOrService().getCoding().stream())
          .forEach(code -> codes.add(code.getCode()));
    }
    assertThat(codes).hasSizeGreaterThan(1);
    for (String type : List.of("Task", "Communication", "Flag")) {
      String all = reader.program().get("/fhir/" + type + "?_count=100").body();
      assertThat(all).as(type).contains("\"fullUrl\"");
      for (String system :
          List.of(Systems.CPT, Systems.HCPCS, Systems.ICD_10, Systems.REVENUE, "\"Claim/")) {
        assertThat(all).as(type).doesNotContain(system);
      }
      for (String code : codes) {
        assertThat(Pattern.compile("(?<![\\w-])" + Pattern.quote(code) + "(?![\\w-])").matcher(all))
            .as(type + " " + code)
            .matches(found -> !found.find());
      }
    }
  }

  @Test
  void aLookLeavesARowForThePatientAndARefusalOneToo() {
    List<String> paths = new ArrayList<>();
    for (String type : List.of("Task", "Communication", "Flag")) {
      Resource some = reader.bundle("/fhir/" + type).getEntry().get(0).getResource();
      paths.add(type + "/" + id(some));
    }
    for (String path : paths) {
      long since = practices.endOfRecord(floor.practice());
      assertThat(reader.program().get("/fhir/" + path).statusCode()).isEqualTo(200);
      assertThat(practices.recorded(floor.practice(), since))
          .isNotEmpty()
          .allSatisfy(
              row -> {
                assertThat(row.subject() + "/" + row.subjectId()).isEqualTo(path);
                assertThat(row.patient()).isNotNull();
              });
      TestApi without = users.api(floor.practice(), "system/Account.rs");
      long next = practices.endOfRecord(floor.practice());
      assertThat(without.get("/fhir/" + path).statusCode()).isEqualTo(403);
      assertThat(practices.recorded(floor.practice(), next))
          .singleElement()
          .satisfies(row -> assertThat(row.outcome()).isEqualTo(8));
      TestApi other = users.api(users.practice("Mossbank"), "system/*.rs");
      assertThat(other.get("/fhir/" + path).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aPageCostsTheSameHoweverMuchIsOnIt() {
    for (String type : List.of("Task", "Communication")) {
      String search = "/fhir/" + type + "?_count=";
      reader.bundle(search + 1);
      int before = StatementCount.now();
      reader.bundle(search + 1);
      int forFew = StatementCount.now() - before;
      before = StatementCount.now();
      assertThat(reader.bundle(search + 50).getEntry()).hasSizeGreaterThan(3);
      // the first page of several keeps its search
      assertThat(StatementCount.now() - before).as(type).isLessThanOrEqualTo(forFew);
    }
  }
}
