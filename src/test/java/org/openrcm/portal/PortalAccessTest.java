package org.openrcm.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.portal.Letters.Letter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** How patients get in: by the code of a letter, and by a sign-in that they make with it. */
@ServerTest
@Import(MovableClock.InServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortalAccessTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;

  private Letters letters;
  private Letter letter;
  private Letter other;

  @BeforeAll
  void aPracticeSendsLetters() {
    letters = new Letters(server);
  }

  @BeforeEach
  void somebodyOpensALetter() {
    letters.forgetTries();
    if (letter == null || COUNT.get() == 0) {
      List<Letter> sent = letters.sent();
      letter = sent.get(0);
      other = sent.get(1);
    }
  }

  private static String email() {
    return "patient" + COUNT.incrementAndGet() + "@example.org";
  }

  private static String location(HttpResponse<?> answer) {
    return Letters.location(answer);
  }

  /** A page that every patient may see, whichever way they came. */
  private static boolean isIn(TestSession browser) {
    return List.of(200, 302).contains(browser.get("/my/account/new").statusCode());
  }

  private HttpResponse<String> password(TestSession browser, String email, String password) {
    browser.get("/my/account/sign-in");
    return browser.post("/my/account/sign-in", "email", email, "password", password);
  }

  @Test
  void aCodeAndABirthDateOpenTheBillAndThatIsOnRecord() {
    long before = letters.lastRow();
    TestSession guest = letters.guest(letter);
    assertThat(isIn(guest)).isTrue();
    assertThat(
            letters.column(
                "select actor_kind || ' ' || coalesce(actor_id::text, '-') || ' ' || roles || ' '"
                    + " || action || ' ' || subject_type || ' ' || subject_id || ' ' || purpose"
                    + " || ' ' || (patient_id is not null) from audit_event"
                    + " where id > ? and practice_id = ?",
                before,
                letter.practice()))
        .containsExactly(
            "PATIENT - patient SIGN_IN Account " + letter.accountId() + " PATRQT true");
  }

  @Test
  void aGuestSeesLessAndIsToldHowToSeeMore() {
    TestSession guest = letters.guest(letter);
    HttpResponse<String> answer = guest.get("/my/account");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/my/account/new");
  }

  @Test
  void aGuestIsOutAfterAnHourHoweverBusy() {
    TestSession guest = letters.guest(letter);
    for (int i = 0; i < 5; i++) {
      clock.move(Duration.ofMinutes(10));
      assertThat(isIn(guest)).as("after %d minutes", 10 * (i + 1)).isTrue();
    }
    clock.move(Duration.ofMinutes(10));
    assertThat(isIn(guest)).isFalse();
  }

  @Test
  void aPatientIsOutAfterAQuarterOfAnHourWithoutRequests() {
    TestSession holder = letters.holder(letter, email());
    clock.move(Duration.ofMinutes(14));
    assertThat(isIn(holder)).isTrue();
    clock.move(Duration.ofMinutes(15));
    assertThat(isIn(holder)).isFalse();
  }

  @Test
  void anOldCodeIsToldToWhoKnowsTheBirthDateAndToNobodyElse() {
    letters.execute("alter table statement disable trigger statement_stays");
    try {
      Letter old = letters.sent().get(0);
      letters.execute("update statement set issued_on = issued_on - 180 where id = ?", old.id());
      assertThat(letters.open(users.anonymous(), old.fields()).statusCode()).isEqualTo(302);
      letters.execute("update statement set issued_on = issued_on - 1 where id = ?", old.id());
      HttpResponse<String> known = letters.open(users.anonymous(), old.fields());
      assertThat(known.statusCode()).isEqualTo(401);
      assertThat(known.body()).contains("This code is too old");
      HttpResponse<String> guessed =
          letters.open(users.anonymous(), Letter.fields(old.code(), old.born().plusDays(1)));
      assertThat(guessed.body()).doesNotContain("too old").contains("We cannot open a bill");
    } finally {
      letters.execute("alter table statement enable trigger statement_stays");
    }
  }

  @Test
  void aNewerLetterReplacesTheOldCodeThirtyDaysLater() {
    letters.execute("alter table statement disable trigger statement_stays");
    try {
      Letter first = letters.sent().get(0);
      letters.execute("update statement set issued_on = issued_on - 60 where id = ?", first.id());
      Letter second = letters.next(first);
      assertThat(second.id()).isNotEqualTo(first.id());
      letters.execute("update statement set issued_on = issued_on - 30 where id = ?", second.id());
      assertThat(letters.open(users.anonymous(), first.fields()).statusCode()).isEqualTo(302);
      letters.execute("update statement set issued_on = issued_on - 1 where id = ?", second.id());
      assertThat(letters.open(users.anonymous(), first.fields()).body())
          .contains("This code is too old");
      assertThat(letters.open(users.anonymous(), second.fields()).statusCode()).isEqualTo(302);
    } finally {
      letters.execute("alter table statement enable trigger statement_stays");
    }
  }

  @Test
  void aSignInIsMadeAndUsedWithPasswordAndCode() {
    String email = email();
    TestSession guest = letters.guest(letter);
    byte[] key = Letters.key(guest.get("/my/account/new").body());
    long before = letters.lastRow();
    HttpResponse<String> made =
        guest.post(
            "/my/account/new",
            "email",
            email,
            "password",
            Letters.PASSWORD,
            "code",
            letters.code(key));
    assertThat(location(made)).isEqualTo("/my/account");
    assertThat(guest.get("/my/account").body())
        .contains("You have a sign-in now")
        .contains("Tansy Quillby");
    TestSession browser = users.anonymous();
    assertThat(location(password(browser, email, Letters.PASSWORD))).isEqualTo("/my/account/code");
    assertThat(location(browser.get("/my/account"))).isEqualTo("/my/sign-in");
    browser.get("/my/account/code");
    assertThat(browser.post("/my/account/code", "code", letters.code(key)).statusCode())
        .as("a code works once")
        .isEqualTo(401);
    clock.move(Duration.ofSeconds(30));
    assertThat(location(browser.post("/my/account/code", "code", letters.code(key))))
        .isEqualTo("/my/account");
    assertThat(browser.get("/my/account").statusCode()).isEqualTo(200);
    assertThat(
            letters.column(
                "select action || ' ' || subject_type from audit_event where id > ?"
                    + " and outcome = 0 and practice_id = ? and action <> 'VIEW' order by id",
                before,
                letter.practice()))
        .containsExactly("ADD PatientLogin", "SIGN_IN PatientPassword", "SIGN_IN PatientLogin");
  }

  @Test
  void fiveWrongPasswordsLockAndTheAnswerIsThatOfAnUnknownAddress() {
    String email = email();
    letters.holder(letter, email);
    long before = letters.lastRow();
    for (int i = 0; i < 5; i++) {
      assertThat(password(users.anonymous(), email, "wrong " + i).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> locked = password(users.anonymous(), email, Letters.PASSWORD);
    assertThat(locked.statusCode()).isEqualTo(401);
    HttpResponse<String> unknown = password(users.anonymous(), email(), Letters.PASSWORD);
    String fresh = "(name=\"_csrf\" |name=\"email\" )?value=\"[^\"]*\"";
    assertThat(locked.body().replaceAll(fresh, "")).isEqualTo(unknown.body().replaceAll(fresh, ""));
    assertThat(letters.refusals(letter.practice(), before))
        .hasSize(6)
        .endsWith("PatientLogin: locked after too many wrong attempts");
    assertThat(letters.refusals(null, before)).containsExactly("PatientLogin: unknown address");
    clock.move(Duration.ofMinutes(15));
    assertThat(location(password(users.anonymous(), email, Letters.PASSWORD)))
        .isEqualTo("/my/account/code");
  }

  @Test
  void theAddressIsKeptAsAHashAlone() {
    String email = email();
    letters.holder(letter, email);
    assertThat(
            letters.column(
                "select encode(email_hash, 'hex') from patient_login where email_hash ="
                    + " sha256(convert_to(?, 'UTF8'))",
                email))
        .hasSize(1);
    assertThat(letters.column("select l::text from patient_login l where l::text like '%@%'"))
        .isEmpty();
  }

  @Test
  void aWeakPasswordAnAddressThatIsNoneAndAWrongCodeAreToldAtTheirFields() {
    TestSession guest = letters.guest(letter);
    guest.get("/my/account/new");
    HttpResponse<String> answer =
        guest.post("/my/account/new", "email", "nobody", "password", "short", "code", "1");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("id=\"email-error\"", "id=\"password-error\"", "id=\"code-error\"")
        .contains("Use at least 12 characters");
    guest.get("/my/account/new");
    assertThat(
            guest
                .post(
                    "/my/account/new",
                    "email",
                    email(),
                    "password",
                    "Tansy Quillby 1984",
                    "code",
                    "1")
                .body())
        .contains("This is easy to guess");
  }

  @Test
  void aForgottenPasswordIsRenewedByACodeAndOpensThatBillAlone() {
    String email = email();
    TestSession holder = letters.holder(letter, email);
    holder.get("/my/account");
    assertThat(location(holder.post("/my/account/bills", other.fields()))).isEqualTo("/my/account");
    assertThat(holder.get("/my/account").body()).contains("Tansy Quillby", "Odran Fernwick");
    long before = letters.lastRow();
    TestSession again = letters.guest(letter);
    byte[] key = Letters.key(again.get("/my/account/new").body());
    HttpResponse<String> renewed =
        again.post(
            "/my/account/new",
            "email",
            email.toUpperCase(java.util.Locale.ROOT),
            "password",
            "another walk, to the bakery",
            "code",
            letters.code(key));
    assertThat(location(renewed)).isEqualTo("/my/account");
    assertThat(again.get("/my/account").body())
        .contains("Your sign-in has a new password and a new app", "a code from a bill was used")
        .contains("Tansy Quillby")
        .doesNotContain("Odran Fernwick");
    assertThat(isIn(holder)).as("sessions of before are over").isFalse();
    assertThat(password(users.anonymous(), email, Letters.PASSWORD).statusCode()).isEqualTo(401);
    assertThat(
            letters.column(
                "select action || ' ' || subject_type || ' ' || actor_kind from audit_event"
                    + " where id > ? and action = 'CHANGE' and practice_id = ?",
                before,
                letter.practice()))
        .containsExactly("CHANGE PatientLogin PATIENT");
  }

  @Test
  void anAddressWhoseSignInDoesNotOpenTheBillIsNotTakenOver() {
    String email = email();
    TestSession holder = letters.holder(letter, email);
    TestSession thief = letters.guest(other);
    byte[] key = Letters.key(thief.get("/my/account/new").body());
    HttpResponse<String> answer =
        thief.post(
            "/my/account/new",
            "email",
            email,
            "password",
            Letters.PASSWORD + "!",
            "code",
            letters.code(key));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("This address has a sign-in already");
    assertThat(isIn(holder)).isTrue();
    assertThat(location(password(users.anonymous(), email, Letters.PASSWORD)))
        .isEqualTo("/my/account/code");
  }

  @Test
  void aSecondBillIsAddedByItsCodeAndChosen() {
    Letter elsewhere = letters.sent().get(1);
    TestSession holder = letters.holder(letter, email());
    holder.get("/my/account");
    HttpResponse<String> wrong =
        holder.post(
            "/my/account/bills", Letter.fields(elsewhere.code(), elsewhere.born().plusDays(1)));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("We cannot open a bill").doesNotContain("Odran Fernwick");
    assertThat(location(holder.post("/my/account/bills", elsewhere.fields())))
        .isEqualTo("/my/account");
    assertThat(shown(holder)).isEqualTo("Odran Fernwick");
    long before = letters.lastRow();
    assertThat(
            location(holder.post("/my/account/choose", "account", letter.accountId().toString())))
        .isEqualTo("/my");
    assertThat(shown(holder)).isEqualTo("Tansy Quillby");
    assertThat(
            letters.column(
                "select practice_id::text from audit_event where id > ? and action = 'PRIVILEGE'",
                before))
        .containsExactly(letter.practice().toString());
  }

  private static String shown(TestSession holder) {
    return holder
        .get("/my/account")
        .body()
        .replaceAll("(?s).*<strong>([^<]+)</strong>(?:(?!<strong>).)*class=\"shown\".*", "$1");
  }

  @Test
  void aPasswordIsChangedWithTheOneOfNowAndOtherSessionsEnd() {
    String email = email();
    TestSession holder = letters.holder(letter, email);
    holder.get("/my/account");
    assertThat(
            holder
                .post("/my/account/password", "current", "wrong", "password", "whatever it takes")
                .statusCode())
        .isEqualTo(422);
    assertThat(
            location(
                holder.post(
                    "/my/account/password",
                    "current",
                    Letters.PASSWORD,
                    "password",
                    "whatever it takes")))
        .isEqualTo("/my/account");
    assertThat(holder.get("/my/account").body()).contains("Your password was changed");
    assertThat(password(users.anonymous(), email, Letters.PASSWORD).statusCode()).isEqualTo(401);
    assertThat(location(password(users.anonymous(), email, "whatever it takes")))
        .isEqualTo("/my/account/code");
  }

  @Test
  void aSignInIsRemovedAndItsAddressIsFree() {
    String email = email();
    TestSession holder = letters.holder(letter, email);
    holder.get("/my/account");
    assertThat(location(holder.post("/my/account/remove", "remove-current", Letters.PASSWORD)))
        .isEqualTo("/my/sign-in");
    assertThat(holder.get("/my/sign-in").body()).contains("Your sign-in was removed");
    assertThat(isIn(holder)).isFalse();
    assertThat(password(users.anonymous(), email, Letters.PASSWORD).statusCode()).isEqualTo(401);
    letters.holder(letter, email);
  }

  @Test
  void signingOutEndsIt() {
    TestSession guest = letters.guest(letter);
    guest.get("/my/account/new");
    var cookie = guest.cookie().orElseThrow();
    assertThat(location(guest.post("/my/sign-out"))).isEqualTo("/my/sign-in");
    HttpResponse<String> answer =
        users
            .anonymous()
            .send(
                java.net.http.HttpRequest.newBuilder(users.address().resolve("/my/account/new"))
                    .header("Cookie", cookie.getName() + "=" + cookie.getValue()));
    assertThat(location(answer)).isEqualTo("/my/sign-in");
  }

  @Test
  void theSessionsIdChangesAtTheSignIn() {
    TestSession browser = users.anonymous();
    browser.get("/my/sign-in");
    String before = browser.cookie().orElseThrow().getValue();
    letters.open(browser, letter.fields());
    assertThat(browser.cookie().orElseThrow().getValue()).isNotEqualTo(before);
  }

  @Test
  void patientsAndTheOfficeOpenNothingOfEachOther() {
    TestSession guest = letters.guest(letter);
    for (String page : List.of("/", "/accounts", "/accounts/" + letter.accountId(), "/me")) {
      assertThat(location(guest.get(page))).as(page).isEqualTo("/sign-in");
    }
    assertThat(guest.get("/fhir/Patient").statusCode()).isEqualTo(401);
    assertThat(isIn(guest)).isTrue();
    TestSession office = users.signedIn(letter.practice(), Role.values());
    assertThat(location(office.get("/my/account"))).isEqualTo("/my/sign-in");
    assertThat(office.get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void whoSignsInForTheOfficeInAPatientsBrowserIsNoPatientAnyMore() {
    TestSession browser = letters.guest(letter);
    TestUsers.Person person = users.person(letter.practice(), Role.POSTER);
    browser.get("/sign-in");
    browser.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    browser.get("/sign-in/code");
    browser.post("/sign-in/code", "code", users.code(person));
    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    assertThat(isIn(browser)).isFalse();
    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    letters.open(browser, letter.fields());
    assertThat(isIn(browser)).isTrue();
    assertThat(location(browser.get("/me"))).isEqualTo("/sign-in");
  }

  @Test
  void whoWasOnTheWaySomewhereGetsThereAndNowhereElse() {
    TestSession browser = users.anonymous();
    browser.get("/my/account/new");
    assertThat(location(letters.open(browser, letter.fields()))).isEqualTo("/my/account/new");
  }

  @Test
  void theLanguageIsThatOfTheBrowserUntilAnotherOneIsChosen() {
    TestSession browser = users.anonymous();
    HttpResponse<String> spanish =
        browser.send(
            browser.request("/my/sign-in").header("Accept-Language", "fr, es-MX;q=0.8, en;q=0.5"));
    assertThat(spanish.body())
        .contains("<html lang=\"es\"")
        .contains("Vea y pague su factura")
        .contains("English");
    HttpResponse<String> chosen =
        browser.post("/my/language", "language", "en", "back", "/my/account/sign-in");
    assertThat(location(chosen)).isEqualTo("/my/account/sign-in");
    assertThat(browser.send(browser.request("/my/sign-in").header("Accept-Language", "es")).body())
        .contains("<html lang=\"en\"");
    for (String away : List.of("https://example.org", "//example.org", "/my/../people", "/me")) {
      browser.get("/my/sign-in");
      assertThat(location(browser.post("/my/language", "language", "es", "back", away)))
          .as(away)
          .isEqualTo("/my");
    }
  }

  @Test
  void aFormThatWasOpenForLongerThanItsSessionBeginsAgain() {
    TestSession browser = users.anonymous();
    HttpResponse<String> answer =
        browser.send(
            browser
                .request("/my/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("code=x")));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/my/sign-in");
  }

  @Test
  void whatIsNotThereIsSaidInTheWordsOfPatients() {
    TestSession guest = letters.guest(letter);
    HttpResponse<String> answer =
        guest.send(guest.request("/my/" + UUID.randomUUID()).header("Accept", "text/html"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("This page cannot be shown")
        .doesNotContain("Your roles in this practice");
  }

  @Test
  void theApplicationCannotLeadACodeAnywhere() {
    assertThat(
            letters.column(
                "select has_table_privilege('openrcm_app', 'statement_code', 'insert')::text"
                    + " || has_table_privilege('openrcm_app', 'statement_code', 'update')::text"))
        .containsExactly("falsefalse");
  }
}
