package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.account.Accounts;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Practiced;
import org.openrcm.account.Preferences;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.compliance.Looks;
import org.openrcm.identity.OneTimeLinks;
import org.openrcm.identity.Practices;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.ledger.Journal;
import org.openrcm.letter.TestWishes;
import org.openrcm.payment.Desk;
import org.openrcm.portal.PatientCalls;
import org.openrcm.portal.PatientStory;
import org.openrcm.posting.Posting;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
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
  @Autowired private Practices practices;
  @Autowired private Staff staff;
  @Autowired private OneTimeLinks links;
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

  /** A call of an endpoint, once what must come before it is done. */
  private interface Call {
    Supplier<HttpResponse<String>> prepare();
  }

  @BeforeAll
  void aPracticeWithAFile() {
    practice = users.practice("On record");
    TestFiles files = new TestFiles(users, practice);
    file = files.sample("family-practice.835");
    files.sample("dental.835");
    remittance =
        UUID.fromString(column("select id::text from remittance where file_id = ?", file).get(0));
    claims = files.load("claims.837", claims(2));
    claim =
        UUID.fromString(
            column(
                    "select c.id::text from claim c join submission s"
                        + " on s.practice_id = c.practice_id and s.number = c.submission_number"
                        + " where s.file_id = ? order by c.ordinal",
                    claims)
                .get(0));
    Practiced practiced = new Practiced(practice, transaction, sql);
    practiced.aStory(users, accounts, journal);
    account =
        UUID.fromString(
            column(
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

  private List<String> column(String sql, Object... parameters) {
    try (Connection connection = database.asSuperuser();
        PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setObject(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long lastRow() {
    return Long.parseLong(column("select coalesce(max(id), 0)::text from audit_event").get(0));
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
        column(
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
    calls.put(
        "GET /takebacks/{id}",
        () -> {
          String path = takeback();
          return () -> worker.get(path);
        });
    reports(calls);
    writeOffs(calls);
    disclosures(calls);
    unusual(calls);
    views(calls);
    accounts(calls);
    exceptions(calls);
    payments(calls);
    statements(calls);
    queue(calls);
    contacts(calls);
    new PatientCalls(server).all().forEach((endpoint, call) -> calls.put(endpoint, call::get));
    patients(calls);
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
    signIns(calls);
    people(calls);
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
              column("select payer from remittance_posting where practice_id = ?", practice)) {
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
              column("select payer from remittance_posting where practice_id = ?", practice).get(0);
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

  private void disclosures(Map<String, Call> calls) {
    String at = "/disclosures/" + account;
    String[] form = {
      "on",
      "2026-03-04",
      "recipient",
      "Sheriff",
      "description",
      "Bills",
      "purpose",
      "LAW_ENFORCEMENT",
      "reason",
      "Letter"
    };
    calls.put("GET /disclosures", () -> () -> session.get("/disclosures"));
    calls.put("POST /disclosures", () -> () -> session.post("/disclosures", "name", "quillby"));
    calls.put("GET /disclosures/{id}", () -> () -> session.get(at));
    calls.put("POST /disclosures/{id}", () -> () -> session.post(at, form));
    calls.put(
        "GET /disclosures/{id}/accounting.csv", () -> () -> session.get(at + "/accounting.csv"));
    for (String act : List.of("hold", "withdraw")) {
      calls.put(
          "POST /disclosures/{id}/{disclosure}/" + act,
          () -> {
            session.post(at, form);
            String one =
                column(
                        "select id::text from disclosure where practice_id = ? order by number desc",
                        practice)
                    .get(0);
            return () ->
                session.post(at + "/" + one + "/" + act, "agency", "Sheriff", "said", "2026-03-05");
          });
    }
    String day = LocalDate.now().toString();
    calls.put(
        "POST /disclosures/{id}/requests",
        () -> () -> session.post(at + "/requests", "asked", day));
    for (String act : List.of("extend", "give")) {
      calls.put(
          "POST /disclosures/{id}/requests/{request}/" + act,
          () -> () -> session.post(asked(at) + "/" + act, "why", "In storage"));
    }
    calls.put(
        "GET /disclosures/{id}/requests/{request}/accounting.csv",
        () -> () -> session.get(asked(at) + "/accounting.csv"));
    calls.put(
        "GET /disclosures/{id}/requests/{request}/accounting.pdf",
        () -> () -> session.get(asked(at) + "/accounting.pdf"));
  }

  private String asked(String at) {
    return at
        + "/requests/"
        + column("select id::text from accounting_request where practice_id = ?", practice).get(0);
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
            + column(
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

  /** At a desk of its own. */
  private void payments(Map<String, Call> calls) {
    Desk desk = Desk.open(server, "Payments on record");
    TestSession poster = users.signedIn(desk.practice(), Role.POSTER);
    String at = "/accounts/" + desk.id();
    UUID paid = desk.cash("1").id();
    for (String page : List.of("/payments", "/payments.csv")) {
      calls.put("GET " + page, () -> () -> poster.get(page));
    }
    for (String page : List.of("", "/receipt")) {
      calls.put("GET /payments/{id}" + page, () -> () -> poster.get("/payments/" + paid + page));
    }
    calls.put("GET /accounts/{id}/payments", () -> () -> poster.get(at + "/payments"));
    calls.put(
        "POST /accounts/{id}/payments",
        () -> () -> poster.post(at + "/payments", "key", key(), "amount", "2", "method", "cash"));
    calls.put(
        "POST /accounts/{id}/payments/apply",
        () -> {
          desk.cash("50");
          desk.insurerLeaves(0, "3");
          return () -> poster.post(at + "/payments/apply");
        });
    calls.put(
        "POST /accounts/{id}/plans",
        () -> {
          desk.insurerLeaves(0, "100");
          return () -> plan(poster, at);
        });
    for (String act : List.of("cancel", "resume")) {
      calls.put(
          "POST /accounts/{id}/plans/{plan}/" + act,
          () -> {
            String plan =
                column("select id::text from payment_plan where practice_id = ?", desk.practice())
                    .get(0);
            return () -> poster.post(at + "/plans/" + plan + "/" + act);
          });
    }
    calls.put(
        "POST /payments/{id}/void",
        () -> {
          UUID last = desk.cash("1").id();
          return () -> poster.post("/payments/" + last + "/void");
        });
    calls.put(
        "POST /payments/{id}/refund",
        () -> () -> poster.post("/payments/" + paid + "/refund", "key", key(), "amount", "0.50"));
    gateway(calls, desk);
  }

  /** With somebody who can be called. */
  private void contacts(Map<String, Call> calls) {
    Desk desk = Desk.open(server, "Contacts on record");
    TestSession manager = users.signedIn(desk.practice(), Role.MANAGER);
    String at = "/accounts/" + desk.id();
    calls.put("GET /accounts/{id}/contact", () -> () -> manager.get(at + "/contact"));
    calls.put(
        "GET /accounts/{id}/contact/{decision}",
        () -> {
          manager.get(at + "/contact");
          String query = "select id::text from contact_decision where practice_id = ?";
          String decision = column(query, desk.practice()).get(0);
          return () -> manager.get(at + "/contact/" + decision);
        });
    String now = LocalDateTime.now(ZoneId.of("America/New_York")).minusHours(1).toString();
    calls.put(
        "POST /accounts/{id}/contacts",
        () ->
            () ->
                manager.post(
                    at + "/contacts",
                    "key",
                    key(),
                    "channel",
                    "CALL",
                    "direction",
                    "OUT",
                    "outcome",
                    "NO_ANSWER",
                    "purpose",
                    "COLLECT",
                    "party",
                    "PAYER",
                    "address",
                    "802 555 0142",
                    "at",
                    now));
    calls.put(
        "POST /accounts/{id}/notices",
        () -> () -> manager.post(at + "/notices", "kind", "cease", "note", "A letter"));
    calls.put(
        "POST /accounts/{id}/notices/{notice}/lift",
        () -> {
          manager.post(at + "/notices", "kind", "cease", "note", "A letter");
          String query =
              "select id::text from contact_notice where practice_id = ? and lifted_at is null";
          String notice = column(query, desk.practice()).get(0);
          return () -> manager.post(at + "/notices/" + notice + "/lift");
        });
    letters(calls, desk, manager);
    calls.put("GET /contact/policy", () -> () -> manager.get("/contact/policy"));
    calls.put(
        "POST /contact/policy",
        () ->
            () ->
                manager.post(
                    "/contact/policy",
                    "role",
                    "FIRST_PARTY",
                    "zone",
                    "America/New_York",
                    "agent",
                    ""));
  }

  private void letters(Map<String, Call> calls, Desk desk, TestSession manager) {
    setPolicy(manager);
    Runnable want = () -> desk.in(() -> TestWishes.want(server, desk.account()));
    String query = "select id::text from letter where practice_id = ? order by number desc";
    calls.put(
        "GET /letters",
        () -> {
          want.run();
          return () -> manager.get("/letters");
        });
    calls.put(
        "POST /letters/{id}/withdraw",
        () -> {
          want.run();
          String letter = column(query, desk.practice()).get(0);
          return () -> manager.post("/letters/" + letter + "/withdraw");
        });
    calls.put(
        "POST /letters/{id}/restore",
        () -> {
          want.run();
          String letter = column(query, desk.practice()).get(0);
          manager.post("/letters/" + letter + "/withdraw");
          return () -> manager.post("/letters/" + letter + "/restore");
        });
    // at another desk: a cease that was noted at the first one would hold letters back
    Desk printer = Desk.open(server, "Letters on record");
    TestSession printing = users.signedIn(printer.practice(), Role.MANAGER);
    setPolicy(printing);
    Runnable wantThere = () -> printer.in(() -> TestWishes.want(server, printer.account()));
    calls.put(
        "POST /letters/print",
        () -> {
          wantThere.run();
          return () -> printing.post("/letters/print");
        });
    calls.put(
        "GET /letters/files/{id}.pdf",
        () -> {
          wantThere.run();
          printing.post("/letters/print");
          String file =
              column(
                      "select file_id::text from letter_sent where practice_id = ?",
                      printer.practice())
                  .get(0);
          return () -> printing.get("/letters/files/" + file + ".pdf");
        });
  }

  /** In a practice where one patient owes something, and has just been sent a bill. */
  private void statements(Map<String, Call> calls) {
    TestBooks books = new TestBooks(server);
    books.loadCase("discount-and-coinsurance");
    books.postAll();
    TestSession manager = users.signedIn(books.practice, Role.MANAGER);
    setPolicy(manager);
    String at = "/accounts/" + first(books, "select id::text from account where practice_id = ?");
    calls.put("GET /accounts/{id}/statements", () -> () -> manager.get(at + "/statements"));
    calls.put("POST /accounts/{id}/statements", () -> () -> manager.post(at + "/statements"));
    calls.put(
        "POST /accounts/{id}/flags",
        () -> () -> manager.post(at + "/flags", "kind", "hold", "note", "A call"));
    calls.put(
        "POST /accounts/{id}/flags/{flag}/lower",
        () -> {
          String flag = first(books, "select id::text from account_flag where practice_id = ?");
          return () -> manager.post(at + "/flags/" + flag + "/lower");
        });
    calls.put("GET /statements", () -> () -> manager.get("/statements"));
    calls.put("GET /statements/policy", () -> () -> manager.get("/statements/policy"));
    calls.put("POST /statements/policy", () -> () -> setPolicy(manager));
    for (String page : List.of("", ".pdf", "/paper")) {
      calls.put(
          "GET /statements/{id}" + page,
          () -> {
            String bill = first(books, "select id::text from statement where practice_id = ?");
            return () -> manager.get("/statements/" + bill + page);
          });
    }
    calls.put("POST /statements/runs", () -> () -> manager.post("/statements/runs"));
    for (String page : List.of("", "/state")) {
      calls.put(
          "GET /statements/runs/{id}" + page,
          () -> {
            String run = run(books, manager);
            return () -> manager.get(run + page);
          });
    }
    calls.put(
        "POST /statements/returned",
        () -> {
          String bill = first(books, "select number::text from statement where practice_id = ?");
          return () -> manager.post("/statements/returned", "number", bill);
        });
    calls.put("GET /statements/runs/{id}/print.pdf", this::printed);
    calls.put("POST /statements/{id}/came-back", () -> emailed()::comesBack);
    calls.put("POST /statements/print-files", () -> emailed().back()::makesFile);
    calls.put("GET /statements/print-files/{id}.pdf", () -> emailed().back().file()::reads);
    for (String act : List.of("send", "drop")) {
      calls.put(
          "POST /statements/runs/{id}/" + act,
          () -> {
            String run = run(books, manager);
            return () -> manager.post(run + "/" + act);
          });
    }
  }

  /** On a collectors' floor of its own. */
  private void queue(Map<String, Call> calls) {
    CollectorsFloor floor = CollectorsFloor.open(server, 4);
    TestSession collector = users.signedIn(floor.practice(), Role.COLLECTOR, Role.MANAGER);
    String account = floor.id(floor.account(1)).toString();
    calls.put("GET /queue", () -> () -> collector.get("/queue"));
    calls.put("GET /queue/held", () -> () -> collector.get("/queue/held"));
    calls.put("GET /queue/setup", () -> () -> collector.get("/queue/setup"));
    calls.put(
        "POST /queue/next",
        () -> {
          held(collector, "/put-back");
          return () -> collector.post("/queue/next");
        });
    calls.put(
        "GET /queue/work/{lease}",
        () -> {
          String work = held(collector, "");
          return () -> collector.get(work);
        });
    calls.put(
        "POST /queue/work/{lease}",
        () -> {
          String work = held(collector, "");
          String owner = floor.id(floor.held()).toString();
          return () -> collector.post(work, "key", key(), "act", "left-message", "account", owner);
        });
    calls.put(
        "POST /queue/work/{lease}/put-back",
        () -> {
          String work = held(collector, "");
          return () -> collector.post(work + "/put-back");
        });
    calls.put(
        "POST /queue/work/{lease}/state",
        () -> {
          String work = held(collector, "");
          return () -> collector.post(work + "/state", "active", "1");
        });
    calls.put(
        "POST /queue/drafts/{account}",
        () -> () -> collector.post("/queue/drafts/" + account, "note", "Called"));
    calls.put("GET /queue/drafts/{account}", () -> () -> collector.get("/queue/drafts/" + account));
    calls.put(
        "POST /queue/entries/{account}/take",
        () -> {
          String free = floor.id(floor.held()).toString();
          held(collector, "/put-back");
          return () -> collector.post("/queue/entries/" + free + "/take");
        });
    calls.put(
        "POST /queue/entries/{account}/undo/{step}",
        () -> {
          String work = held(collector, "");
          String owner = floor.id(floor.held()).toString();
          collector.post(
              work,
              "key",
              key(),
              "act",
              "snooze",
              "until",
              floor.today().plusDays(3).toString(),
              "account",
              owner);
          long step = floor.count("select max(number) from collection_step where kind = 'SNOOZED'");
          floor.settled();
          return () -> collector.post("/queue/entries/" + owner + "/undo/" + step);
        });
    calls.put(
        "POST /queue/held/{account}/take-back",
        () -> {
          held(collector, "");
          String held = floor.id(floor.held()).toString();
          return () -> collector.post("/queue/held/" + held + "/take-back");
        });
    calls.put(
        "POST /queue/held/{account}/assign",
        () -> () -> collector.post("/queue/held/" + account + "/assign", "to", ""));
    calls.put(
        "POST /queue/queues",
        () -> () -> collector.post("/queue/queues", "number", "0", "name", "A"));
    calls.put(
        "POST /queue/queues/{number}/raise",
        () -> {
          collector.post("/queue/queues", "number", "0", "name", "B");
          long number = floor.count("select max(number) from collection_queue");
          return () -> collector.post("/queue/queues/" + number + "/raise");
        });
    calls.put(
        "POST /queue/teams",
        () -> () -> collector.post("/queue/teams", "number", "0", "name", "C"));
    for (String act : List.of("remove", "restore")) {
      calls.put(
          "POST /queue/queues/{number}/" + act,
          () -> {
            long number = floor.count("select max(number) from collection_queue");
            return () -> collector.post("/queue/queues/" + number + "/" + act);
          });
      calls.put(
          "POST /queue/teams/{number}/" + act,
          () -> {
            long number = floor.count("select max(number) from collection_team");
            return () -> collector.post("/queue/teams/" + number + "/" + act);
          });
    }
  }

  /** The work screen of what this collector holds, after a verb when one is given. */
  private static String held(TestSession collector, String verb) {
    String work =
        java.net
            .URI
            .create(collector.post("/queue/next").headers().firstValue("Location").orElseThrow())
            .getPath();
    if (!verb.isEmpty()) {
      collector.post(work + verb);
    }
    return work;
  }

  /** Somebody of the office, in a practice where one bill went by e-mail. */
  private final class Emailed {
    private final TestBooks books = new TestBooks(server);
    private final TestSession manager = users.signedIn(books.practice, Role.MANAGER);

    HttpResponse<String> comesBack() {
      return manager.post(
          "/statements/"
              + first(books, "select id::text from statement where practice_id = ?")
              + "/came-back");
    }

    HttpResponse<String> makesFile() {
      return manager.post("/statements/print-files");
    }

    HttpResponse<String> reads() {
      return manager.get(
          "/statements/print-files/"
              + first(
                  books,
                  "select batch::text from statement_delivery"
                      + " where practice_id = ? and batch is not null")
              + ".pdf");
    }

    Emailed back() {
      comesBack();
      return this;
    }

    Emailed file() {
      makesFile();
      return this;
    }
  }

  private Emailed emailed() {
    Emailed made = new Emailed();
    made.books.loadCase("discount-and-coinsurance");
    made.books.postAll();
    TestBills bills = new TestBills(server, made.books);
    long number = made.books.count("select min(number) from account");
    made.books.run(
        () ->
            server
                .getBean(Preferences.Desk.class)
                .set(number, new Preferences("en", false, "tansy@example.org")));
    bills.send(number);
    return made;
  }

  private static HttpResponse<String> setPolicy(TestSession manager) {
    return manager.post(
        "/statements/policy",
        "name",
        "Larkmoor Family Practice",
        "address",
        "12 Meadow Street\nLarkmoor VT 05999",
        "phone",
        "802 555 0100",
        "hours",
        "Monday to Friday",
        "minimum",
        "5",
        "interval",
        "30",
        "due",
        "21");
  }

  /** A run that was sent, in a practice of its own. */
  private Supplier<HttpResponse<String>> printed() {
    TestBooks books = new TestBooks(server);
    books.loadCase("discount-and-coinsurance");
    books.postAll();
    TestSession manager = users.signedIn(books.practice, Role.MANAGER);
    setPolicy(manager);
    String run = run(books, manager);
    manager.post(run + "/send");
    books.settled();
    return () -> manager.get(run + "/print.pdf");
  }

  /** A patient at their own pages. */
  private void patients(Map<String, Call> calls) {
    PatientStory story = new PatientStory(server);
    TestSession tansy = story.patient();
    UUID claim = story.bills.claim("LFP-6011");
    for (String page :
        List.of("", "/statements", "/pay", "/plan", "/dispute", "/help", "/settings", "/record")) {
      calls.put("GET /my" + page, () -> () -> tansy.get("/my" + page));
    }
    calls.put("GET /my/visits/{id}", () -> () -> tansy.get("/my/visits/" + claim));
    String bill = "/my/statements/" + story.bills.paper(story.account).id() + ".pdf";
    calls.put("GET /my/statements/{id}.pdf", () -> () -> tansy.get(bill));
    String key = key();
    calls.put(
        "POST /my/pay",
        () ->
            () ->
                tansy.post("/my/pay", "what", "part", "amount", "5", "owed", "16898", "key", key));
    calls.put("GET /my/pay/done", () -> () -> tansy.get("/my/pay/done?card=" + key));
    UUID payment = story.pays("1");
    calls.put("GET /my/receipts/{id}", () -> () -> tansy.get("/my/receipts/" + payment));
    String today = LocalDate.now(ZoneId.systemDefault()).toString();
    calls.put(
        "POST /my/plan",
        () ->
            () ->
                tansy.post(
                    "/my/plan", "parts", "3", "first", today, "owed", "16898", "key", key()));
    for (String act : List.of("end", "resume")) {
      calls.put("POST /my/plan/" + act, () -> () -> tansy.post("/my/plan/" + act));
    }
    calls.put(
        "POST /my/dispute",
        () -> () -> tansy.post("/my/dispute", "about", claim.toString(), "reason", "amount"));
    calls.put("POST /my/help", () -> () -> tansy.post("/my/help", "words", "I lost my work"));
    calls.put(
        "POST /my/requests/{id}/withdraw",
        () -> {
          String request =
              first(story.books, "select id::text from patient_request where practice_id = ?");
          return () -> tansy.post("/my/requests/" + request + "/withdraw");
        });
    calls.put(
        "POST /my/settings",
        () -> () -> tansy.post("/my/settings", "way", "paper", "language", "es"));
  }

  private String first(TestBooks books, String query) {
    return column(query, books.practice).get(0);
  }

  /** A run that is worked out. */
  private String run(TestBooks books, TestSession manager) {
    manager.post("/statements/runs");
    books.settled();
    return "/statements/runs/"
        + first(
            books,
            "select id::text from statement_run where practice_id = ? order by made_at desc");
  }

  private void gateway(Map<String, Call> calls, Desk desk) {
    TestSession payer = users.anonymous();
    String page = desk.cardPage("5");
    calls.put("GET /test-gateway/{session}", () -> () -> payer.get(page));
    calls.put(
        "POST /test-gateway/{session}",
        () -> {
          payer.get(page);
          return () -> payer.post(page, "choice", "pay");
        });
    byte[] event = "{\"id\":\"evt_1\",\"type\":\"payout.paid\"}".getBytes(StandardCharsets.UTF_8);
    calls.put(
        "POST /webhooks/payments",
        () ->
            () ->
                payer.send(
                    payer
                        .request("/webhooks/payments")
                        .header("OpenRCM-Signature", Desk.signature(event))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(event))));
  }

  private void writeOffs(Map<String, Call> calls) {
    Desk desk = Desk.open(server, "Write-offs on record");
    TestSession wren = users.signedIn(desk.practice(), Role.COLLECTOR);
    TestSession jay = users.signedIn(desk.practice(), Role.MANAGER);
    String at = "/accounts/" + desk.id() + "/write-offs";
    String part = desk.claim(0) + ":100";
    Supplier<HttpResponse<String>> propose =
        () ->
            wren.post(
                at,
                "key",
                key(),
                "kind",
                "bad_debt",
                "part",
                part,
                "note",
                "Moved",
                "step",
                "send");
    Supplier<String> waiting =
        () ->
            column(
                    "select id::text from write_off where practice_id = ? order by number desc",
                    desk.practice())
                .get(0);
    calls.put("GET /accounts/{id}/write-offs", () -> () -> wren.get(at));
    calls.put("POST /accounts/{id}/write-offs", () -> propose);
    for (String page : List.of("/write-offs", "/write-offs.csv")) {
      calls.put(
          "GET " + page,
          () -> {
            propose.get();
            return () -> wren.get(page);
          });
    }
    for (String verb : List.of("refuse", "approve", "undo")) {
      calls.put(
          "POST /write-offs/{id}/" + verb,
          () -> {
            // nothing new while one waits
            propose.get();
            String path = "/write-offs/" + waiting.get() + "/" + verb;
            if (verb.equals("undo")) {
              jay.post("/write-offs/" + waiting.get() + "/approve");
            }
            return () -> jay.post(path);
          });
    }
  }

  private void reports(Map<String, Call> calls) {
    calls.put("GET /reports", () -> () -> session.get("/reports"));
    for (String path : List.of("", "/rows.csv", "/rows.xlsx")) {
      calls.put("GET /reports/{list}" + path, () -> () -> session.get("/reports/open" + path));
    }
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static HttpResponse<String> plan(TestSession poster, String at) {
    return poster.post(
        at + "/plans",
        "key",
        key(),
        "total",
        "30",
        "instalments",
        "3",
        "first",
        LocalDate.now(ZoneId.systemDefault()).plusDays(3).toString());
  }

  private void views(Map<String, Call> calls) {
    calls.put("POST /claims", () -> () -> session.post("/claims", "name", "quill", "q", ""));
    calls.put(
        "POST /claims/views",
        () -> () -> session.post("/claims/views", "name", "Mine", "query", "state=read"));
    for (String act : List.of("delete", "restore")) {
      calls.put(
          "POST /claims/views/{id}/" + act,
          () -> {
            session.post("/claims/views", "name", "One", "query", "state=paid");
            String view =
                column("select id::text from saved_view where practice_id = ?", practice).get(0);
            return () -> session.post("/claims/views/" + view + "/" + act);
          });
    }
  }

  private void accounts(Map<String, Call> calls) {
    String at = "/accounts/" + account;
    calls.put("POST /accounts", () -> () -> session.post("/accounts", "name", "quill", "q", ""));
    for (String page : List.of("", "/who", "/history", "/correct")) {
      calls.put("GET /accounts/{id}" + page, () -> () -> session.get(at + page));
    }
    calls.put("POST /accounts/{id}/correct", () -> () -> correct("5550100100"));
    calls.put(
        "POST /accounts/{id}/undo/{correction}",
        () -> {
          correct("5550100200");
          String last =
              column(
                      "select max(number)::text from account_correction where practice_id = ?",
                      practice)
                  .get(0);
          return () -> session.post(at + "/undo/" + last);
        });
    calls.put("POST /accounts/{id}/coverages", () -> () -> cover("OL1"));
    for (String act : List.of("earlier", "end", "reopen")) {
      calls.put(
          "POST /accounts/{id}/coverages/{coverage}/" + act,
          () -> {
            cover("OL-" + act);
            String coverage =
                column(
                        "select max(number)::text from account_coverage where practice_id = ?",
                        practice)
                    .get(0);
            String path = at + "/coverages/" + coverage + "/";
            if (act.equals("reopen")) {
              session.post(path + "end", "version", version());
            }
            return () -> session.post(path + act, "version", version());
          });
    }
  }

  private String version() {
    return column("select version::text from account where id = ?", account).get(0);
  }

  private HttpResponse<String> correct(String phone) {
    return session.post(
        "/accounts/" + account + "/correct",
        "version",
        version(),
        "last_name",
        "QUILLBY",
        "first_name",
        "TANSY",
        "birth_date",
        "1980-01-01",
        "language",
        "en",
        "channel",
        "MAIL",
        "phone",
        phone);
  }

  private HttpResponse<String> cover(String member) {
    return session.post(
        "/accounts/" + account + "/coverages",
        "version",
        version(),
        "payer_name",
        "Olant Mutual",
        "member_id",
        member,
        "relationship",
        "18");
  }

  /** In a practice of their own, where checks are posted. */
  private void exceptions(Map<String, Call> calls) {
    UUID posting = users.practice("Exceptions on record");
    TestBooks books = new TestBooks(server, posting);
    TestSession poster = users.signedIn(posting, Role.POSTER);
    for (String story :
        List.of("payment-without-a-claim", "another-patient-under-our-number", "paid-twice")) {
      story(books, story);
      books.postAll();
    }
    story(books, "denied-as-too-late");
    UUID last = books.checks("WAITING").get(0);
    books.run(() -> server.getBean(Posting.class).post(last, List.of(1)));
    calls.put("GET /exceptions", () -> () -> poster.get("/exceptions"));
    calls.put("GET /exceptions.csv", () -> () -> poster.get("/exceptions.csv"));
    String unknown = "/exceptions/" + exception(posting, "NO_CLAIM");
    calls.put("GET /exceptions/{id}", () -> () -> poster.get(unknown));
    String ours =
        column(
                "select id::text from claim where practice_id = ? and patient_control_number = ?",
                posting,
                "LFP-6381")
            .get(0);
    verb(calls, poster, unknown, "match", "claim", ours);
    verb(calls, poster, unknown, "unmatch");
    verb(calls, poster, unknown, "take");
    verb(calls, poster, unknown, "leave");
    verb(calls, poster, unknown, "give-back");
    String second = "/exceptions/" + exception(posting, "SECOND_DECISION");
    verb(calls, poster, second, "as-sent");
    verb(calls, poster, second, "not-as-sent");
    verb(calls, poster, second, "close", "note", "Sent back.");
    verb(calls, poster, second, "reopen");
    String held = "/exceptions/" + exception(posting, "HELD_BACK");
    verb(calls, poster, held, "take-in");
    verb(calls, poster, held, "leave-out");
  }

  private static void story(TestBooks books, String name) {
    try (java.util.stream.Stream<Path> files =
        Files.list(Path.of("src/test/resources/cases-posting", name))) {
      files
          .filter(each -> each.getFileName().toString().matches("[0-9].*"))
          .sorted()
          .forEach(books::load);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String exception(UUID posting, String type) {
    return column(
            "select id::text from posting_exception where practice_id = ? and type = ?",
            posting,
            type)
        .get(0);
  }

  /** They come in the order of the matrix: each verb before what undoes it. */
  private static void verb(
      Map<String, Call> calls, TestSession poster, String page, String verb, String... fields) {
    calls.put("POST /exceptions/{id}/" + verb, () -> () -> poster.post(page + "/" + verb, fields));
  }

  private static byte[] claims(int count) {
    return MadeUpClaims.of("ON", count).getBytes(StandardCharsets.US_ASCII);
  }

  private void signIns(Map<String, Call> calls) {
    calls.put(
        "POST /sign-in",
        () -> {
          TestUsers.Person somebody = users.person(practice, Role.POSTER);
          TestSession at = users.anonymous();
          at.get("/sign-in");
          return () -> password(at, somebody);
        });
    calls.put(
        "GET /sign-in/code",
        () -> {
          TestSession at = half(users.person(practice, Role.POSTER));
          return () -> at.get("/sign-in/code");
        });
    calls.put(
        "POST /sign-in/code",
        () -> {
          TestUsers.Person somebody = users.person(practice, Role.POSTER);
          TestSession at = half(somebody);
          at.get("/sign-in/code");
          String code = users.code(somebody);
          return () -> at.post("/sign-in/code", "code", code);
        });
    calls.put(
        "GET /sign-in/link",
        () -> {
          String token = link();
          return () -> users.anonymous().get("/sign-in/link?token=" + token);
        });
    calls.put(
        "POST /sign-in/link",
        () -> {
          String token = link();
          TestSession at = users.anonymous();
          at.get("/sign-in/link?token=" + token);
          return () -> at.post("/sign-in/link", "token", token);
        });
    calls.put(
        "GET /welcome",
        () -> {
          TestSession at = invited();
          return () -> at.get("/welcome");
        });
    calls.put(
        "POST /welcome",
        () -> {
          TestSession at = invited();
          String code = codeOfPage(at.get("/welcome").body());
          return () -> at.post("/welcome", "password", TestUsers.PASSWORD, "code", code);
        });
    calls.put(
        "POST /sign-out",
        () -> {
          TestSession at = users.signedIn(practice, Role.POSTER);
          at.get("/me");
          return () -> at.post("/sign-out");
        });
    calls.put(
        "POST /oauth2/token",
        () -> {
          var program = users.client(practice, "system/*.rs");
          return () -> users.askForToken(program, "system/*.rs");
        });
    calls.put(
        "POST /practice",
        () -> {
          TestUsers.Person both = users.person(practice, Role.POSTER);
          UUID other = users.practice("Another");
          users.grant(both.id(), other, Role.POSTER);
          TestSession at = users.signIn(both);
          String wanted = at.get("/me").body().contains(">Another<") ? "Another" : "On record";
          at.get("/me");
          UUID to = wanted.equals("Another") ? other : practice;
          return () -> at.post("/practice", "practice", to.toString());
        });
  }

  private HttpResponse<String> password(TestSession at, TestUsers.Person somebody) {
    return at.post("/sign-in", "email", somebody.email(), "password", TestUsers.PASSWORD);
  }

  private TestSession half(TestUsers.Person somebody) {
    TestSession at = users.anonymous();
    at.get("/sign-in");
    password(at, somebody);
    return at;
  }

  private UUID newcomer() {
    return staff.create(UUID.randomUUID() + "@example.org", "Newcomer");
  }

  /** Of the made-up practice, where a link is all that it takes. */
  private String link() {
    UUID madeUp = practices.create("Made up", true);
    UUID newcomer = newcomer();
    users.grant(newcomer, madeUp, Role.POSTER);
    return links.create(newcomer, Duration.ofHours(1));
  }

  private TestSession invited() {
    UUID newcomer = newcomer();
    users.grant(newcomer, practice, Role.POSTER);
    String token = links.create(newcomer, Duration.ofHours(1));
    TestSession at = users.anonymous();
    at.get("/sign-in/link?token=" + token);
    at.post("/sign-in/link", "token", token);
    return at;
  }

  private static String codeOfPage(String page) {
    Matcher key = Pattern.compile("by hand: <code>([A-Z2-7 ]+)</code>").matcher(page);
    assertThat(key.find()).as("a key on the page").isTrue();
    try {
      TimeBasedOneTimePasswordGenerator app = new TimeBasedOneTimePasswordGenerator();
      byte[] secret = new Base32().decode(key.group(1).replace(" ", ""));
      return app.generateOneTimePasswordString(
          new SecretKeySpec(secret, app.getAlgorithm()), Instant.now(), Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void people(Map<String, Call> calls) {
    calls.put(
        "POST /me/password",
        () -> {
          TestSession at = users.signedIn(practice, Role.POSTER);
          String next = "another long walk to a mill";
          return () -> at.post("/me/password", "current", TestUsers.PASSWORD, "password", next);
        });
    calls.put(
        "POST /me/code",
        () -> {
          TestSession at = users.signedIn(practice, Role.POSTER);
          String code = codeOfPage(at.get("/me").body());
          return () -> at.post("/me/code", "code-current", TestUsers.PASSWORD, "code", code);
        });
    calls.put(
        "POST /people",
        () ->
            () -> {
              String email = UUID.randomUUID() + "@example.org";
              return session.post("/people", "name", "Ana", "email", email, "role", "poster");
            });
    for (String act : List.of("roles", "disable", "invite")) {
      calls.put(
          "POST /people/{id}/" + act,
          () -> {
            UUID other = users.person(practice, Role.BILLER).id();
            return () -> session.post("/people/" + other + "/" + act, "role", "poster");
          });
    }
    calls.put(
        "POST /clients",
        () -> () -> session.post("/clients", "name", "New", "scope", "system/files.read"));
    calls.put(
        "POST /clients/{id}/revoke",
        () -> {
          UUID program = users.client(practice, "system/files.read").id();
          return () -> session.post("/clients/" + program + "/revoke");
        });
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
        column(
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
            column(
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
    return column("select id::text from submission where file_id = ?", claims).get(0);
  }

  @Test
  void accountsLeaveARowForEachPatientOnTheList() {
    Set<String> patients =
        new TreeSet<>(
            column("select patient_id::text from account_claim where practice_id = ?", practice));
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
        column(
            "select patient_id::text from claim where practice_id = ?"
                + " order by patient_control_number",
            of);
    List<String> paid =
        column("select patient_id::text from claim_payment where practice_id = ? order by 1", of);
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
        column(
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

  @Test
  void denialsAndTakebacksLeaveARowForEachPatientWhoIsShown() {
    List<String> late =
        column(
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
            column(
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
            column(
                "select patient_id::text from audit_event where actor_kind = 'JOB'"
                    + " and action = 'ADD' and subject_type = 'Remittance'"
                    + " and practice_id = ? and subject_id = ?",
                practice,
                remittance.toString()));
    Set<String> named =
        new TreeSet<>(
            column(
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
