package org.openrcm;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openrcm.account.Preferences;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.context.ApplicationContext;

/** Calls about statements, in practices where one patient owes something. */
final class StatementCalls {
  private final ApplicationContext server;
  private final TestUsers users;
  private final TestDatabase database;

  StatementCalls(ApplicationContext server) {
    this.server = server;
    users = server.getBean(TestUsers.class);
    database = server.getBean(TestDatabase.class);
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    statements(calls);
    return calls;
  }

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

  /** Says what statements of the practice need. */
  static HttpResponse<String> setPolicy(TestSession manager) {
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

  private String first(TestBooks books, String query) {
    return database.column(query, books.practice).get(0);
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
}
