package org.openrcm;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openrcm.identity.Role;
import org.openrcm.letter.TestWishes;
import org.openrcm.payment.Desk;
import org.springframework.context.ApplicationContext;

/** Calls about contacts and letters, with somebody who can be called. */
final class ContactCalls {
  private final ApplicationContext server;
  private final TestUsers users;
  private final TestDatabase database;

  ContactCalls(ApplicationContext server) {
    this.server = server;
    users = server.getBean(TestUsers.class);
    database = server.getBean(TestDatabase.class);
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    contacts(calls);
    return calls;
  }

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
          String decision = database.column(query, desk.practice()).get(0);
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
                    Call.key(),
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
        () -> () -> manager.post(at + "/notices", "kind", "lawyer", "name", "Ames"));
    calls.put(
        "POST /accounts/{id}/notices/{notice}/lift",
        () -> {
          manager.post(at + "/notices", "kind", "lawyer", "name", "Ames");
          String query =
              "select id::text from contact_notice where practice_id = ? and lifted_at is null"
                  + " order by flag_id";
          String notice = database.column(query, desk.practice()).get(0);
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
    StatementCalls.setPolicy(manager);
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
          String letter = database.column(query, desk.practice()).get(0);
          return () -> manager.post("/letters/" + letter + "/withdraw");
        });
    calls.put(
        "POST /letters/{id}/restore",
        () -> {
          want.run();
          String letter = database.column(query, desk.practice()).get(0);
          manager.post("/letters/" + letter + "/withdraw");
          return () -> manager.post("/letters/" + letter + "/restore");
        });
    // at another desk: a cease that was noted at the first one would hold letters back
    Desk printer = Desk.open(server, "Letters on record");
    TestSession printing = users.signedIn(printer.practice(), Role.MANAGER);
    StatementCalls.setPolicy(printing);
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
              database
                  .column(
                      "select file_id::text from letter_sent where practice_id = ?",
                      printer.practice())
                  .get(0);
          return () -> printing.get("/letters/files/" + file + ".pdf");
        });
  }
}
