package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.openrcm.identity.OneTimeLinks;
import org.openrcm.identity.Practices;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.springframework.context.ApplicationContext;

/** Calls by which people come in, and those about people and programs. */
final class SignInCalls {
  private final TestUsers users;
  private final Practices practices;
  private final Staff staff;
  private final OneTimeLinks links;
  private final UUID practice;
  private final TestSession session;

  SignInCalls(ApplicationContext server, UUID practice, TestSession session) {
    users = server.getBean(TestUsers.class);
    practices = server.getBean(Practices.class);
    staff = server.getBean(Staff.class);
    links = server.getBean(OneTimeLinks.class);
    this.practice = practice;
    this.session = session;
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    signIns(calls);
    people(calls);
    return calls;
  }

  private void signIns(Map<String, Call> calls) {
    calls.put(
        "POST /sign-in",
        () -> {
          TestUsers.Person somebody = users.person(practice, Role.POSTER);
          TestSession at = users.anonymous();
          at.get("/sign-in");
          return () -> password(at, somebody);
        });
    calls.put(
        "GET /sign-in/code",
        () -> {
          TestSession at = half(users.person(practice, Role.POSTER));
          return () -> at.get("/sign-in/code");
        });
    calls.put(
        "POST /sign-in/code",
        () -> {
          TestUsers.Person somebody = users.person(practice, Role.POSTER);
          TestSession at = half(somebody);
          at.get("/sign-in/code");
          String code = users.code(somebody);
          return () -> at.post("/sign-in/code", "code", code);
        });
    calls.put(
        "GET /sign-in/link",
        () -> {
          String token = link();
          return () -> users.anonymous().get("/sign-in/link?token=" + token);
        });
    calls.put(
        "POST /sign-in/link",
        () -> {
          String token = link();
          TestSession at = users.anonymous();
          at.get("/sign-in/link?token=" + token);
          return () -> at.post("/sign-in/link", "token", token);
        });
    calls.put(
        "GET /welcome",
        () -> {
          TestSession at = invited();
          return () -> at.get("/welcome");
        });
    calls.put(
        "POST /welcome",
        () -> {
          TestSession at = invited();
          String code = codeOfPage(at.get("/welcome").body());
          return () -> at.post("/welcome", "password", TestUsers.PASSWORD, "code", code);
        });
    calls.put(
        "POST /sign-out",
        () -> {
          TestSession at = users.signedIn(practice, Role.POSTER);
          at.get("/me");
          return () -> at.post("/sign-out");
        });
    calls.put(
        "POST /oauth2/token",
        () -> {
          var program = users.client(practice, "system/*.rs");
          return () -> users.askForToken(program, "system/*.rs");
        });
    calls.put(
        "POST /practice",
        () -> {
          TestUsers.Person both = users.person(practice, Role.POSTER);
          UUID other = users.practice("Another");
          users.grant(both.id(), other, Role.POSTER);
          TestSession at = users.signIn(both);
          String wanted = at.get("/me").body().contains(">Another<") ? "Another" : "On record";
          at.get("/me");
          UUID to = wanted.equals("Another") ? other : practice;
          return () -> at.post("/practice", "practice", to.toString());
        });
  }

  private HttpResponse<String> password(TestSession at, TestUsers.Person somebody) {
    return at.post("/sign-in", "email", somebody.email(), "password", TestUsers.PASSWORD);
  }

  private TestSession half(TestUsers.Person somebody) {
    TestSession at = users.anonymous();
    at.get("/sign-in");
    password(at, somebody);
    return at;
  }

  private UUID newcomer() {
    return staff.create(UUID.randomUUID() + "@example.org", "Newcomer");
  }

  /** Of the made-up practice, where a link is all that it takes. */
  private String link() {
    UUID madeUp = practices.create("Made up", true);
    UUID newcomer = newcomer();
    users.grant(newcomer, madeUp, Role.POSTER);
    return links.create(newcomer, Duration.ofHours(1));
  }

  private TestSession invited() {
    UUID newcomer = newcomer();
    users.grant(newcomer, practice, Role.POSTER);
    String token = links.create(newcomer, Duration.ofHours(1));
    TestSession at = users.anonymous();
    at.get("/sign-in/link?token=" + token);
    at.post("/sign-in/link", "token", token);
    return at;
  }

  private static String codeOfPage(String page) {
    Matcher key = Pattern.compile("by hand: <code>([A-Z2-7 ]+)</code>").matcher(page);
    assertThat(key.find()).as("a key on the page").isTrue();
    try {
      TimeBasedOneTimePasswordGenerator app = new TimeBasedOneTimePasswordGenerator();
      byte[] secret = new Base32().decode(key.group(1).replace(" ", ""));
      return app.generateOneTimePasswordString(
          new SecretKeySpec(secret, app.getAlgorithm()), Instant.now(), Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void people(Map<String, Call> calls) {
    calls.put(
        "POST /me/password",
        () -> {
          TestSession at = users.signedIn(practice, Role.POSTER);
          String next = "another long walk to a mill";
          return () -> at.post("/me/password", "current", TestUsers.PASSWORD, "password", next);
        });
    calls.put(
        "POST /me/code",
        () -> {
          TestSession at = users.signedIn(practice, Role.POSTER);
          String code = codeOfPage(at.get("/me").body());
          return () -> at.post("/me/code", "code-current", TestUsers.PASSWORD, "code", code);
        });
    calls.put(
        "POST /people",
        () ->
            () -> {
              String email = UUID.randomUUID() + "@example.org";
              return session.post("/people", "name", "Ana", "email", email, "role", "poster");
            });
    for (String act : List.of("roles", "disable", "invite")) {
      calls.put(
          "POST /people/{id}/" + act,
          () -> {
            UUID other = users.person(practice, Role.BILLER).id();
            return () -> session.post("/people/" + other + "/" + act, "role", "poster");
          });
    }
    calls.put(
        "POST /clients",
        () -> () -> session.post("/clients", "name", "New", "scope", "system/files.read"));
    calls.put(
        "POST /clients/{id}/revoke",
        () -> {
          UUID program = users.client(practice, "system/files.read").id();
          return () -> session.post("/clients/" + program + "/revoke");
        });
  }
}
