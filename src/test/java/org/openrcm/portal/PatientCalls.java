package org.openrcm.portal;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openrcm.Call;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.portal.Letters.Letter;
import org.springframework.context.ApplicationContext;

/** One call of each of the patients' own endpoints, as somebody makes it who may. */
public final class PatientCalls {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final ApplicationContext server;
  private final TestUsers users;
  private final TestDatabase database;
  private final Letters letters;
  private final Letter letter;
  private final Letter other;

  public PatientCalls(ApplicationContext server) {
    this.server = server;
    users = server.getBean(TestUsers.class);
    database = server.getBean(TestDatabase.class);
    letters = new Letters(server);
    List<Letter> sent = letters.sent();
    letter = sent.get(0);
    other = sent.get(1);
  }

  /** By method and path: what makes the call, once what must come before it is done. */
  public Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    for (String page : List.of("/my/sign-in", "/my/account/sign-in")) {
      calls.put("GET " + page, () -> () -> users.anonymous().get(page));
    }
    calls.put(
        "POST /my/sign-in",
        () -> {
          TestSession browser = users.anonymous();
          browser.get("/my/sign-in");
          return () -> browser.post("/my/sign-in", letter.fields());
        });
    calls.put(
        "POST /my/language",
        () -> {
          TestSession browser = users.anonymous();
          browser.get("/my/sign-in");
          return () -> browser.post("/my/language", "language", "es");
        });
    calls.put(
        "POST /my/sign-out",
        () -> {
          TestSession guest = guest();
          return () -> guest.post("/my/sign-out");
        });
    calls.put(
        "GET /my/account/new",
        () -> {
          TestSession guest = guest();
          return () -> guest.get("/my/account/new");
        });
    calls.put(
        "POST /my/account/new",
        () -> {
          TestSession guest = guest();
          byte[] key = Letters.key(guest.get("/my/account/new").body());
          return () ->
              guest.post(
                  "/my/account/new",
                  "email",
                  email(),
                  "password",
                  Letters.PASSWORD,
                  "code",
                  letters.code(key));
        });
    signIns(calls);
    account(calls);
    pages(calls);
    return calls;
  }

  private void signIns(Map<String, Call> calls) {
    calls.put(
        "POST /my/account/sign-in",
        () -> {
          String email = email();
          letters.holder(letter, email);
          TestSession browser = users.anonymous();
          browser.get("/my/account/sign-in");
          return () -> password(browser, email);
        });
    calls.put(
        "GET /my/account/code",
        () -> {
          String email = email();
          letters.holder(letter, email);
          TestSession browser = half(email);
          return () -> browser.get("/my/account/code");
        });
    calls.put(
        "POST /my/account/code",
        () -> {
          String email = email();
          TestSession guest = guest();
          byte[] key = Letters.key(guest.get("/my/account/new").body());
          guest.post(
              "/my/account/new",
              "email",
              email,
              "password",
              Letters.PASSWORD,
              "code",
              letters.code(key));
          letters.execute("update patient_login set totp_last_step = 0");
          TestSession browser = half(email);
          browser.get("/my/account/code");
          return () -> browser.post("/my/account/code", "code", letters.code(key));
        });
  }

  private void account(Map<String, Call> calls) {
    calls.put("GET /my/account", () -> holding(browser -> browser.get("/my/account")));
    calls.put(
        "POST /my/account/bills",
        () -> holding(browser -> browser.post("/my/account/bills", other.fields())));
    calls.put(
        "POST /my/account/choose",
        () ->
            holding(
                browser ->
                    browser.post("/my/account/choose", "account", letter.accountId().toString())));
    calls.put(
        "POST /my/account/password",
        () ->
            holding(
                browser ->
                    browser.post(
                        "/my/account/password",
                        "current",
                        Letters.PASSWORD,
                        "password",
                        "another long walk to a mill")));
    calls.put(
        "POST /my/account/remove",
        () ->
            holding(
                browser -> browser.post("/my/account/remove", "remove-current", Letters.PASSWORD)));
  }

  /** A patient at their own pages. */
  private void pages(Map<String, Call> calls) {
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
    String key = Call.key();
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
                    "/my/plan", "parts", "3", "first", today, "owed", "16898", "key", Call.key()));
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
              database
                  .column(
                      "select id::text from patient_request where practice_id = ?",
                      story.books.practice)
                  .get(0);
          return () -> tansy.post("/my/requests/" + request + "/withdraw");
        });
    calls.put(
        "POST /my/settings",
        () -> () -> tansy.post("/my/settings", "way", "paper", "language", "es"));
  }

  /** By somebody who has made a sign-in, and looks at its page. */
  private Supplier<HttpResponse<String>> holding(Function<TestSession, HttpResponse<String>> call) {
    TestSession holder = letters.holder(letter, email());
    holder.get("/my/account");
    return () -> call.apply(holder);
  }

  private TestSession guest() {
    TestSession guest = letters.guest(letter);
    guest.get("/my/account/new");
    return guest;
  }

  private static HttpResponse<String> password(TestSession browser, String email) {
    return browser.post("/my/account/sign-in", "email", email, "password", Letters.PASSWORD);
  }

  private TestSession half(String email) {
    TestSession browser = users.anonymous();
    browser.get("/my/account/sign-in");
    password(browser, email);
    return browser;
  }

  private static String email() {
    return "caller" + COUNT.incrementAndGet() + "@example.org";
  }
}
