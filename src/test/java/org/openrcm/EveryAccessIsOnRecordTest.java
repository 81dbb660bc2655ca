package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.account.Accounts;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Practiced;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.compliance.Looks;
import org.openrcm.identity.Role;
import org.openrcm.ledger.Journal;
import org.openrcm.portal.PatientCalls;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Calls every endpoint of {@code rules/permissions.tsv} once and compares the audit rows that this
 * adds with what the matrix says. An endpoint that the test cannot call fails it.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryAccessIsOnRecordTest {
  private static final Path MATRIX = Path.of("src/main/resources/rules/permissions.tsv");

  /** Files of the look, and what other tests call in all ways: FHIR in FhirServer*Test. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "GET /fhir/AuditEvent/**",
          "POST /fhir/AuditEvent/_search",
          "GET /fhir/**",
          "POST /fhir/*/_search",
          "POST /fhir/**",
          "PUT /fhir/**",
          "PATCH /fhir/**",
          "DELETE /fhir/**",
          "GET /static/**",
          "GET /webjars/**",
          "GET /error");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private BooksByHand books;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;

  private UUID practice;
  private UUID file;
  private UUID remittance;
  private UUID claims;
  private UUID claim;
  private UUID account;
  private TestUsers.Person person;
  private TestSession session;
  private BooksByHand.Posted posted;
  private TestSession bookkeeper;
  private TestBooks denied;
  private TestSession worker;

  /** An audit row, as far as this test looks at it. */
  private record Row(String action, String subject, String patient, int outcome, UUID practice) {}

  @BeforeAll
  void aPracticeWithAFile() {
    practice = users.practice("On record");
    TestFiles files = new TestFiles(users, practice);
    file = files.sample("family-practice.835");
    files.sample("dental.835");
    remittance =
        UUID.fromString(
            database.column("select id::text from remittance where file_id = ?", file).get(0));
    claims = files.load("claims.837", claims(2));
    claim =
        UUID.fromString(
            database
                .column(
                    "select c.id::text from claim c join submission s"
                        + " on s.practice_id = c.practice_id and s.number = c.submission_number"
                        + " where s.file_id = ? order by c.ordinal",
                    claims)
                .get(0));
    Practiced practiced = new Practiced(practice, transaction, sql);
    practiced.aStory(users, accounts, journal);
    account =
        UUID.fromString(
            database
                .column(
                    "select id::text from account where practice_id = ? order by sort_name desc",
                    practice)
                .get(0));
    person =
        users.person(
            practice, Role.POSTER, Role.BILLER, Role.MANAGER, Role.COMPLIANCE, Role.ADMINISTRATOR);
    session = users.signIn(person);
    posted = books.post(users.practice("Books"));
    bookkeeper = users.signedIn(posted.practice(), Role.POSTER);
    denied = new TestBooks(server);
    for (String story : List.of("denied-as-too-late", "overpayment-taken-back-by-letter")) {
      denied.loadCase(story);
    }
    denied.postAll();
    worker = users.signedIn(denied.practice, Role.BILLER);
  }

  private String takeback() {
    return worker
        .get("/takebacks?state=all")
        .body()
        .replaceAll("(?s).*href=\"(/takebacks/[0-9a-f-]+)\".*", "$1");
  }

  private long lastRow() {
    return Long.parseLong(
        database.column("select coalesce(max(id), 0)::text from audit_event").get(0));
  }

  private List<Row> rowsAfter(long id) {
    try (Connection connection = database.asSuperuser();
        PreparedStatement query =
            connection.prepareStatement(
                "select action, subject_type, patient_id::text, outcome, practice_id"
                    + " from audit_event where id > ? and actor_kind <> 'JOB' order by id")) {
      query.setLong(1, id);
      List<Row> found = new ArrayList<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        found.add(
            new Row(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getInt(4),
                rows.getObject(5, UUID.class)));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<String> patientsOfTheFile() {
    return new TreeSet<>(
        database.column(
            "select c.patient_id::text from claim_payment c join remittance r"
                + " on r.practice_id = c.practice_id and r.number = c.remittance_number"
                + " where r.file_id = ?",
            file));
  }

  @Test
  void everyEndpointWritesTheRowsThatTheMatrixNames() throws IOException {
    Map<String, Call> calls = calls();
    List<String> untried = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String line : Files.readAllLines(MATRIX)) {
      String[] row = line.split("\t", -1);
      if (line.startsWith("#") || row.length < 4 || row[0].equals("method")) {
        continue;
      }
      String endpoint = row[0] + " " + row[1];
      Call call = calls.remove(endpoint);
      if (call == null) {
        if (!LEFT_OUT.contains(endpoint)) {
          untried.add(endpoint);
        }
        continue;
      }
      Supplier<HttpResponse<String>> prepared = call.prepare();
      long before = lastRow();
      HttpResponse<String> answer = prepared.get();
      assertThat(answer.statusCode()).as("%s: %s", endpoint, answer.body()).isLessThan(400);
      Set<String> written = new TreeSet<>();
      for (Row added : rowsAfter(before)) {
        written.add(added.action() + " " + added.subject());
        assertThat(added.outcome()).as(endpoint).isZero();
      }
      Set<String> wanted = new TreeSet<>();
      if (!row[3].equals("-")) {
        wanted.addAll(List.of(row[3].split(", ")));
      }
      if (!written.equals(wanted)) {
        others.add(endpoint + " writes " + written + ", the matrix has " + wanted);
      }
    }
    assertThat(others).as("rows other than in the matrix").isEmpty();
    assertThat(untried).as("endpoints that this test does not call").isEmpty();
    assertThat(calls.keySet()).as("calls of endpoints that are not there").isEmpty();
  }

  private Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    TestSession nobody = users.anonymous();
    for (String page :
        List.of(
            "/",
            "/me",
            "/people",
            "/clients",
            "/files",
            "/files/sample",
            "/remittances",
            "/remittances.csv",
            "/claims",
            "/claims.csv",
            "/accounts",
            "/accounts.csv",
            "/audit",
            "/audit.csv",
            "/audit.ndjson",
            "/api/files")) {
      calls.put("GET " + page, () -> () -> session.get(page));
    }
    for (String page :
        List.of(
            "/sign-in",
            "/fhir/metadata",
            "/fhir/.well-known/smart-configuration",
            "/openapi.json")) {
      calls.put("GET " + page, () -> () -> nobody.get(page));
    }
    for (String page : List.of("", "/state", "/content")) {
      calls.put("GET /files/{id}" + page, () -> () -> session.get("/files/" + file + page));
    }
    calls.put("GET /files/{id}/raw", () -> () -> session.get("/files/" + file + "/raw?at=0"));
    calls.put("GET /api/files/{id}", () -> () -> session.get("/api/files/" + file));
    for (String answer : List.of("/ta1", "/999")) {
      calls.put("GET /files/{id}" + answer, () -> () -> session.get("/files/" + claims + answer));
    }
    for (String page : List.of("", "/timeline", "/raw", "/fhir")) {
      calls.put("GET /claims/{id}" + page, () -> () -> session.get("/claims/" + claim + page));
    }
    ledger(calls);
    posting(calls);
    for (String path : List.of("/denials", "/denials.csv", "/takebacks")) {
      calls.put("GET " + path, () -> () -> worker.get(path));
    }
    for (String verb : List.of("write-off", "undo-write-off")) {
      calls.put(
          "POST /denials/" + verb,
          () -> () -> worker.post("/denials/" + verb, "denial", denial(), "note", "Too late"));
    }
    calls.put(
        "GET /takebacks/{id}",
        () -> {
          String path = takeback();
          return () -> worker.get(path);
        });
    reports(calls);
    unusual(calls);
    calls.putAll(new AccountCalls(server, practice, account, session).all());
    calls.putAll(new ExceptionCalls(server).all());
    calls.putAll(new PaymentCalls(server).all());
    calls.putAll(new StatementCalls(server).all());
    calls.putAll(new QueueCalls(server).all());
    calls.putAll(new ContactCalls(server).all());
    calls.putAll(new PatientCalls(server).all());
    calls.putAll(new SignInCalls(server, practice, session).all());
    calls.put("GET /remittances/{id}", () -> () -> session.get("/remittances/" + remittance));
    calls.put("POST /files", () -> () -> session.upload("/files", "file", "one.835", x12("one")));
    calls.put(
        "POST /api/files",
        () -> () -> session.post("/api/files", "application/edi-x12", x12("two")));
    calls.put(
        "POST /files/{id}/retry",
        () -> {
          UUID broken = new TestFiles(users, practice).load("broken.835", x12("not x12"));
          return () -> session.post("/files/" + broken + "/retry");
        });
    return calls;
  }

  private void ledger(Map<String, Call> calls) {
    for (String path : List.of("/ledger", "/api/ledger/balances")) {
      calls.put("GET " + path, () -> () -> bookkeeper.get(path));
    }
    calls.put("GET /ledger/{account}", () -> () -> bookkeeper.get("/ledger/revenue"));
    calls.put(
        "GET /ledger/{account}/lines.csv", () -> () -> bookkeeper.get("/ledger/revenue/lines.csv"));
    calls.put(
        "GET /api/ledger/lines", () -> () -> bookkeeper.get("/api/ledger/lines?account=revenue"));
    for (String path : List.of("/ledger", "/api/ledger")) {
      calls.put(
          "GET " + path + "/entries/{number}",
          () -> () -> bookkeeper.get(path + "/entries/" + posted.entries().get(2)));
    }
  }

  /** In the order of the matrix, so that each finds the check as the one before left it. */
  private void posting(Map<String, Call> calls) {
    for (String path : List.of("/posting", "/posting/payers")) {
      calls.put("GET " + path, () -> () -> session.get(path));
    }
    calls.put(
        "POST /posting",
        () -> {
          for (String payer :
              database.column(
                  "select payer from remittance_posting where practice_id = ?", practice)) {
            session.post("/posting/payers", "payer", payer, "mode", "ONE_CLICK");
          }
          // the one that later calls are about is not posted with the others
          session.post("/remittances/" + remittance + "/hold");
          return () -> session.post("/posting");
        });
    calls.put(
        "POST /posting/payers",
        () -> {
          String payer =
              database
                  .column("select payer from remittance_posting where practice_id = ?", practice)
                  .get(0);
          return () -> session.post("/posting/payers", "payer", payer, "mode", "ONE_CLICK");
        });
    for (String page : List.of("", "/state")) {
      calls.put(
          "GET /remittances/{id}/posting" + page,
          () -> () -> session.get("/remittances/" + remittance + "/posting" + page));
    }
    calls.put(
        "POST /remittances/{id}/hold",
        () -> {
          session.post("/remittances/" + remittance + "/release");
          return () -> session.post("/remittances/" + remittance + "/hold");
        });
    for (String act : List.of("release", "post", "undo")) {
      calls.put(
          "POST /remittances/{id}/" + act,
          () -> () -> session.post("/remittances/" + remittance + "/" + act));
    }
    calls.put(
        "POST /files/{id}/undo-posting",
        () -> {
          session.post("/remittances/" + remittance + "/post");
          return () -> session.post("/files/" + file + "/undo-posting");
        });
  }

  private void unusual(Map<String, Call> calls) {
    Looks looks = new Looks(server, practice);
    TestUsers.Person biller = users.person(practice, Role.BILLER);
    looks.look(
        biller,
        "QUERY",
        Looks.DAY,
        "22:00",
        List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), new UUID(1, 5)));
    looks.workOut();
    String one =
        "/audit/unusual/"
            + database
                .column(
                    "select id::text from unusual_access where practice_id = ? and actor_id = ?",
                    practice,
                    biller.id())
                .get(0);
    calls.put("GET /emergency", () -> () -> session.get("/emergency"));
    calls.put(
        "POST /emergency",
        () -> () -> session.post("/emergency", "reason", "Nobody else can be reached"));
    calls.put("POST /emergency/end", () -> () -> session.post("/emergency/end"));
    calls.put("GET /audit/unusual", () -> () -> session.get("/audit/unusual"));
    calls.put("GET /audit/unusual/{id}", () -> () -> session.get(one));
    calls.put(
        "POST /audit/unusual/{id}/sign-off",
        () -> () -> session.post(one + "/sign-off", "words", "Month end"));
  }

  private void reports(Map<String, Call> calls) {
    calls.put("GET /reports", () -> () -> session.get("/reports"));
    for (String path : List.of("", "/rows.csv", "/rows.xlsx")) {
      calls.put("GET /reports/{list}" + path, () -> () -> session.get("/reports/open" + path));
    }
  }

  private static byte[] claims(int count) {
    return MadeUpClaims.of("ON", count).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] x12(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void theQueueItsContactsAndFlagsInFhirLeaveARowForThePatient() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    floor.flag(floor.account(1), FlagKind.HOLD);
    floor.settled();
    TestSession collector = users.signedIn(floor.practice(), Role.COLLECTOR);
    collector.post(
        "/accounts/" + floor.id(floor.account(1)) + "/contacts",
        "key",
        UUID.randomUUID().toString(),
        "channel",
        "CALL",
        "direction",
        "IN",
        "outcome",
        "SPOKE",
        "purpose",
        "COLLECT",
        "party",
        "PAYER",
        "at",
        floor.today().minusDays(1) + "T10:00");
    List<String> patients =
        database.column(
            "select patient_id::text from account_claim where practice_id = ?", floor.practice());
    assertThat(patients).isNotEmpty();
    TestApi program = users.api(floor.practice(), "system/*.rs");
    for (String type : List.of("Task", "Communication", "Flag")) {
      long before = lastRow();
      assertThat(program.get("/fhir/" + type).body()).as(type).contains("\"fullUrl\"");
      assertThat(rowsAfter(before)).extracting(Row::patient).as(type).containsAll(patients);
      assertThat(rowsAfter(before)).extracting(Row::subject).containsOnly(type);
    }
  }

  @Test
  void aRemittancesPageLeavesARowForEachPatientOnIt() {
    long before = lastRow();
    session.get("/remittances/" + remittance);
    assertThat(rowsAfter(before))
        .extracting(Row::patient)
        .containsExactlyInAnyOrderElementsOf(patientsOfTheFile());
    assertThat(rowsAfter(before)).extracting(Row::practice).containsOnly(practice);
  }

  @Test
  void claimsLeaveARowForEachPatientOnTheList() {
    Set<String> patients =
        new TreeSet<>(
            database.column(
                "select c.patient_id::text from claim c join submission s"
                    + " on s.practice_id = c.practice_id and s.number = c.submission_number"
                    + " where s.file_id = ?",
                claims));
    assertThat(patients).hasSize(2);
    String ofFile = "submission=" + submission();
    for (String path :
        List.of("/claims?" + ofFile, "/claims.csv?" + ofFile, "/files/" + claims + "/999")) {
      long before = lastRow();
      session.get(path);
      assertThat(rowsAfter(before))
          .as(path)
          .extracting(Row::patient)
          .containsExactlyInAnyOrderElementsOf(patients);
    }
    long before = lastRow();
    session.get("/claims/" + claim);
    assertThat(rowsAfter(before)).hasSize(1).extracting(Row::patient).doesNotContainNull();
  }

  private String submission() {
    return database.column("select id::text from submission where file_id = ?", claims).get(0);
  }

  @Test
  void accountsLeaveARowForEachPatientOnTheList() {
    Set<String> patients =
        new TreeSet<>(
            database.column(
                "select patient_id::text from account_claim where practice_id = ?", practice));
    assertThat(patients).hasSize(3);
    for (String path : List.of("/accounts", "/accounts.csv")) {
      long before = lastRow();
      session.get(path);
      assertThat(rowsAfter(before))
          .as(path)
          .extracting(Row::patient)
          .containsExactlyInAnyOrderElementsOf(patients);
    }
    long before = lastRow();
    session.get("/accounts/" + account);
    assertThat(rowsAfter(before)).hasSize(2).extracting(Row::patient).doesNotContainNull();
  }

  @Test
  void theLedgerLeavesARowForEachPatientOfItsLines() {
    UUID of = posted.practice();
    List<String> billed =
        database.column(
            "select patient_id::text from claim where practice_id = ?"
                + " order by patient_control_number",
            of);
    List<String> paid =
        database.column(
            "select patient_id::text from claim_payment where practice_id = ? order by 1", of);
    for (String path :
        List.of("/ledger/revenue", "/ledger/revenue/lines.csv", "/api/ledger/lines?claim=BKS-1")) {
      long before = lastRow();
      bookkeeper.get(path);
      assertThat(rowsAfter(before)).as(path).extracting(Row::patient).contains(billed.get(0));
    }
    long before = lastRow();
    bookkeeper.get("/ledger/cash-clearing");
    assertThat(rowsAfter(before)).extracting(Row::patient).containsAll(paid);
    long next = lastRow();
    bookkeeper.get("/ledger/entries/" + posted.entries().get(1));
    assertThat(rowsAfter(next)).extracting(Row::patient).containsExactly(billed.get(1));
    long last = lastRow();
    assertThat(session.get("/ledger/entries/" + posted.entries().get(1)).statusCode())
        .isEqualTo(404);
    assertThat(rowsAfter(last)).extracting(Row::outcome).containsExactly(8);
  }

  @Test
  void rowsOfTheReportLeaveARowForEachPatientWhoIsShownAndItsTablesOne() {
    List<String> shown =
        database.column(
            "select distinct c.patient_id::text from claim c join journal_line l"
                + " on l.practice_id = c.practice_id and l.claim_number = c.number"
                + " where c.practice_id = ? and l.account = 'REVENUE'",
            practice);
    assertThat(shown).isNotEmpty();
    for (String path : List.of("", "/rows.csv", "/rows.xlsx")) {
      long before = lastRow();
      session.get("/reports/open" + path);
      assertThat(rowsAfter(before))
          .as(path)
          .extracting(Row::patient)
          .containsExactlyInAnyOrderElementsOf(shown);
      before = lastRow();
      session.get("/reports/aging" + path);
      assertThat(rowsAfter(before)).as(path).extracting(Row::patient).containsOnlyNulls();
    }
  }

  /** The one that an insurer refused as sent too late, as a form has it. */
  private String denial() {
    return database
        .column(
            "select concat(e.source_number, '-', e.source_place, '-', l.claim_number, ' ',"
                + " l.segment, ' ', l.code) from journal_entry e join journal_line l"
                + " on l.practice_id = e.practice_id and l.entry = e.number"
                + " where e.practice_id = ? and l.account = 'DENIED_PENDING_REVIEW'"
                + " and l.code = 'CO-29' order by e.number",
            denied.practice)
        .get(0);
  }

  @Test
  void denialsAndTakebacksLeaveARowForEachPatientWhoIsShown() {
    List<String> late =
        database.column(
            "select patient_id::text from claim where practice_id = ?"
                + " and patient_control_number = 'LFP-6031'",
            denied.practice);
    for (String path :
        List.of("/denials?code=CO-29", "/denials?view=items", "/denials.csv?view=items")) {
      long before = lastRow();
      worker.get(path);
      assertThat(rowsAfter(before))
          .as(path)
          .extracting(Row::patient)
          .containsExactlyElementsOf(late);
    }
    for (String path : List.of("/denials", "/denials.csv", "/takebacks")) {
      long before = lastRow();
      worker.get(path);
      assertThat(rowsAfter(before)).as(path).extracting(Row::patient).containsOnlyNulls();
    }
    String path = takeback();
    long before = lastRow();
    worker.get(path);
    assertThat(rowsAfter(before))
        .extracting(Row::patient)
        .doesNotContainNull()
        .containsAll(
            database.column(
                "select patient_id::text from claim where practice_id = ?"
                    + " and patient_control_number = 'LFP-6141'",
                denied.practice));
    long last = lastRow();
    assertThat(session.get(path).statusCode()).isEqualTo(404);
    assertThat(rowsAfter(last)).extracting(Row::outcome).containsExactly(8);
  }

  @Test
  void theLoadOfAFileLeavesARowForEachPatientInIt() {
    Set<String> added =
        new TreeSet<>(
            database.column(
                "select patient_id::text from audit_event where actor_kind = 'JOB'"
                    + " and action = 'ADD' and subject_type = 'Remittance'"
                    + " and practice_id = ? and subject_id = ?",
                practice,
                remittance.toString()));
    Set<String> named =
        new TreeSet<>(
            database.column(
                "select n.id::text from named n join remittance r on r.practice_id = n.practice_id"
                    + " and r.number = n.remittance_number"
                    + " where r.file_id = ? and n.kind = 'Patient'",
                file));
    assertThat(added).isEqualTo(named).containsAll(patientsOfTheFile());
  }

  @Test
  void whatIsRefusedIsOnRecordAndNothingElse() {
    TestSession collector = users.signedIn(practice, Role.COLLECTOR);
    for (String path :
        List.of(
            "/remittances/" + remittance,
            "/claims/" + claim,
            "/files",
            "/audit",
            "/people",
            "/accounts/" + account + "/correct")) {
      long before = lastRow();
      assertThat(collector.get(path).statusCode()).as(path).isEqualTo(403);
      assertThat(rowsAfter(before)).as(path).hasSize(1);
      assertThat(rowsAfter(before)).extracting(Row::outcome).containsExactly(8);
    }
    long before = lastRow();
    assertThat(session.get("/remittances/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(rowsAfter(before)).extracting(Row::outcome).containsExactly(8);
    long next = lastRow();
    assertThat(session.get("/claims/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(rowsAfter(next)).extracting(Row::outcome).containsExactly(8);
  }
}
