package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

@ServerTest
@TestPropertySource(properties = "spring.datasource.hikari.connection-timeout=500")
@Import(DatabaseDownTest.Lost.class)
class DatabaseDownTest {
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  @Test
  void whileTheDatabaseIsDownTheAnswerSaysSoAndAfterwardsAllGoesOn() throws SQLException {
    UUID practice = users.practice("Down");
    TestSession session = users.signedIn(practice, Role.ADMINISTRATOR);
    TestApi program = users.api(practice, "system/*.rs", "system/files.write");
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement()) {
      String name = connection.getCatalog();
      sql.execute("alter database " + name + " connection limit 0");
      try {
        sql.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
        HttpResponse<String> page = session.get("/people");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("The database does not answer");
        assertThat(session.get("/static/base.css").statusCode()).isEqualTo(200);
        HttpResponse<String> fhir = program.get("/fhir/Patient");
        assertThat(fhir.statusCode()).isEqualTo(503);
        assertThat(fhir.body()).contains("OperationOutcome", "transient");
        HttpResponse<String> api =
            program.post(
                "/api/files", "application/edi-x12", "ISA".getBytes(StandardCharsets.UTF_8));
        assertThat(api.statusCode()).isEqualTo(503);
        assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(api.headers().firstValue("Retry-After")).contains("60");
      } finally {
        sql.execute("alter database " + name + " connection limit -1");
      }
    }
    // The pool tries again by and by
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    int status;
    do {
      status = session.get("/people").statusCode();
    } while (status == 503 && System.nanoTime() < end);
    assertThat(status).isEqualTo(200);
  }

  /**
   * A connection that was lost, amid a transaction of which the pool then tells that it is gone.
   */
  @Test
  void soItIsWhenAConnectionIsLostAmidAPage() {
    TestSession session = users.anonymous();
    for (String lost : List.of("at-once", "when-half-is-written")) {
      HttpResponse<String> page = session.send(session.request("/sign-in").header(Lost.AMID, lost));
      assertThat(page.statusCode()).as(lost).isEqualTo(503);
      assertThat(page.body())
          .as(lost)
          .isEqualTo("The database does not answer. Try again in a minute.");
    }
    assertThat(session.get("/sign-in").statusCode()).isEqualTo(200);
  }

  /** As when a check was posted by somebody else, and the page cannot be told so any more. */
  @Test
  void soItIsWhenWhatWasRefusedWasToBeToldOnAPage() {
    TestSession session = users.anonymous();
    HttpResponse<String> page =
        session.send(session.request("/sign-in").header(Lost.AMID, "when-handled"));
    assertThat(page.statusCode()).isEqualTo(503);
  }

  /** What was sent is done then; a 500 would have somebody send it again. */
  @Test
  void whoIsLedOnIsLedOnWhenOnlyTheSessionCannotBeKept() {
    TestSession session = users.anonymous();
    HttpResponse<String> led =
        session.send(session.request("/sign-in").header(Lost.AMID, "when-led-on"));
    assertThat(led.statusCode()).isEqualTo(302);
    assertThat(led.headers().firstValue("Location").orElse("")).endsWith("/done");
  }

  /** It said no, or that there is no answer now: neither is a fault of ours. */
  @Test
  void whoIsRefusedIsRefusedThenToo() {
    TestSession session = users.anonymous();
    for (int status : List.of(404, 503)) {
      HttpResponse<String> page =
          session.send(session.request("/sign-in").header(Lost.AMID, "when-refused-" + status));
      assertThat(page.statusCode()).isEqualTo(status);
    }
  }

  /** Loses its connection as pages can, where a request asks for it. */
  @Order(Integer.MIN_VALUE + 41)
  static class Lost extends OncePerRequestFilter {
    private static final String AMID = "X-Lost";

    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    Lost(JdbcClient sql, TransactionTemplate transaction) {
      this.sql = sql;
      this.transaction = transaction;
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      String amid = request.getHeader(AMID);
      if (amid == null) {
        chain.doFilter(request, response);
        return;
      }
      if (amid.equals("when-half-is-written")) {
        response.getWriter().write("half a page");
      } else if (amid.startsWith("when-refused-")) {
        response.sendError(Integer.parseInt(amid.substring("when-refused-".length())));
      } else if (amid.equals("when-handled")) {
        // as Spring does between the handling of an exception and the page that it leads to
        WebUtils.exposeErrorRequestAttributes(request, new IllegalStateException(), null);
      } else if (amid.equals("when-led-on")) {
        response.sendRedirect("/done");
      }
      transaction.executeWithoutResult(
          status ->
              sql.sql("select pg_terminate_backend(pg_backend_pid())")
                  .query(Boolean.class)
                  .single());
    }
  }
}
