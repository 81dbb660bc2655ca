package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ServerTest
class PermissionsTest {
  /** What the token endpoint's filter answers, and files as they are. */
  private static final Set<String> NO_CONTROLLERS =
      Set.of("POST /oauth2/token", "GET /webjars/**", "GET /static/**");

  @Autowired private Permissions permissions;
  @Autowired private TestUsers users;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  private Set<String> endpoints() {
    Set<String> endpoints = new TreeSet<>();
    for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
        mapping.getHandlerMethods().entrySet()) {
      if (isClosedAnyway(entry.getValue())) {
        continue;
      }
      Set<RequestMethod> methods = entry.getKey().getMethodsCondition().getMethods();
      for (String path : entry.getKey().getPatternValues()) {
        if (methods.isEmpty()) {
          endpoints.add("GET " + path);
        }
        methods.forEach(method -> endpoints.add(method + " " + path));
      }
    }
    return endpoints;
  }

  /** The library's second form of the API's description, which no row opens. */
  private static boolean isClosedAnyway(HandlerMethod method) {
    return method.getMethod().getName().equals("openapiYaml");
  }

  @Test
  void everyEndpointHasARowAndEveryRowHasAnEndpoint() {
    Set<String> rows =
        permissions.rows().stream()
            .map(row -> row.method() + " " + row.path().getPatternString())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows).hasSameSizeAs(permissions.rows());
    rows.removeAll(NO_CONTROLLERS);
    // A servlet of its own
    rows.removeIf(row -> row.contains(" /fhir/"));
    Set<String> endpoints = endpoints();
    endpoints.removeIf(endpoint -> endpoint.contains(" /fhir/"));
    assertThat(endpoints).isEqualTo(rows);
  }

  @Test
  void everyPageIsOpenToTheRolesOfItsRowAndToNoOthers() {
    var practice = users.practice("Matrix");
    for (Role role : Role.values()) {
      TestSession session = users.signedIn(practice, role);
      for (Permissions.Permission row : permissions.rows()) {
        String path =
            row.path().getPatternString().replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-0000");
        if (!row.method().equals("GET") || path.contains("*") || path.startsWith("/my")) {
          continue;
        }
        int status = session.get(path).statusCode();
        boolean open = row.isForAnyone() || row.isForStaff(Set.of(role));
        if (open) {
          assertThat(status).as("%s for %s", path, role).isNotIn(401, 403);
        } else {
          assertThat(status).as("%s for %s", path, role).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void nobodyOfTheOfficeHasAPatientsPage() {
    var practice = users.practice("Patients");
    TestSession session = users.signedIn(practice, Role.values());
    for (Permissions.Permission row : permissions.rows()) {
      String path =
          row.path().getPatternString().replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-0000");
      if (row.method().equals("GET") && path.startsWith("/my") && !row.isForAnyone()) {
        var answer = session.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).as(path).contains("/my/sign-in");
      }
    }
    assertThat(session.get("/me").statusCode()).isEqualTo(200);
  }

  @Test
  void whatHasNoRowIsClosed() {
    var practice = users.practice("Closed");
    TestSession session = users.signedIn(practice, Role.values());
    for (String path :
        new String[] {"/actuator", "/actuator/health", "/v3/api-docs", "/no-such-page", "/login"}) {
      assertThat(session.get(path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(
            session
                .send(
                    session
                        .withCsrf(session.request("/people"))
                        .method("DELETE", java.net.http.HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(403);
  }
}
