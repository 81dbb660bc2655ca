package org.openrcm.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Memberships;
import org.openrcm.identity.OneTimeLinks;
import org.openrcm.identity.Practices;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.openrcm.server.Server;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A practice on a server of its own: files by its door, rows beside it, and somebody signed in. */
public final class ServedPractice implements AutoCloseable {
  private static final Pattern FIELD = Pattern.compile("name=\"(_csrf|token)\" value=\"([^\"]+)\"");

  private final ConfigurableApplicationContext server;
  private final UUID id;
  private final Actor actor;

  private ServedPractice(ConfigurableApplicationContext server) {
    this.server = server;
    this.id = server.getBean(Practices.class).create("Bench", true);
    this.actor = Actor.job("bench", id);
  }

  /** Starts the server, its data in a new folder of this name under target/bench. */
  public static ServedPractice start(String name) throws IOException {
    Path data = Files.createDirectories(Path.of("target", "bench", name + "-" + UUID.randomUUID()));
    return new ServedPractice(
        Server.start(
            "--openrcm.data=" + data,
            "--server.port=0",
            "--management.server.port=-1",
            "--logging.level.root=warn"));
  }

  public <T> T bean(Class<T> type) {
    return server.getBean(type);
  }

  public UUID id() {
    return id;
  }

  public Actor actor() {
    return actor;
  }

  /** A file by the door; comes back when all that follows from it is done. */
  public void receive(String name, byte[] x12) throws Exception {
    actor.call(() -> bean(Intake.class).receive(name, Via.API, new ByteArrayInputStream(x12)));
    settled();
  }

  /** Waits until no job is left. */
  public void settled() throws InterruptedException {
    JdbcClient sql = bean(JdbcClient.class);
    while (sql.sql("select exists (select from job)").query(Boolean.class).single()) {
      Thread.sleep(5);
    }
  }

  /** The database as its owner has it, who may do more than the server. */
  public Connection asOwner() throws SQLException {
    FlywayConnectionDetails owner = bean(FlywayConnectionDetails.class);
    Connection connection =
        DriverManager.getConnection(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
    try (Statement choose = connection.createStatement()) {
      choose.execute("select set_config('app.practice', '" + id + "', false)");
    }
    return connection;
  }

  /** Somebody with this role, signed in. */
  public Browser signIn(Role role) throws Exception {
    UUID person = bean(Staff.class).create(role.code() + "@bench.example", role.label());
    actor.run(() -> bean(Memberships.class).grant(person, id, role));
    String path =
        actor.call(
            () -> OneTimeLinks.path(bean(OneTimeLinks.class).create(person, Duration.ofHours(2))));
    Browser browser = new Browser();
    StringBuilder form = new StringBuilder();
    Matcher fields = FIELD.matcher(browser.get(path));
    while (fields.find()) {
      form.append(form.isEmpty() ? "" : "&")
          .append(fields.group(1))
          .append('=')
          .append(URLEncoder.encode(fields.group(2), StandardCharsets.UTF_8));
    }
    browser.http.send(
        HttpRequest.newBuilder(browser.address("/sign-in/link"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
            .build(),
        HttpResponse.BodyHandlers.discarding());
    return browser;
  }

  /** A browser with its cookies. */
  public final class Browser {
    private final HttpClient http =
        HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private Browser() {}

    private URI address(String path) {
      return URI.create(
          "http://localhost:" + server.getEnvironment().getProperty("local.server.port") + path);
    }

    /**
     * The page.
     *
     * @throws IllegalStateException when the answer is no page
     */
    public String get(String path) throws IOException, InterruptedException {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " answers " + answer.statusCode());
      }
      return answer.body();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
