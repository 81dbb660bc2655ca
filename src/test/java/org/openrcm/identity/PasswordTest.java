package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What a password may be, and how it is kept (OWASP ASVS 5.0 6.2, 11.4.2). */
@ServerTest
class PasswordTest {
  private static final Pattern ARGON2 =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$[^$]+\\$[^$]+");

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private JdbcClient sql;
  @Autowired private PasswordEncoder passwords;

  private static HttpResponse<String> change(TestSession session, String current, String password) {
    session.get("/me");
    return session.post("/me/password", "current", current, "password", password);
  }

  private int firstStep(TestUsers.Person person, String password) {
    TestSession session = users.anonymous();
    session.get("/sign-in");
    return session.post("/sign-in", "email", person.email(), "password", password).statusCode();
  }

  /** OWASP ASVS 5.0 6.2.5, 6.2.8, 6.2.9: no character is left out, cut off or changed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "  blanks before and behind  ",
        "UPPER and lower Case Matter",
        "only lower letters here",
        "470193658220194",
        "\u00fcber den Wolken \u4e09\u56db\u4e94 \ud83d\ude00",
        "'; drop table staff; -- <b>&amp;%00",
        "seventy letters and more, for who has a program that keeps them 9"
      })
  void itIsTakenAsItWasTyped(String password) {
    TestUsers.Person person = users.person(users.practice("Typed"), Role.POSTER);
    assertThat(change(users.signIn(person), TestUsers.PASSWORD, password).statusCode())
        .isEqualTo(302);
    assertThat(firstStep(person, password)).isEqualTo(302);
    assertThat(firstStep(person, password.strip() + " x")).isEqualTo(401);
    if (!password.equals(password.strip())) {
      assertThat(firstStep(person, password.strip())).isEqualTo(401);
    }
    if (!password.equals(password.toLowerCase(Locale.ROOT))) {
      assertThat(firstStep(person, password.toLowerCase(Locale.ROOT))).isEqualTo(401);
    }
    assertThat(firstStep(person, password.substring(0, password.length() - 1))).isEqualTo(401);
  }

  /** OWASP ASVS 5.0 6.2.1, 6.2.11. */
  @Test
  void shortOnesAndGuessableOnesAreRefused() {
    TestUsers.Person person = users.person(users.practice("Weak"), Role.POSTER);
    TestSession session = users.signIn(person);
    for (String weak :
        List.of(
            "",
            "elevenchars",
            "x".repeat(201),
            "aaaaaaaaaaaa",
            "my OpenRCM at work",
            "PassWord of mine",
            person.email() + " 2026",
            "I am " + person.name() + "!")) {
      HttpResponse<String> answer = change(session, TestUsers.PASSWORD, weak);
      assertThat(answer.statusCode()).as(weak).isEqualTo(422);
      assertThat(answer.body()).as(weak).contains("password-error");
    }
    assertThat(firstStep(person, TestUsers.PASSWORD)).isEqualTo(302);
  }

  /** OWASP ASVS 5.0 6.2.3; and who has found a screen unlocked guesses five times at most. */
  @Test
  void itIsChangedByWhoKnowsTheOneOfNow() {
    TestUsers.Person person = users.person(users.practice("Current"), Role.POSTER);
    TestSession session = users.signIn(person);
    for (int i = 0; i < 5; i++) {
      assertThat(change(session, "a wrong guess " + i, "a new walk to the sea").statusCode())
          .isEqualTo(422);
    }
    assertThat(change(session, TestUsers.PASSWORD, "a new walk to the sea").statusCode())
        .as("locked")
        .isEqualTo(422);
    assertThat(Recorded.about(database, "Staff", person.id()))
        .endsWith("SIGN_IN 8 locked after too many wrong attempts");
  }

  /**
   * OWASP ASVS 5.0 11.4.2 and its appendix C: two passes over 19 MiB, or as much in another way.
   */
  @Test
  void itIsKeptByASlowHash() {
    TestUsers.Person person = users.person(users.practice("Hash"), Role.POSTER);
    change(users.signIn(person), TestUsers.PASSWORD, "a new walk to the sea");
    String kept =
        Recorded.rows(database, "select password_hash from staff where id = ?", person.id()).get(0);
    Matcher hash = ARGON2.matcher(kept);
    assertThat(hash.matches()).as(kept).isTrue();
    assertThat(Integer.parseInt(hash.group(1))).isGreaterThanOrEqualTo(19456);
    assertThat(Integer.parseInt(hash.group(2))).isGreaterThanOrEqualTo(2);
    // what an earlier version kept opens still
    String before =
        Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode("as it was before");
    sql.sql("update staff set password_hash = ? where id = ?").params(before, person.id()).update();
    assertThat(firstStep(person, "as it was before")).isEqualTo(302);
  }

  /** Or the time of an answer would tell who works here. */
  @Test
  void checkingForNobodyIsAsMuchWork() {
    String nobodys = SecurityConfiguration.hashOfNobody();
    assertThat(passwords.matches("", nobodys)).isFalse();
    assertThat(shape(nobodys)).isEqualTo(shape(passwords.encode("a long walk to the mill")));
  }

  /** All but the random parts, and how long these are. */
  private static String shape(String hash) {
    return hash.replaceAll("[$][^$]+[$][^$]+$", "") + " of " + hash.length();
  }
}
