package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Role by endpoint, generated from {@code rules/permissions.tsv}, which is read here in another way
 * than the gate does (OWASP ASVS 5.0 8.2.1, 8.3.1, 10.3.2): every cell is asked at the gate, and
 * what is forbidden to roles over HTTP too, where each refusal leaves a row (16.3.2).
 */
@ServerTest
class EveryRoleTest {
  private static final Path MATRIX = Path.of("src/main/resources/rules/permissions.tsv");

  /** By whom of the office {@code staff} is meant. */
  private static final Set<Role> OFFICE = EnumSet.complementOf(EnumSet.of(Role.PATIENT));

  private static final UUID PRACTICE = UUID.randomUUID();

  @Autowired private Gate gate;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  private record Row(String method, String path, Set<String> who, String record) {
    /** An address that falls under this row and no other. */
    String address() {
      return path.replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-0000")
          .replace("**", "Patient")
          .replace("*", "Patient");
    }

    boolean isOf(String... any) {
      return Arrays.stream(any).anyMatch(who::contains);
    }

    boolean isOfPatients() {
      return path.equals("/my") || path.startsWith("/my/");
    }
  }

  /** Who comes, and which rows are to be open then. */
  private record Caller(@Nullable Authentication who, Predicate<Row> mayOpen) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(MATRIX)) {
      String[] values = line.split("\t", -1);
      if (!line.startsWith("#") && !values[0].equals("method")) {
        rows.add(new Row(values[0], values[1], Set.of(values[2].split(" ")), values[3]));
      }
    }
    return rows;
  }

  private static StaffAuthentication staff(Set<Role> roles, Factor... shown) {
    Practice practice = new Practice(PRACTICE, "Larkfield", false);
    StaffMember.Work work = new StaffMember.Work(practice, roles);
    StaffMember person =
        new StaffMember(
            UUID.randomUUID(), "a@example.org", "A", true, null, null, 1, List.of(work));
    return new StaffAuthentication(
        person,
        work,
        Stream.of(shown)
            .map(
                factor ->
                    FactorGrantedAuthority.withAuthority(factor.authority())
                        .issuedAt(Instant.now())
                        .build())
            .toList());
  }

  private static PatientAuthentication patient(@Nullable UUID login) {
    return new PatientAuthentication(new SignedInPatient(PRACTICE, 1, login, "B"));
  }

  private static ClientAuthentication program(String scope) {
    ApiClient client =
        new ApiClient(
            UUID.randomUUID(), PRACTICE, "c", "C", "", List.of(scope), Instant.now(), null);
    return new ClientAuthentication(client, Set.of(scope));
  }

  private static Map<String, Caller> callers() {
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("nobody", new Caller(null, row -> false));
    for (Role role : Role.values()) {
      callers.put(
          role.code(),
          new Caller(
              staff(Set.of(role), Factor.PASSWORD, Factor.CODE),
              row -> OFFICE.contains(role) && row.isOf(role.code(), "staff")));
    }
    Set<Role> all = EnumSet.allOf(Role.class);
    for (Factor factor : List.of(Factor.PASSWORD, Factor.CODE)) {
      callers.put("with a " + factor + " alone", new Caller(staff(all, factor), row -> false));
    }
    callers.put("without any factor", new Caller(staff(all), row -> false));
    callers.put(
        "by the link of a made-up practice",
        new Caller(staff(Set.of(Role.POSTER), Factor.LINK), row -> row.isOf("poster", "staff")));
    callers.put("guest", new Caller(patient(null), row -> row.isOf("patient")));
    callers.put(
        "holder", new Caller(patient(UUID.randomUUID()), row -> row.isOf("patient", "holder")));
    for (String scope : Scopes.OFFERED) {
      callers.put(scope, new Caller(program(scope), row -> row.isOf("client", scope)));
    }
    return callers;
  }

  private boolean isOpen(String method, String address, @Nullable Authentication who) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, address);
    request.setRequestURI(address);
    return gate.authorize(() -> who, new RequestAuthorizationContext(request)).isGranted();
  }

  @Test
  void everyRoleOpensWhatItsRowsNameAndNothingElse() throws IOException {
    List<Row> rows = rows();
    Map<String, Caller> callers = callers();
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Row row : rows) {
      for (Map.Entry<String, Caller> each : callers.entrySet()) {
        boolean wanted = row.isOf("anyone") || each.getValue().mayOpen().test(row);
        Authentication who = each.getValue().who();
        asked++;
        if (isOpen(row.method(), row.address(), who) != wanted) {
          wrong.add(each.getKey() + (wanted ? " cannot " : " can ") + row);
        }
      }
    }
    System.out.println("EveryRoleTest: " + asked + " cells");
    assertThat(wrong).isEmpty();
    assertThat(asked)
        .isEqualTo(rows.size() * callers.size())
        .isGreaterThan(rows.size() * (Role.values().length + Scopes.OFFERED.size()));
    assertThat(callers).hasSizeGreaterThan(Role.values().length + Scopes.OFFERED.size());
  }

  /** What no row names is open to nobody, by whatever method. */
  @Test
  void whatNoRowNamesIsClosedToAll() throws IOException {
    Set<String> named = new TreeSet<>();
    List<Row> rows = rows();
    rows.forEach(row -> named.add(row.method() + " " + row.path()));
    for (Row row : rows) {
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")) {
        if (named.contains(method + " " + row.path()) || row.path().startsWith("/fhir/")) {
          continue;
        }
        for (Caller caller : callers().values()) {
          boolean open = isOpen(method, row.address(), caller.who());
          boolean other =
              rows.stream()
                  .anyMatch(
                      each ->
                          each.method().equals(method)
                              && matches(each.path(), row.address())
                              && (each.isOf("anyone") || caller.mayOpen().test(each)));
          assertThat(open).as("%s %s", method, row.address()).isEqualTo(other);
        }
      }
    }
  }

  private static boolean matches(String pattern, String address) {
    return PathPatternParser.defaultInstance
        .parse(pattern)
        .matches(PathContainer.parsePath(address));
  }

  @Test
  void everyScopeOpensWhatItsRowsName() throws IOException {
    for (Row row : rows()) {
      for (String named : row.who()) {
        if (named.startsWith("system/")) {
          assertThat(Scopes.OFFERED).as(row.toString()).contains(named);
          assertThat(isOpen(row.method(), row.address(), program(named))).isTrue();
        }
      }
    }
    for (String scope : Scopes.OFFERED) {
      assertThat(isOpen("GET", "/accounts", program(scope))).as(scope).isFalse();
      assertThat(isOpen("POST", "/people", program(scope))).as(scope).isFalse();
    }
  }

  /** OWASP ASVS 5.0 3.5.3. */
  @Test
  void nothingIsChangedByGet() throws IOException {
    for (Row row : rows()) {
      if (row.method().equals("GET")) {
        assertThat(row.record())
            .as(row.toString())
            .doesNotContainPattern("ADD|CHANGE|DELETE|PRIVILEGE|SIGN_IN|SIGN_OUT");
      }
    }
  }

  /**
   * Over HTTP, with forms of ours: each role alone at each row that is not its own is refused, and
   * the refusal is on the record of its practice, once.
   */
  @Test
  void whatIsRefusedIsOnRecord() throws IOException {
    int refused = 0;
    for (Role role : OFFICE) {
      UUID practice = users.practice("Refused");
      TestSession session = users.signedIn(practice, role);
      List<String> wanted = new ArrayList<>();
      for (Row row : rows()) {
        boolean open = row.isOf("anyone", role.code(), "staff");
        if (!open && !row.isOfPatients()) {
          int status =
              session
                  .send(
                      session
                          .withCsrf(session.request(row.address()))
                          .method(row.method(), HttpRequest.BodyPublishers.noBody()))
                  .statusCode();
          assertThat(status).as("%s as %s", row, role).isEqualTo(403);
          wanted.add(row.method() + " " + row.path() + ": not allowed");
        }
      }
      assertThat(Recorded.refused(database, practice)).as(role.code()).isEqualTo(wanted);
      refused += wanted.size();
    }
    System.out.println("EveryRoleTest: " + refused + " refusals over HTTP");
    assertThat(refused).isGreaterThan(rows().size());
  }

  /** Over HTTP: in an emergency the rows that say so open to each role, and no others. */
  @Test
  void anEmergencyOpensTheRowsThatSaySo() throws IOException {
    for (Role role : List.of(Role.ADMINISTRATOR, Role.COLLECTOR, Role.COMPLIANCE)) {
      TestSession session = users.signedIn(users.practice("Emergency"), role);
      session.get("/emergency");
      session.post("/emergency", "reason", "A caller is in distress, and no biller answers");
      int opened = 0;
      for (Row row : rows()) {
        if (row.isOf("anyone", role.code(), "staff") || row.isOfPatients()) {
          continue;
        }
        int status =
            session
                .send(
                    session
                        .withCsrf(session.request(row.address()))
                        .method(row.method(), HttpRequest.BodyPublishers.noBody()))
                .statusCode();
        boolean open = row.isOf("emergency");
        opened += open ? 1 : 0;
        if (open) {
          assertThat(status).as("%s as %s", row, role).isNotIn(401, 403, 303);
        } else {
          assertThat(status).as("%s as %s", row, role).isEqualTo(403);
        }
      }
      assertThat(opened).as(role.code()).isPositive();
    }
  }

  @Test
  void whoIsNotSignedInIsLedToTheSignIn() throws IOException {
    TestUsers.Person person = users.person(users.practice("Half"), Role.values());
    TestSession half = users.anonymous();
    half.get("/sign-in");
    half.post("/sign-in", "email", person.email(), "password", TestUsers.PASSWORD);
    half.get("/sign-in/code");
    TestSession nobody = users.anonymous();
    nobody.get("/sign-in");
    for (Row row : rows()) {
      if (row.isOf("anyone")) {
        continue;
      }
      boolean program = row.path().startsWith("/api/") || row.path().startsWith("/fhir/");
      String page = row.isOfPatients() ? "/my/sign-in" : "/sign-in";
      for (TestSession session : List.of(nobody, half)) {
        var answer =
            session.send(
                session
                    .withCsrf(session.request(row.address()))
                    .method(row.method(), HttpRequest.BodyPublishers.noBody()));
        String what = row + (session == half ? " half signed in" : " by nobody");
        if (program) {
          assertThat(answer.statusCode()).as(what).isEqualTo(session == half ? 403 : 401);
        } else {
          assertThat(answer.statusCode()).as(what).isEqualTo(303);
          assertThat(answer.headers().firstValue("Location").orElse(""))
              .as(what)
              .endsWith(session == half && !row.isOfPatients() ? "/sign-in/code" : page);
        }
      }
    }
  }
}
