package org.openrcm;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.openrcm.identity.Role;
import org.openrcm.payment.Desk;
import org.springframework.context.ApplicationContext;

/** Calls about what patients pay, and about what is written off, each at a desk of its own. */
final class PaymentCalls {
  private final ApplicationContext server;
  private final TestUsers users;
  private final TestDatabase database;

  PaymentCalls(ApplicationContext server) {
    this.server = server;
    users = server.getBean(TestUsers.class);
    database = server.getBean(TestDatabase.class);
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    payments(calls);
    writeOffs(calls);
    return calls;
  }

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
        () ->
            () ->
                poster.post(at + "/payments", "key", Call.key(), "amount", "2", "method", "cash"));
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
                database
                    .column(
                        "select id::text from payment_plan where practice_id = ?", desk.practice())
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
        () ->
            () ->
                poster.post("/payments/" + paid + "/refund", "key", Call.key(), "amount", "0.50"));
    gateway(calls, desk);
  }

  private static HttpResponse<String> plan(TestSession poster, String at) {
    return poster.post(
        at + "/plans",
        "key",
        Call.key(),
        "total",
        "30",
        "instalments",
        "3",
        "first",
        LocalDate.now(ZoneId.systemDefault()).plusDays(3).toString());
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
                Call.key(),
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
            database
                .column(
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
}
