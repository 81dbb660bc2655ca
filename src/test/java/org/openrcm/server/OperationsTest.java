package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ServerTest
class OperationsTest {
  @Autowired private TestUsers users;
  @Autowired private JdbcClient database;
  @Autowired private TransactionTemplate transaction;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping endpoints;

  @Value("${local.management.port}")
  private int managementPort;

  private TestSession operator() {
    return users.anonymous().at(URI.create("http://127.0.0.1:" + managementPort));
  }

  @Test
  void theOpenApiDocumentDescribesTheApiAndNothingElse() throws IOException {
    Set<String> there =
        endpoints.getHandlerMethods().keySet().stream()
            .flatMap(OperationsTest::methodsAndPaths)
            .filter(endpoint -> endpoint.contains(" /api/"))
            .collect(Collectors.toCollection(TreeSet::new));
    HttpResponse<String> document = users.anonymous().get("/openapi.json");
    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(described(document.body())).isNotEmpty().isEqualTo(there);
  }

  private static Stream<String> methodsAndPaths(RequestMappingInfo endpoint) {
    return endpoint.getPatternValues().stream()
        .flatMap(
            path ->
                endpoint.getMethodsCondition().getMethods().stream()
                    .map(method -> method.name() + " " + path));
  }

  /** As {@code GET /api/files}. */
  private static Set<String> described(String document) throws IOException {
    Set<String> found = new TreeSet<>();
    try (JsonParser json = new JsonFactory().createParser(document)) {
      while (json.nextToken() != null) {
        var at = json.getParsingContext().pathAsPointer().toString().split("/");
        if (json.currentToken() == JsonToken.START_OBJECT
            && at.length == 4
            && at[1].equals("paths")) {
          found.add(at[3].toUpperCase(Locale.ROOT) + " " + at[2].replace("~1", "/"));
        }
      }
    }
    return found;
  }

  @Test
  void healthAndFiguresAreOnTheManagementPortOnly() {
    assertThat(operator().get("/actuator/health/readiness").body())
        .isEqualTo("{\"status\":\"UP\"}");
    assertThat(operator().get("/actuator/prometheus").body())
        .contains("openrcm_jobs_waiting ")
        .contains("openrcm_jobs_working ")
        .contains("hikaricp_connections_active");
    for (String closed : List.of("/actuator/env", "/actuator/sbom", "/actuator/heapdump")) {
      assertThat(operator().get(closed).statusCode()).as(closed).isNotEqualTo(200);
    }
    assertThat(users.anonymous().get("/actuator/prometheus").body())
        .doesNotContain("openrcm_jobs_waiting");
  }

  @Test
  void jobsThatAreDueAreCounted() {
    UUID practice = users.practice("Waiting");
    UUID job = UUID.randomUUID();
    database
        .sql(
            "insert into job (id, practice_id, kind, subject_id, leased_by, leased_until)"
                + " values (?, ?, 'NONE_SUCH', ?, 'another', now() + interval '1 hour')")
        .params(job, practice, UUID.randomUUID())
        .update();
    try {
      assertThat(operator().get("/actuator/prometheus").body())
          .containsPattern("openrcm_jobs_working [1-9]");
    } finally {
      database.sql("delete from job where id = ?").param(job).update();
    }
  }

  @Test
  void statementsOfPeopleEndAndThoseOfJobsMayLast() {
    assertThat(statementTimeout()).isEqualTo("1min");
    Actor.job("long", UUID.randomUUID()).run(() -> assertThat(statementTimeout()).isEqualTo("0"));
    assertThat(statementTimeout()).isEqualTo("1min");
  }

  private String statementTimeout() {
    return transaction.execute(
        status -> database.sql("show statement_timeout").query(String.class).single());
  }

  @Test
  void theDatabaseCountsTimeInUtc() {
    assertThat(database.sql("show timezone").query(String.class).single()).isEqualTo("UTC");
  }
}
