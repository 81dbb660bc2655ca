package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
import org.openrcm.letter.LetterFiles;
import org.openrcm.letter.TestWishes;
import org.openrcm.money.Money;
import org.openrcm.payment.Desk;
import org.openrcm.payment.Method;
import org.openrcm.payment.PatientPayment;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two practices in one database: whatever one asks for by the other's ids, on pages, over the API,
 * over FHIR or in SQL as the application's role, it gets nothing of the other's.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoPracticesTest {
  /** What stands in their file and nowhere in ours. */
  private static final List<String> CANARIES =
      List.of(
          "HAZELTHWAITE",
          "BFH100200915",
          "LFP-1203",
          "BF26000012003",
          "canary.835",
          "CANARY-1",
          "STORY-1",
          "HAZEL, MOSS",
          "LFP-6011",
          "Theirs of Heron Way");

  /** No patient and no money in them: needed before a practice is known, or ids only. */
  private static final Set<String> WITHOUT_PATIENTS =
      Set.of(
          "audit_pending",
          "practice",
          "staff",
          "membership",
          "api_client",
          "job",
          "flyway_schema_history",
          // hashes and numbers alone: looked up before a practice is known
          "statement_code",
          "patient_login",
          "patient_login_account",
          "code_tries");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private Accounts accounts;
  @Autowired private Journal journal;
  @Autowired private JdbcClient jdbc;
  @Autowired private TransactionTemplate transaction;

  private Desk desk;
  private TestBooks billed;
  private PatientPayment paid;
  private UUID theirs;
  private UUID ours;
  private UUID ourFile;
  private TestSession us;
  private TestApi program;

  @BeforeAll
  void bothHaveAFile() throws IOException {
    theirs = users.practice("Theirs");
    ours = users.practice("Ours");
    byte[] canary = Files.readAllBytes(Path.of("samples/family-practice.835"));
    new TestFiles(users, theirs).load("canary.835", canary);
    new TestFiles(users, theirs)
        .load("canary.837", MadeUpClaims.of("CANARY", 3).getBytes(StandardCharsets.US_ASCII));
    new Practiced(theirs, transaction, jdbc).aStory(users, accounts, journal);
    // what was paid has no claims here: exceptions
    new TestBooks(server, theirs).postAll();
    billed = new TestBooks(server, users.practice("Theirs of Heron Way"));
    TestBills bills = new TestBills(server, billed);
    billed.loadCase("discount-and-coinsurance");
    billed.postAll();
    bills.send(bills.account("LFP-6011"));
    billed.run(
        () ->
            server
                .getBean(Payments.class)
                .take(
                    new Receiving(
                        bills.account("LFP-6011"),
                        Money.of("7.48"),
                        Method.CASH,
                        null,
                        List.of(),
                        false,
                        UUID.randomUUID().toString())));
    desk = Desk.open(server, "Theirs too");
    paid = desk.cash("40");
    ourFile = new TestFiles(users, ours).sample("dental.835");
    new TestFiles(users, ours)
        .load("ours.837", MadeUpClaims.of("OURS", 1).getBytes(StandardCharsets.US_ASCII));
    users.settled(ours);
    us =
        users.signedIn(
            ours, Role.POSTER, Role.BILLER, Role.COLLECTOR, Role.MANAGER, Role.COMPLIANCE);
    program = users.api(ours, "system/*.cruds", "system/files.read", "system/files.write");
  }

  private List<String> theirIds(String sql) {
    return theirIds(sql, theirs);
  }

  private List<String> theirIds(String sql, UUID practice) {
    List<String> ids = database.column(sql, practice);
    assertThat(ids).as(sql).isNotEmpty();
    return ids;
  }

  private static void givesNothing(String what, HttpResponse<String> answer) {
    assertThat(answer.body()).as(what).doesNotContain(CANARIES.toArray(String[]::new));
  }

  private static void refuses(String what, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(what + " " + answer.body()).isIn(403, 404);
    givesNothing(what, answer);
  }

  @Test
  void pagesAndTheApiRefuseTheirIds() {
    String files = "select id from received_file where practice_id = ?";
    for (String id : theirIds(files)) {
      for (String page : List.of("", "/state", "/raw?at=0", "/content", "/ta1", "/999")) {
        refuses("GET /files/" + page, us.get("/files/" + id + page));
      }
      refuses("POST retry", us.post("/files/" + id + "/retry"));
      refuses("GET /api/files", us.get("/api/files/" + id));
      refuses("GET /api/files by a program", program.get("/api/files/" + id));
    }
    for (String id : theirIds("select id from claim where practice_id = ?")) {
      for (String page : List.of("", "/timeline", "/raw", "/fhir")) {
        refuses("GET /claims" + page, us.get("/claims/" + id + page));
      }
    }
    for (String id : theirIds("select id from account where practice_id = ?")) {
      for (String page : List.of("", "/who", "/history", "/correct")) {
        refuses("GET /accounts" + page, us.get("/accounts/" + id + page));
      }
      refuses(
          "POST correct",
          us.post(
              "/accounts/" + id + "/correct",
              "version",
              "0",
              "last_name",
              "X",
              "language",
              "en",
              "channel",
              "MAIL"));
      refuses("POST undo", us.post("/accounts/" + id + "/undo/1"));
    }
    for (String id : theirIds("select id from submission where practice_id = ?")) {
      givesNothing("GET /claims of it", us.get("/claims?submission=" + id));
    }
    for (String id : theirIds("select id from remittance where practice_id = ?")) {
      refuses("GET /remittances", us.get("/remittances/" + id));
      refuses("GET /remittances after", us.get("/remittances/" + id + "?after=1"));
    }
  }

  @Test
  void paymentsAndPlansOfTheirsAreRefused() {
    for (String id : List.of(paid.id().toString(), paid.reference())) {
      for (String page : List.of("", "/receipt")) {
        refuses("GET /payments", us.get("/payments/" + id + page));
      }
    }
    refuses("void", us.post("/payments/" + paid.id() + "/void"));
    String key = UUID.randomUUID().toString();
    refuses("refund", us.post("/payments/" + paid.id() + "/refund", "amount", "1", "key", key));
    String at = "/accounts/" + desk.id();
    refuses("GET payments", us.get(at + "/payments"));
    refuses("take", us.post(at + "/payments", "amount", "1", "key", key));
    refuses("apply", us.post(at + "/payments/apply"));
    refuses("plan", us.post(at + "/plans", "total", "10", "instalments", "2", "key", key));
    refuses("cancel", us.post(at + "/plans/" + key + "/cancel"));
    assertThat(us.get("/payments?q=" + paid.reference()).body()).doesNotContain("row-link");
    assertThat(us.get("/payments.csv").body().lines()).hasSize(1);
    assertThat(desk.standing()).isEqualTo("credit 5.00");
  }

  @Test
  void writeOffsOfTheirsAreRefused() {
    Desk owing = Desk.open(server, "Theirs who owe");
    String at = "/accounts/" + owing.id() + "/write-offs";
    TestSession wren = users.signedIn(owing.practice(), Role.COLLECTOR);
    String part = owing.claim(1) + ":100";
    wren.post(
        at,
        "key",
        UUID.randomUUID().toString(),
        "kind",
        "bad_debt",
        "part",
        part,
        "note",
        "Moved",
        "step",
        "send");
    List<String> ids = theirIds("select id from write_off where practice_id = ?", owing.practice());
    for (String id : ids) {
      for (String verb : List.of("approve", "refuse", "undo")) {
        refuses("POST " + verb, us.post("/write-offs/" + id + "/" + verb));
      }
    }
    refuses("GET write-offs", us.get(at));
    refuses("POST write-offs", us.post(at, "key", UUID.randomUUID().toString()));
    givesNothing("GET /write-offs", us.get("/write-offs"));
  }

  @Test
  void disclosuresAndFindingsOfTheirsAreRefused() {
    TestSession they = users.signedIn(desk.practice(), Role.COMPLIANCE);
    String at = "/disclosures/" + desk.id();
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
    they.post(at, form);
    they.post(at + "/requests", "asked", "2026-03-04");
    String one =
        theirIds("select id from disclosure where practice_id = ?", desk.practice()).get(0);
    String request =
        theirIds("select id from accounting_request where practice_id = ?", desk.practice()).get(0);
    refuses("GET disclosures", us.get(at));
    refuses("CSV", us.get(at + "/accounting.csv"));
    refuses("note", us.post(at, form));
    refuses("withdraw", us.post(at + "/" + one + "/withdraw"));
    refuses("hold", us.post(at + "/" + one + "/hold", "agency", "X", "said", "2026-03-05"));
    refuses("ask", us.post(at + "/requests", "asked", "2026-03-04"));
    refuses("extend", us.post(at + "/requests/" + request + "/extend", "why", "X"));
    refuses("give", us.post(at + "/requests/" + request + "/give"));
    refuses("given", us.get(at + "/requests/" + request + "/accounting.csv"));
    refuses("letter", us.get(at + "/requests/" + request + "/accounting.pdf"));
    // with an account of ours in the address it is not theirs either
    String own =
        "/disclosures/" + theirIds("select id from account where practice_id = ?", ours).get(0);
    refuses("withdraw by ours", us.post(own + "/" + one + "/withdraw"));
    refuses("give by ours", us.post(own + "/requests/" + request + "/give"));
    assertThat(us.get("/disclosures").body()).doesNotContain(desk.id().toString());
    Looks looks = new Looks(server, desk.practice());
    TestUsers.Person biller = users.person(desk.practice(), Role.BILLER);
    looks.look(
        biller,
        "QUERY",
        Looks.DAY,
        "22:00",
        List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), new UUID(1, 5)));
    looks.workOut();
    String finding =
        theirIds("select id from unusual_access where practice_id = ?", desk.practice()).get(0);
    refuses("finding", us.get("/audit/unusual/" + finding));
    refuses("sign off", us.post("/audit/unusual/" + finding + "/sign-off", "words", "Fine"));
    assertThat(us.get("/audit/unusual").body()).doesNotContain(finding);
  }

  @Test
  void listsAndSearchesShowNothingOfTheirs() {
    for (String path :
        List.of(
            "/",
            "/files",
            "/remittances",
            "/remittances.csv",
            "/remittances?q=LFP-120",
            "/claims",
            "/claims.csv",
            "/claims?q=CANARY",
            "/accounts",
            "/accounts.csv",
            "/accounts?q=STORY-",
            "/reports",
            "/reports/open",
            "/reports/claims/rows.csv",
            "/api/files")) {
      HttpResponse<String> answer = us.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      givesNothing(path, answer);
    }
    for (String canary : CANARIES) {
      // the search box says again what was typed, and nothing else
      String page = us.get("/remittances?q=" + encoded(canary)).body().replace(canary, "");
      givesNothing("/remittances?q", us.get("/remittances?q=" + encoded(canary.substring(1))));
      assertThat(page).doesNotContain(CANARIES.toArray(String[]::new));
    }
    givesNothing("/api/files by a program", program.get("/api/files"));
    // the record says again what one searched for oneself, so patients' ids are looked for here
    List<String> patients = theirIds("select patient_id from claim_payment where practice_id = ?");
    us.get("/files/" + ourFile);
    for (String path : List.of("/audit", "/audit.csv", "/audit.ndjson")) {
      assertThat(us.get(path).body())
          .as(path)
          .containsPattern("ReceivedFile|Received file")
          .doesNotContain(patients.toArray(String[]::new));
    }
  }

  @Test
  void fhirReadsNothingOfTheirs() {
    List<String> kinds = List.of("Patient", "Organization", "Practitioner", "Coverage");
    for (String kind : kinds) {
      String sql =
          "select replace(id::text, '-', '') from named where practice_id = ? and kind = '%s'";
      for (String id : theirIds(sql.formatted(kind))) {
        refuses(kind, program.get("/fhir/" + kind + "/" + id));
      }
    }
    String claims = "select replace(id::text, '-', '') from claim_payment where practice_id = ?";
    for (String id : theirIds(claims)) {
      refuses("EOB", program.get("/fhir/ExplanationOfBenefit/" + id));
      refuses("EOB in a session", us.get("/fhir/ExplanationOfBenefit/" + id));
      refuses("ClaimResponse", program.get("/fhir/ClaimResponse/" + id));
    }
    String bills = "select replace(id::text, '-', '') from claim where practice_id = ?";
    for (String id : theirIds(bills)) {
      refuses("Claim", program.get("/fhir/Claim/" + id));
      refuses("Claim in a session", us.get("/fhir/Claim/" + id));
    }
    String checks =
        "select replace(id::text, '-', '') from named"
            + " where practice_id = ? and kind = 'PaymentReconciliation'";
    for (String id : theirIds(checks)) {
      refuses("PaymentReconciliation", program.get("/fhir/PaymentReconciliation/" + id));
    }
    String books = "select replace(id::text, '-', '') from %s where practice_id = ?";
    for (String id : theirIds(books.formatted("account"))) {
      refuses("Account", program.get("/fhir/Account/" + id));
      refuses("Account in a session", us.get("/fhir/Account/" + id));
    }
    for (String id : theirIds(books.formatted("posting_exception"))) {
      refuses("Task", program.get("/fhir/Task/" + id));
      refuses("Task in a session", us.get("/fhir/Task/" + id));
    }
  }

  @Test
  void fhirReadsNothingOfTheirRecord() {
    TestApi ofOurs = users.api(ours, "system/AuditEvent.rs");
    TestApi ofTheirs = users.api(theirs, "system/AuditEvent.rs");
    String entries =
        "select replace(public_id::text, '-', '') from audit_event where practice_id = ?"
            + " order by id limit 20";
    HttpResponse<String> all = ofOurs.get("/fhir/AuditEvent?_count=500");
    for (String id : theirIds(entries)) {
      assertThat(all.body()).contains("\"fullUrl\"").doesNotContain(id);
      String path = "/fhir/AuditEvent/" + id;
      assertThat(ofTheirs.get(path).statusCode()).isEqualTo(200);
      refuses("AuditEvent", ofOurs.get(path));
      refuses("AuditEvent in a session", us.get(path));
      assertThat(ofOurs.get("/fhir/AuditEvent?_id=" + id).body()).doesNotContain("\"fullUrl\"");
    }
  }

  /** Statements, their PDFs and payments, by the ids by which their owner reads them. */
  @Test
  void fhirReadsNoStatementAndNoPaymentOfTheirs() {
    TestApi owner = users.api(billed.practice, "system/*.rs");
    String ids = "select replace(id::text, '-', '') from %s where practice_id = ?";
    Map<String, String> tables =
        Map.of(
            "Invoice", "statement",
            "DocumentReference", "statement",
            "Binary", "statement",
            "Account", "account",
            "PaymentNotice", "patient_payment");
    tables.forEach(
        (type, table) -> {
          for (String id : theirIds(ids.formatted(table), billed.practice)) {
            String path = "/fhir/" + type + "/" + id;
            assertThat(owner.get(path).statusCode()).as(path).isEqualTo(200);
            refuses(type, program.get(path));
            refuses(type + " in a session", us.get(path));
          }
        });
    String account = theirIds(ids.formatted("account"), billed.practice).get(0);
    String patient =
        theirIds(
                "select distinct replace(patient_id::text, '-', '') from claim where practice_id = ?",
                billed.practice)
            .get(0);
    String statement = "select number::text from statement where practice_id = ?";
    String number = theirIds(statement, billed.practice).get(0);
    String payment =
        theirIds(
                "select 'PP-' || number from patient_payment where practice_id = ?",
                billed.practice)
            .get(0);
    for (String search :
        List.of(
            "Invoice?",
            "Invoice?account=" + account,
            "Invoice?patient=" + patient,
            "Invoice?identifier=" + number,
            "DocumentReference?",
            "DocumentReference?patient=" + patient,
            "DocumentReference?identifier=" + number,
            "Account?patient=" + patient,
            "PaymentNotice?",
            "PaymentNotice?identifier=" + payment)) {
      if (!search.startsWith("Account")) {
        assertThat(owner.get("/fhir/" + search).body()).as(search).contains("\"fullUrl\"");
      }
      HttpResponse<String> answer = program.get("/fhir/" + search);
      assertThat(answer.statusCode()).as(search + answer.body()).isEqualTo(200);
      assertThat(answer.body()).as(search).doesNotContain("\"fullUrl\"");
      givesNothing(search, answer);
    }
  }

  @Test
  void contactsOfTheirsAreRefused() {
    String all =
        """
        select (select count(*) from contact) + (select count(*) from contact_notice)
          + (select count(*) from contact_decision)
        """;
    long before = billed.count(all);
    for (String id : theirIds("select id from account where practice_id = ?", billed.practice)) {
      refuses("contact", us.get("/accounts/" + id + "/contact"));
      refuses("decision", us.get("/accounts/" + id + "/contact/" + UUID.randomUUID()));
      refuses(
          "log",
          us.post(
              "/accounts/" + id + "/contacts",
              "key",
              UUID.randomUUID().toString(),
              "channel",
              "MAIL",
              "direction",
              "OUT",
              "outcome",
              "SENT",
              "purpose",
              "COLLECT",
              "party",
              "PAYER",
              "at",
              "2026-03-02T10:00"));
      refuses("notice", us.post("/accounts/" + id + "/notices", "kind", "cease"));
      refuses("lift", us.post("/accounts/" + id + "/notices/" + UUID.randomUUID() + "/lift"));
    }
    assertThat(billed.count(all)).isEqualTo(before);
  }

  @Test
  void lettersOfTheirsAreRefused() {
    long account =
        Long.parseLong(
            theirIds("select number::text from account where practice_id = ?", billed.practice)
                .get(0));
    Practiced theirs = new Practiced(billed.practice, transaction, jdbc);
    theirs.in(() -> TestWishes.want(server, account));
    theirs.in(server.getBean(LetterFiles.class)::print);
    for (String id :
        theirIds("select file_id::text from letter_sent where practice_id = ?", billed.practice)) {
      refuses("letters", us.get("/letters/files/" + id + ".pdf"));
    }
    theirs.in(() -> TestWishes.want(server, account));
    for (String id : theirIds("select id from letter where practice_id = ?", billed.practice)) {
      us.post("/letters/" + id + "/withdraw");
    }
    givesNothing("/letters", us.get("/letters"));
    // by a person: its reason may go away by itself
    assertThat(billed.count("select count(*) from letter where withdrawn_by is not null")).isZero();
  }

  @Test
  void statementsOfTheirsAreRefused() {
    for (String id : theirIds("select id from statement where practice_id = ?", billed.practice)) {
      refuses("PDF", us.get("/statements/" + id + ".pdf"));
      refuses("paper", us.get("/statements/" + id + "/paper"));
    }
    for (String id : theirIds("select id from account where practice_id = ?", billed.practice)) {
      refuses("statements", us.get("/accounts/" + id + "/statements"));
      refuses("send", us.post("/accounts/" + id + "/statements"));
      refuses("flag", us.post("/accounts/" + id + "/flags", "kind", "hold", "note", "x"));
    }
    String number =
        theirIds("select number::text from statement where practice_id = ?", billed.practice)
            .get(0);
    us.post("/statements/returned", "number", number);
    givesNothing("/statements", us.get("/statements"));
    assertThat(billed.count("select count(*) from account_flag")).isZero();
    assertThat(billed.count("select count(*) from statement")).isEqualTo(1);
  }

  @Test
  void theirQueueIsTheirs() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    String account = floor.id(floor.account(1)).toString();
    TestSession them = users.signedIn(floor.practice(), Role.COLLECTOR, Role.MANAGER);
    them.post("/queue/teams", "number", "0", "name", "Their team");
    them.post("/queue/queues", "number", "0", "name", "Their queue");
    floor.settled();
    String work = them.post("/queue/next").headers().firstValue("Location").orElseThrow();
    String path = URI.create(work).getPath();
    for (String page : List.of("/queue", "/queue/held", "/queue/setup", path)) {
      HttpResponse<String> answer = us.get(page);
      givesNothing(page, answer);
      assertThat(answer.body()).as(page).doesNotContain("Tansycrowd", "Their team", "Their queue");
    }
    assertThat(us.post("/queue/next").headers().firstValue("Location").orElse(""))
        .endsWith("/queue");
    for (String act : List.of("", "/put-back", "/state")) {
      givesNothing(act, us.post(path + act, "act", "skip", "key", UUID.randomUUID().toString()));
    }
    for (String act : List.of("take-back", "assign")) {
      refuses(act, us.post("/queue/held/" + account + "/" + act));
    }
    refuses("take", us.post("/queue/entries/" + account + "/take"));
    refuses("undo", us.post("/queue/entries/" + account + "/undo/1"));
    refuses("draft", us.post("/queue/drafts/" + account, "note", "x"));
    refuses("draft", us.get("/queue/drafts/" + account));
    long team = floor.count("select number from collection_team");
    long queue = floor.count("select number from collection_queue");
    for (String act : List.of("raise", "remove")) {
      us.post("/queue/queues/" + queue + "/" + act);
    }
    us.post("/queue/teams/" + team + "/remove");
    us.post("/queue/teams", "number", String.valueOf(team), "name", "Ours now");
    us.post("/queue/queues", "number", String.valueOf(queue), "name", "Ours now");
    assertThat(us.post("/queue/queues", "number", "0", "name", "x", "team", "" + team).statusCode())
        .isEqualTo(422);
    floor.settled();
    assertThat(them.get(path).body()).contains("Tansycrowd1");
    assertThat(them.get("/queue/setup").body()).contains("Their team", "Their queue");
  }

  /** Entries of their queue, contacts, letters and flags, by the ids by which they read them. */
  @Test
  void fhirReadsNothingOfTheirCollections() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    long account = floor.account(1);
    Practiced them = new Practiced(floor.practice(), transaction, jdbc);
    them.in(() -> TestWishes.want(server, account));
    them.in(server.getBean(LetterFiles.class)::print);
    floor.flag(account, FlagKind.HOLD);
    TestApi owner = users.api(floor.practice(), "system/*.rs");
    Map<String, String> tables =
        Map.of("Task", "collection_entry", "Communication", "contact", "Flag", "account_flag");
    tables.forEach(
        (type, table) -> {
          String ids = "select replace(id::text, '-', '') from " + table + " where practice_id = ?";
          for (String id : theirIds(ids, floor.practice())) {
            String path = "/fhir/" + type + "/" + id;
            assertThat(owner.get(path).statusCode()).as(path).isEqualTo(200);
            refuses(type, program.get(path));
            refuses(type + " in a session", us.get(path));
            assertThat(program.get("/fhir/" + type + "?_id=" + id).body())
                .doesNotContain("\"fullUrl\"");
          }
          String about =
              (type.equals("Task") ? "?focus=Account/" : "?account=")
                  + floor.id(account).toString().replace("-", "");
          assertThat(owner.get("/fhir/" + type + about).body()).contains("\"fullUrl\"");
          assertThat(program.get("/fhir/" + type + about).body()).doesNotContain("\"fullUrl\"");
        });
  }

  @Test
  void fhirFindsNothingOfTheirs() {
    List<String> patients =
        theirIds(
            "select replace(patient_id::text, '-', '') from claim_payment"
                + " where practice_id = ?");
    List<String> searches = new ArrayList<>();
    for (String patient : patients.subList(0, 3)) {
      searches.add("ExplanationOfBenefit?patient=" + patient);
      searches.add(
          "ExplanationOfBenefit?patient=Patient/"
              + patient
              + "&_include=ExplanationOfBenefit:patient");
      searches.add("Coverage?patient=" + patient);
      searches.add("Patient?_id=" + patient);
    }
    for (String patient :
        theirIds("select replace(patient_id::text, '-', '') from claim where practice_id = ?")) {
      searches.add("Claim?patient=" + patient);
      searches.add("Account?patient=" + patient);
      searches.add("Task?patient=" + patient);
    }
    searches.add("Claim?identifier=CANARY-1");
    searches.add("Account?identifier=CANARY-1");
    searches.add("Account?name=HAZEL");
    searches.add("ExplanationOfBenefit?identifier=BF26000012003");
    searches.add("ClaimResponse?identifier=BF26000012003");
    searches.add("Patient?family=HAZELTHWAITE");
    searches.add("Patient?identifier=BFH100200915");
    for (String search : searches) {
      HttpResponse<String> answer = program.get("/fhir/" + search);
      assertThat(answer.statusCode()).as(search + answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .as(search)
          .doesNotContain("\"resourceType\":\"Patient\"")
          .doesNotContain("\"fullUrl\"");
    }
    for (String type :
        List.of("Claim", "ExplanationOfBenefit", "Patient", "PaymentReconciliation", "Account")) {
      HttpResponse<String> all = program.get("/fhir/" + type + "?_count=500");
      assertThat(all.body()).as(type).contains("\"fullUrl\"");
      givesNothing(type, all);
    }
  }

  @Test
  void aForgedPracticeChangesNothing() {
    String id = theirIds("select id from remittance where practice_id = ?").get(0);
    for (String header : List.of("X-Practice", "Practice", "X-Tenant-Id", "X-Forwarded-User")) {
      refuses(header, us.send(us.request("/remittances/" + id).header(header, theirs.toString())));
      refuses(
          header,
          program.send(
              program
                  .request("/fhir/PaymentReconciliation/" + id.replace("-", ""))
                  .header(header, theirs.toString())));
    }
    for (String name : List.of("practice", "practiceId", "practice_id", "app.practice")) {
      refuses(name, us.get("/remittances/" + id + "?" + name + "=" + theirs));
      givesNothing(name, us.get("/remittances?" + name + "=" + theirs));
      givesNothing(name, us.get("/files?" + name + "=" + theirs));
    }
    refuses("switching", us.post("/practice", "practice", theirs.toString()));
    refuses("after it", us.get("/remittances/" + id));
  }

  @Test
  void everyTableButTheServersOwnIsUnderForcedRowLevelSecurity() throws SQLException {
    List<String> open = new ArrayList<>();
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement()) {
      ResultSet tables =
          sql.executeQuery(
              "select relname from pg_class where relkind in ('r', 'p')"
                  + " and relnamespace = 'public'::regnamespace"
                  + " and not (relrowsecurity and relforcerowsecurity)");
      while (tables.next()) {
        open.add(tables.getString(1));
      }
    }
    open.removeAll(WITHOUT_PATIENTS);
    // sign-in: sessions, links, tokens
    open.removeIf(table -> table.matches("spring_session.*|one_time_link|signing_key|token_.*"));
    assertThat(open).isEmpty();
  }

  @Test
  void sqlAsTheApplicationSeesAndWritesNothingOfTheirs() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement sql = connection.createStatement()) {
      List<String> tables = practiceTables(sql);
      assertThat(tables)
          .contains("claim_payment", "remittance", "file_piece", "audit_event", "claim")
          .contains("task", "flag");
      connection.setAutoCommit(false);
      for (String chosen : List.of("", ours.toString())) {
        sql.execute("select set_config('app.practice', '" + chosen + "', true)");
        for (String table : tables) {
          String where = " where practice_id = '" + theirs + "'";
          ResultSet rows = sql.executeQuery("select count(*) from " + table + where);
          rows.next();
          assertThat(rows.getLong(1)).as(table).isZero();
        }
      }
      sql.execute("select set_config('app.practice', '" + ours + "', true)");
      connection.commit();
      String forged =
          "insert into audit_event (practice_id, actor_kind, actor_name, roles, action,"
              + " subject_type, purpose, request_id, outcome)"
              + " values ('"
              + theirs
              + "', 'STAFF', 'x', '', 'VIEW', 'x', 'x', 'x', 0)";
      sql.execute("select set_config('app.practice', '" + ours + "', true)");
      assertThatThrownBy(() -> sql.execute(forged)).hasMessageContaining("row-level security");
      connection.rollback();
      for (String escape :
          List.of(
              "set role openrcm_owner",
              "set session authorization openrcm_owner",
              "alter table remittance disable row level security",
              "set row_security = off; select count(*) from remittance",
              "create policy p on remittance using (true)")) {
        assertThatThrownBy(() -> sql.execute(escape)).as(escape).isInstanceOf(SQLException.class);
        connection.rollback();
      }
    }
  }

  /** All that have rows of practices, and that the application may read. */
  private static List<String> practiceTables(Statement sql) throws SQLException {
    List<String> tables = new ArrayList<>();
    ResultSet rows =
        sql.executeQuery(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                + " where a.attname = 'practice_id'"
                + " and (c.relkind = 'v' or c.relkind = 'r' and c.relrowsecurity)"
                + " and has_table_privilege(c.oid, 'select')");
    while (rows.next()) {
      tables.add(rows.getString(1));
    }
    return tables;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
