package org.openrcm;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.openrcm.audit.Actor;
import org.openrcm.identity.ApiClients;
import org.openrcm.identity.Memberships;
import org.openrcm.identity.Practices;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.identity.TestAuthenticators;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Makes practices, people and programs for tests, and signs them in the way they sign in
 * themselves. A bean of the server under test: {@code @Autowired private TestUsers users}.
 *
 * <pre>
 * UUID practice = users.practice("Larkfield");
 * TestSession poster = users.signedIn(practice, Role.POSTER);
 * poster.get("/files").body();
 * TestApi program = users.api(practice, "system/*.rs", "system/files.write");
 * program.get("/fhir/Patient").body();
 * </pre>
 */
@Component
@Lazy
public final class TestUsers {
  /** Of all people that are made here. */
  public static final String PASSWORD = "a long walk to the mill";

  private static final byte[] SECRET =
      "twenty bytes, no more".substring(0, 20).getBytes(StandardCharsets.US_ASCII);
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  /**
   * By a small Argon2: the real one takes a tenth of a second for each of thousands of sign-ins.
   */
  private static final String PASSWORD_HASH =
      new Argon2PasswordEncoder(16, 32, 1, 64, 1).encode(PASSWORD);

  private final Practices practices;
  private final Staff staff;
  private final Memberships memberships;
  private final ApiClients clients;
  private final TestDatabase database;
  private final Clock clock;
  private final Environment environment;

  TestUsers(
      Practices practices,
      Staff staff,
      Memberships memberships,
      ApiClients clients,
      TestDatabase database,
      Clock clock,
      Environment environment) {
    this.practices = practices;
    this.staff = staff;
    this.memberships = memberships;
    this.clients = clients;
    this.database = database;
    this.clock = clock;
    this.environment = environment;
  }

  /** Somebody who can sign in with {@link #PASSWORD} and a code. */
  public record Person(UUID id, String email, String name) {}

  /** Where the server under test listens. */
  public URI address() {
    return URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port"));
  }

  /** A new practice of its own. */
  public UUID practice(String name) {
    return practices.create(name, false);
  }

