package org.openrcm.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.springframework.context.ApplicationContext;

/** Statements that a practice sent, as they lie on the tables of its patients. */
public final class Letters {
  public static final String PASSWORD = "walking slowly to the mill";

  private static final Pattern KEY = Pattern.compile("<code>([A-Z2-7 ]+)</code>");
  private static final List<String> STORIES =
      List.of("discount-and-coinsurance", "deductible-takes-all");

  private final ApplicationContext server;
  private final TestUsers users;
  private final TestDatabase database;

  public Letters(ApplicationContext server) {
    this.server = server;
    this.users = server.getBean(TestUsers.class);
    this.database = server.getBean(TestDatabase.class);
  }

  /** What somebody has who opened one. */
  public record Letter(
      UUID practice, long account, UUID accountId, UUID id, String code, LocalDate born) {

    /** The fields of the form. */
    public String[] fields() {
      return fields(code, born);
    }

    public static String[] fields(String code, LocalDate born) {
      return new String[] {
        "code", code,
        "month", Integer.toString(born.getMonthValue()),
        "day", Integer.toString(born.getDayOfMonth()),
        "year", Integer.toString(born.getYear())
      };
    }
  }

  /** Those of a new practice: two patients, each with a statement of today. */
  public List<Letter> sent() {
    UUID practice = users.practice("Larkmoor Family Practice");
    TestBooks books = new TestBooks(server, practice);
    STORIES.forEach(books::loadCase);
    books.postAll();
    TestSession manager = users.signedIn(practice, Role.MANAGER);
    manager.get("/statements/policy");
    HttpResponse<String> saved =
        manager.post(
            "/statements/policy",
            "name",
            "Larkmoor Family Practice",
            "address",
            "12 Meadow Street\nLarkmoor VT 05999",
            "phone",
            "802 555 0100",
            "hours",
            "Monday to Friday, 8 am to 5 pm",
            "payPage",
            "pay.example.org/my",
            "minimum",
            "1.00",
            "interval",
            "1",
            "due",
            "21");
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
    for (String account :
        database.column(
            "select id::text from account where practice_id = ? order by number", practice)) {
      send(manager, account);
    }
    List<Letter> letters = of(practice);
    assertThat(letters).hasSize(STORIES.size());
    return letters;
  }

  private static void send(TestSession manager, String account) {
    manager.get("/accounts/" + account + "/statements");
    manager.post("/accounts/" + account + "/statements");
  }

  /** All that a practice has sent, the oldest first. */
  List<Letter> of(UUID practice) {
    try (Connection connection = database.asSuperuser();
        PreparedStatement query =
            connection.prepareStatement(
                "select s.account_number, a.id, s.id, s.content ->> 'code', a.birth_date"
                    + " from statement s join account a on a.practice_id = s.practice_id"
                    + " and a.number = s.account_number where s.practice_id = ?"
                    + " order by s.number")) {
      query.setObject(1, practice);
      List<Letter> letters = new ArrayList<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        letters.add(
            new Letter(
                practice,
                rows.getLong(1),
                rows.getObject(2, UUID.class),
                rows.getObject(3, UUID.class),
                rows.getString(4),
                rows.getObject(5, LocalDate.class)));
      }
      return letters;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends one more to the account of a letter. */
  Letter next(Letter letter) {
    send(users.signedIn(letter.practice(), Role.MANAGER), letter.accountId().toString());
    List<Letter> all =
        of(letter.practice()).stream().filter(each -> each.account() == letter.account()).toList();
    return all.get(all.size() - 1);
  }

  /** Types code and birth date into the page. */
  HttpResponse<String> open(TestSession browser, String... fields) {
    browser.get("/my/sign-in");
    return browser.post("/my/sign-in", fields);
  }

  /** Somebody who came by code and birth date. */
  public TestSession guest(Letter letter) {
    TestSession browser = users.anonymous();
    assertThat(location(open(browser, letter.fields()))).isEqualTo("/my");
    return browser;
  }

  /** Somebody who came by code, made a sign-in with this address, and has it open. */
  public TestSession holder(Letter letter, String email) {
    TestSession browser = guest(letter);
    String page = browser.get("/my/account/new").body();
    HttpResponse<String> made =
        browser.post(
            "/my/account/new", "email", email, "password", PASSWORD, "code", code(key(page)));
    assertThat(location(made)).as(made.body()).isEqualTo("/my/account");
    return browser;
  }

  /** The key of the authenticator app on a page. */
  static byte[] key(String page) {
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).as("a key on the page").isTrue();
    return new Base32().decode(key.group(1).replace(" ", ""));
  }

  /** What the app shows now that was set up with the key on a page. */
  public String code(String page) {
    return code(key(page));
  }

  /** What the app shows now. */
  String code(byte[] secret) {
    try {
      var app = new com.eatthepath.otp.TimeBasedOneTimePasswordGenerator();
      return app.generateOneTimePasswordString(
          new SecretKeySpec(secret, app.getAlgorithm()),
          server.getBean(Clock.class).instant(),
          Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets what was tried: all tests come from one address. */
  public void forgetTries() {
    execute("delete from code_tries");
  }

  void execute(String sql, Object... parameters) {
    try (Connection connection = database.asSuperuser();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> column(String sql, Object... parameters) {
    return database.column(sql, parameters);
  }

  /** Refused sign-ins on a practice's record, oldest first; of no practice with null. */
  List<String> refusals(UUID practice, long after) {
    return database.column(
        "select subject_type || ': ' || outcome_text from audit_event where outcome = 8"
            + " and practice_id is not distinct from ?::uuid and action = 'SIGN_IN' and id > ?"
            + " order by id",
        practice == null ? null : practice.toString(),
        after);
  }

  long lastRow() {
    return Long.parseLong(
        database.column("select coalesce(max(id), 0)::text from audit_event").get(0));
  }

  static String location(HttpResponse<?> response) {
    String there = response.headers().firstValue("Location").orElse("");
    return there.replaceFirst("^https?://[^/]+", "");
  }
}
