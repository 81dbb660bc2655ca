package org.openrcm.payment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends the test gateway's events to this server, signed, until they are taken. */
@Configuration(proxyBeanMethods = false)
class TestGatewayEvents {
  static final String KIND = "SEND_TEST_EVENT";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JdbcClient sql;
  private final WebhookSignature signature;
  private final Environment environment;
  private final TransactionTemplate transaction;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  TestGatewayEvents(
      JdbcClient sql,
      WebhookSignature signature,
      Environment environment,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.signature = signature;
    this.environment = environment;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Bean
  JobKind sendTestEventJob() {
    return new JobKind(KIND, this::send, id -> {});
  }

  void send(UUID id, JobRun run) throws IOException, InterruptedException {
    String event =
        transaction.execute(
            status ->
                sql.sql("select body from test_gateway_event where id = ?")
                    .param(id)
                    .query(String.class)
                    .single());
    byte[] body = String.valueOf(event).getBytes(StandardCharsets.UTF_8);
    run.goOn();
    HttpResponse<Void> answer =
        client.send(
            HttpRequest.newBuilder(address())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header(WebhookSignature.HEADER, signature.sign(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() != 200) {
      throw new IOException("EVENT_NOT_TAKEN");
    }
  }

  private URI address() {
    return URI.create(
        "http://localhost:"
            + environment.getRequiredProperty("local.server.port")
            + environment.getProperty("server.servlet.context-path", "")
            + Webhooks.PATH);
  }
}