  /** Waits until nothing of the practice is left to be done in the background. */
  public void settled(UUID practice) {
    long start = System.nanoTime();
    try (Connection connection = database.asSuperuser();
        PreparedStatement left =
            connection.prepareStatement("select from job where practice_id = ? limit 1")) {
      left.setObject(1, practice);
      while (left.executeQuery().next()) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new AssertionError("jobs are still waiting");
        }
        Thread.sleep(10);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As if no account and no entry had been made of what was loaded: for tests that make them. */
  public void forgetWhatFollowed(UUID practice) {
    settled(practice);
    try (Connection connection = database.asSuperuser();
        Statement statement = connection.createStatement()) {
      // without its triggers, which even a superuser cannot pass by otherwise
      statement.execute("set session_replication_role = replica");
      for (String table :
          List.of(
              "journal_line",
              "journal_entry",
              "ledger_total",
              "journal_batch",
              "claim_owing",
              "claim_owing_mark",
              "account_change",
              "account_correction",
              "account_coverage",
              "account_claim",
              "account_word",
              "account_identity",
              "account")) {
        statement.execute("delete from %s where practice_id = '%s'".formatted(table, practice));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new person with these roles, who is ready to sign in. */
  public Person person(UUID practice, Role... roles) {
    return person(practice, "Person " + COUNT.incrementAndGet(), roles);
  }

  /** A new person of this name. */
  public Person person(UUID practice, String name, Role... roles) {
    String email = "person" + COUNT.incrementAndGet() + "@example.org";
    UUID id = staff.create(email, name);
    sql("update staff set password_hash = ? where id = ?", PASSWORD_HASH, id);
    TestAuthenticators.keep(staff, id, SECRET);
    for (Role role : roles) {
      grant(id, practice, role);
    }
    return new Person(id, email, name);
  }

  /** Somebody with these roles, for code that asks who acts; they are on no list of staff. */
  public static Actor actor(UUID practice, String name, Role... roles) {
    return actor(practice, new Person(UUID.randomUUID(), "", name), roles);
  }

  /** A person as the one who acts, with these roles. */
  public static Actor actor(UUID practice, Person person, Role... roles) {
    return new Actor(
        Actor.Kind.STAFF,
        person.id(),
        person.name(),
        Arrays.stream(roles).map(Role::code).collect(Collectors.toSet()),
        practice,
        Actor.PAYMENT,
        null,
        "test");
  }

  public void grant(UUID person, UUID practice, Role role) {
    Actor.job("test", practice).run(() -> memberships.grant(person, practice, role));
  }

  /** The code that the person's authenticator shows now; it can be used at once, and once. */
  public String code(Person person) {
    sql("update staff set totp_last_step = 0 where id = ?", person.id());
    return codeNow();
  }

  /** The code of now, also when it was used before. */
  public String codeNow() {
    try {
      TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
      return generator.generateOneTimePasswordString(
          new SecretKeySpec(SECRET, generator.getAlgorithm()), clock.instant(), Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A browser that nobody has signed in with. */
  public TestSession anonymous() {
    return new TestSession(address());
  }

  /** A new person with these roles, signed in with password and code. */
  public TestSession signedIn(UUID practice, Role... roles) {
    return signIn(person(practice, roles));
  }

  /** Signs in with password and code. */
  public TestSession signIn(Person person) {
    return signIn(person, address());
  }

  /** Signs in at another instance of the server. */
  public TestSession signIn(Person person, URI address) {
    TestSession session = new TestSession(address);
    session.get("/sign-in");
    HttpResponse<String> half =
        session.post("/sign-in", "email", person.email(), "password", PASSWORD);
    expect(half, "/sign-in/code");
    session.get("/sign-in/code");
    HttpResponse<String> whole = session.post("/sign-in/code", "code", code(person));
    expect(whole, "/");
    return session;
  }

  private static void expect(HttpResponse<String> response, String path) {
    if (!response.headers().firstValue("Location").orElse("").endsWith(path)) {
      throw new AssertionError(
          "sign-in answers "
              + response.statusCode()
              + " "
              + response.headers().firstValue("Location").orElse(response.body()));
    }
  }

  /** A new program of the practice. */
  public ApiClients.Credentials client(UUID practice, String... scopes) {
    return Actor.job("test", practice)
        .call(() -> clients.create("Program " + COUNT.incrementAndGet(), List.of(scopes)));
  }

  /** A token of a new program of the practice, asked for all of these scopes. */
  public String token(UUID practice, String... scopes) {
    HttpResponse<String> response = askForToken(client(practice, scopes), String.join(" ", scopes));
    Matcher token = TOKEN.matcher(response.body());
    if (!token.find()) {
      throw new AssertionError("no token: " + response.statusCode() + " " + response.body());
    }
    return token.group(1);
  }

  /** What the token endpoint answers. */
  public HttpResponse<String> askForToken(ApiClients.Credentials client, String scope) {
    return askForToken(address(), client, scope);
  }

  /** What the token endpoint of another instance of the server answers. */
  public HttpResponse<String> askForToken(
      URI address, ApiClients.Credentials client, String scope) {
    String credentials =
        Base64.getEncoder()
            .encodeToString(
                (client.clientId() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8));
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(address.resolve("/oauth2/token"))
                  .header("Authorization", "Basic " + credentials)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "grant_type=client_credentials&scope="
                              + URLEncoder.encode(scope, StandardCharsets.UTF_8)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new program of the practice with a token for these scopes. */
  public TestApi api(UUID practice, String... scopes) {
    return new TestApi(address(), token(practice, scopes));
  }

  private void sql(String statement, Object... parameters) {
    try (Connection connection = database.asSuperuser();
        PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < parameters.length; i++) {
        prepared.setObject(i + 1, parameters[i]);
      }
      prepared.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
