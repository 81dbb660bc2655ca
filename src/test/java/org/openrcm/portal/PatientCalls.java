package org.openrcm.portal;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.portal.Letters.Letter;
import org.springframework.context.ApplicationContext;

/** One call of each of the patients' own endpoints, as somebody makes it who may. */
public final class PatientCalls {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestUsers users;
  private final Letters letters;
  private final Letter letter;
  private final Letter other;

  public PatientCalls(ApplicationContext server) {
    users = server.getBean(TestUsers.class);
    letters = new Letters(server);
    List<Letter> sent = letters.sent();
    letter = sent.get(0);
    other = sent.get(1);
  }

  /** By method and path: what makes the call, once what must come before it is done. */
  public Map<String, Supplier<Supplier<HttpResponse<String>>>> all() {
    Map<String, Supplier<Supplier<HttpResponse<String>>>> calls = new LinkedHashMap<>();
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
    return calls;
  }

  private void signIns(Map<String, Supplier<Supplier<HttpResponse<String>>>> calls) {
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

  private void account(Map<String, Supplier<Supplier<HttpResponse<String>>>> calls) {
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

  /** By somebody who has made a sign-in, and looks at its page. */
  private Supplier<HttpResponse<String>> holding(
      java.util.function.Function<TestSession, HttpResponse<String>> call) {
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
