package org.openrcm;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** Calls about accounts, what of them was disclosed to others, and claims that are looked for. */
final class AccountCalls {
  private final TestDatabase database;
  private final UUID practice;
  private final UUID account;
  private final TestSession session;

  AccountCalls(ApplicationContext server, UUID practice, UUID account, TestSession session) {
    database = server.getBean(TestDatabase.class);
    this.practice = practice;
    this.account = account;
    this.session = session;
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    accounts(calls);
    disclosures(calls);
    views(calls);
    return calls;
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
              database
                  .column(
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
                database
                    .column(
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
    return database.column("select version::text from account where id = ?", account).get(0);
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
                database
                    .column(
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
        + database
            .column("select id::text from accounting_request where practice_id = ?", practice)
            .get(0);
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
                database
                    .column("select id::text from saved_view where practice_id = ?", practice)
                    .get(0);
            return () -> session.post("/claims/views/" + view + "/" + act);
          });
    }
  }
}
