package org.openrcm.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.portal.Letters.Letter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** What somebody meets who tries codes and birth dates that are not theirs. */
@ServerTest
@Import(MovableClock.InServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuessedCodesTest {
  private static final String UNKNOWN = "22222-33333";

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;

  private Letters letters;
  private Letter letter;
  private Letter other;

  @BeforeAll
  void aPracticeSendsLetters() {
    letters = new Letters(server);
    List<Letter> sent = letters.sent();
    letter = sent.get(0);
    other = sent.get(1);
  }

  @BeforeEach
  void nothingWasTried() {
    letters.forgetTries();
  }

  private HttpResponse<String> tried(String code, LocalDate born) {
    return letters.open(users.anonymous(), Letter.fields(code, born));
  }

  private LocalDate wrong(int by) {
    return letter.born().plusDays(by);
  }

  /** Without what is typed, and what is new on each page. */
  private static String plain(HttpResponse<String> answer) {
    return answer
        .body()
        .replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "")
        .replaceAll("value=\"[0-9A-Za-z-]*\"", "");
  }

  @Test
  void anUnknownCodeAndAWrongBirthDateGetTheSameAnswer() {
    HttpResponse<String> unknown = tried(UNKNOWN, letter.born());
    HttpResponse<String> wrong = tried(letter.code(), wrong(1));
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(plain(wrong)).isEqualTo(plain(unknown)).contains("We cannot open a bill with this");
  }

  @Test
  void everyRefusalTakesItsTimeWhateverWasTyped() {
    for (String code : List.of(UNKNOWN, letter.code())) {
      letters.open(users.anonymous(), Letter.fields(code, wrong(1)));
      long begun = System.nanoTime();
      tried(code, wrong(1));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(CodeSignIn.SLOWEST);
    }
  }

  @Test
  void eachRefusalIsOnTheRecordOfThePracticeThatItConcerns() {
    long before = letters.lastRow();
    tried(UNKNOWN, letter.born());
    tried(letter.code(), wrong(1));
    tried(other.code(), letter.born());
    assertThat(letters.refusals(letter.practice(), before))
        .containsExactly("Statement: wrong birth date", "Statement: wrong birth date");
    assertThat(letters.refusals(null, before)).containsExactly("StatementCode: unknown code");
  }

  @Test
  void aCodeIsLockedForAnHourAfterFiveWrongBirthDatesAndTheRightOneIsRefusedToo() {
    for (int i = 1; i <= 5; i++) {
      assertThat(tried(letter.code(), wrong(i)).statusCode()).isEqualTo(401);
    }
    long before = letters.lastRow();
    HttpResponse<String> locked = tried(letter.code(), letter.born());
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValue("Retry-After")).contains("3600");
    assertThat(locked.body()).contains("Too many tries").contains("stop here for an hour");
    assertThat(letters.refusals(letter.practice(), before))
        .containsExactly("Statement: locked after too many wrong tries");
    assertThat(tried(other.code(), other.born()).statusCode()).isEqualTo(302);
    clock.move(Duration.ofHours(1));
    assertThat(tried(letter.code(), letter.born()).statusCode()).isEqualTo(302);
  }

  @Test
  void aCodeThatDoesNotExistIsLockedInTheSameWay() {
    for (int i = 1; i <= 5; i++) {
      assertThat(tried(UNKNOWN, wrong(i)).statusCode()).isEqualTo(401);
      assertThat(tried(letter.code(), wrong(i)).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> unknown = tried(UNKNOWN, letter.born());
    HttpResponse<String> known = tried(letter.code(), letter.born());
    assertThat(unknown.statusCode()).isEqualTo(429);
    assertThat(plain(unknown)).isEqualTo(plain(known));
  }

  @Test
  void patienceDoesNotHelp() {
    for (int hour = 0; hour < 5; hour++) {
      for (int i = 0; i < 4; i++) {
        assertThat(tried(letter.code(), wrong(1 + hour * 4 + i)).statusCode()).isEqualTo(401);
      }
      clock.move(Duration.ofHours(1));
    }
    assertThat(tried(letter.code(), letter.born()).statusCode()).isEqualTo(429);
  }

  @Test
  void anAddressIsLockedThatTriesManyCodes() {
    for (int i = 0; i < 20; i++) {
      String code = "2222%c-44444".formatted("23456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(i));
      assertThat(tried(code, letter.born()).statusCode()).as(code).isEqualTo(401);
    }
    assertThat(tried(UNKNOWN, letter.born()).statusCode()).isEqualTo(429);
    assertThat(tried(letter.code(), letter.born()).statusCode()).isEqualTo(429);
    clock.move(Duration.ofHours(1));
    assertThat(tried(letter.code(), letter.born()).statusCode()).isEqualTo(302);
  }

  @Test
  void aPracticeWithTooManyWrongTriesAnswersAsIfTheyWereWrongAndOthersGoOn() {
    tried(letter.code(), wrong(1));
    letters.execute(
        "update code_tries set tries = 100 where kind = 'PRACTICE' and key <>"
            + " sha256('none'::bytea)");
    long before = letters.lastRow();
    HttpResponse<String> right = tried(letter.code(), letter.born());
    assertThat(right.statusCode()).isEqualTo(401);
    assertThat(plain(right)).isEqualTo(plain(tried(UNKNOWN, letter.born())));
    assertThat(letters.refusals(letter.practice(), before))
        .containsExactly("Statement: locked after too many wrong tries in the practice");
    Letter elsewhere = letters.sent().get(0);
    assertThat(tried(elsewhere.code(), elsewhere.born()).statusCode()).isEqualTo(302);
  }

  @Test
  void manyAtOnceGetNoMoreTriesThanOneAfterTheOther() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> guesses = new ArrayList<>();
      for (int i = 1; i <= 16; i++) {
        LocalDate guess = wrong(i);
        guesses.add(() -> tried(letter.code(), guess).statusCode());
      }
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : pool.invokeAll(guesses)) {
        answers.add(answer.get());
      }
      assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
      assertThat(answers).filteredOn(status -> status == 429).hasSize(11);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatIsRightCountsForNothing() {
    for (int i = 0; i < 25; i++) {
      assertThat(tried(letter.code(), letter.born()).statusCode()).isEqualTo(302);
    }
    assertThat(letters.column("select kind from code_tries where tries > 0")).isEmpty();
  }

  @Test
  void whatCannotBeACodeOrADayIsToldAtItsFieldAndNotCounted() {
    HttpResponse<String> answer =
        letters.open(users.anonymous(), "code", "ABC", "month", "2", "day", "30", "year", "1980");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("id=\"code-error\"", "id=\"birth-error\"", "value=\"ABC\"", "value=\"1980\"");
    assertThat(letters.column("select kind from code_tries")).isEmpty();
  }

  @Test
  void aCodeIsTypedInAnyWay() {
    String typed = " " + letter.code().toLowerCase(java.util.Locale.ROOT).replace("-", " ");
    assertThat(tried(typed, letter.born()).statusCode()).isEqualTo(302);
  }

  @Test
  void whatIsCountedTellsNeitherCodeNorAddressNorPractice() {
    tried(letter.code(), wrong(1));
    assertThat(letters.column("select length(key)::text from code_tries"))
        .hasSize(Limit.values().length)
        .containsOnly("32");
    assertThat(letters.column("select distinct length(code_hash)::text from statement_code"))
        .containsExactly("32");
  }

  @Test
  void whatNoLongerCountsIsClearedAway() {
    tried(UNKNOWN, letter.born());
    letters.execute("update code_tries set since = since - interval '181 days'");
    tried("33333-22222", letter.born());
    assertThat(letters.column("select kind from code_tries")).hasSize(Limit.values().length);
  }
}
