package org.openrcm;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for the tests, one for the whole run: in a container where a Docker engine
 * answers, from the embedded binaries otherwise. {@link #fresh} gives a database of its own to who
 * asks, migrated, in the time of a copy. Who has to kill it takes a {@link KillablePostgres}.
 */
public final class TestDatabase {
  /** Owns the tables; tests use it to look behind row-level security's back. */
  public static final String OWNER = "openrcm_owner";

  /** What the application connects as. */
  public static final String APPLICATION = "openrcm_app";

  static final String PASSWORD = "test";

  /** By which the gateway of servers under test signs its events. */
  public static final String WEBHOOK_SECRET = "whsec_of_tests";

  private static TestCluster shared;

  private final TestCluster cluster;
  private final String name;

  TestDatabase(TestCluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  /** A new, migrated, empty database. */
  public static synchronized TestDatabase fresh() {
    if (shared == null) {
      shared = start();
    }
    return shared.fresh();
  }

  private static TestCluster start() {
    if (dockerAnswers()) {
      PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
      container.start();
      return new TestCluster(
          container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "300")
              // it is thrown away: tests that kill a database bring one along that is not
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .start();
      return new TestCluster(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean dockerAnswers() {
    if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
      // asking would print a page of what was tried
      return false;
    }
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      return false;
    }
  }

  public String url() {
    return cluster.url(name);
  }

  /** A connection as the tables' owner, with no practice chosen. */
  public Connection asOwner() throws SQLException {
    return DriverManager.getConnection(url(), OWNER, PASSWORD);
  }

  /** A connection that sees every row of every practice, as only a test may. */
  public Connection asSuperuser() throws SQLException {
    return cluster.asSuperuser(name);
  }

  /** The first column of a query that sees every practice. */
  public List<String> column(String sql, Object... parameters) {
    try (Connection connection = asSuperuser();
        PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setObject(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection as the application has, with no practice chosen. */
  public Connection asApplication() throws SQLException {
    return DriverManager.getConnection(url(), APPLICATION, PASSWORD);
  }

  /** The settings that make a server use this database. */
  public Map<String, String> properties() {
    return Map.of(
        "spring.datasource.url",
        url(),
        "spring.datasource.username",
        APPLICATION,
        "spring.datasource.password",
        PASSWORD,
        "spring.flyway.url",
        url(),
        "spring.flyway.user",
        OWNER,
        "spring.flyway.password",
        PASSWORD,
        "spring.datasource.hikari.maximum-pool-size",
        "8",
        "openrcm.data",
        "target/servers/" + ProcessHandle.current().pid() + "/" + name,
        "openrcm.payment.gateway",
        "test",
        "openrcm.payment.webhook-secret",
        WEBHOOK_SECRET);
  }

  /** The same for a server in a process of its own, as variables of its environment. */
  public Map<String, String> environment() {
    return properties().entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'),
                Map.Entry::getValue));
  }
}
