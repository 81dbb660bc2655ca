package org.openrcm.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Memberships;
import org.openrcm.identity.OneTimeLinks;
import org.openrcm.identity.Practices;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.openrcm.posting.Posting;
import org.openrcm.server.Server;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A practice on a server of its own, with the PostgreSQL that it brings: files by its door, rows
 * beside it, and somebody signed in. Its data are gone when it is closed.
 */
public final class ServedPractice implements AutoCloseable {
  private final ConfigurableApplicationContext server;
  private final Scratch data;
  private final UUID id;
  private final Actor actor;

  private ServedPractice(ConfigurableApplicationContext server, Scratch data) {
    this.server = server;
    this.data = data;
    this.id = server.getBean(Practices.class).create("Larkmoor Family Practice", true);
    this.actor = Actor.job("bench", id);
  }

  /**
   * Starts the server.
   *
   * @param settings as {@code --name=value}
   */
  public static ServedPractice start(String... settings) throws IOException {
    Scratch data = Scratch.make();
    List<String> all = new ArrayList<>();
    all.add("--openrcm.data=" + data.folder());
    all.add("--server.port=0");
    all.add("--management.server.port=-1");
    all.add("--logging.level.root=warn");
    all.addAll(Arrays.asList(settings));
    return new ServedPractice(Server.start(all.toArray(String[]::new)), data);
  }

  /** One more practice on this server; the server stops with the first. */
  ServedPractice another() {
    return new ServedPractice(server, data);
  }

  public <T> T bean(Class<T> type) {
    return server.getBean(type);
  }

  public JdbcClient sql() {
    return bean(JdbcClient.class);
  }

  public UUID id() {
    return id;
  }

  public Actor actor() {
    return actor;
  }

  /** What the practice may see, in a transaction. */
  public <T> T ask(Callable<T> question) throws Exception {
    return actor.call(
        () ->
            bean(TransactionTemplate.class)
                .execute(
                    status -> {
                      try {
                        return question.call();
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }));
  }

  /** Rows of a table. */
  public long count(String table) throws Exception {
    return ask(() -> sql().sql("select count(*) from " + table).query(Long.class).single());
  }

  /** A file by the door; comes back when all that follows from it is done. */
  public void receive(String name, byte[] x12) throws Exception {
    actor.call(() -> bean(Intake.class).receive(name, Via.API, new ByteArrayInputStream(x12)));
    settled();
  }

  /** Posts all checks that wait, as one who looks through them does. */
  public void postAll() throws Exception {
    for (UUID check : checks("WAITING")) {
      actor.call(() -> bean(Posting.class).post(check, List.of()));
    }
    settled();
  }

  /** Checks in this state of posting, in the order in which they came. */
  List<UUID> checks(String state) throws Exception {
    return ask(
        () ->
            sql()
                .sql(
                    """
                    select r.id from remittance r
                    join remittance_posting p on p.remittance_number = r.number
                    where p.state = ? order by r.number
                    """)
                .param(state)
                .query(UUID.class)
                .list());
  }

  /** Waits until no job is left; looks less often the longer it lasts. */
  public void settled() throws InterruptedException {
    for (int pause = 1; anyJob(); pause = Math.min(100, pause + 1)) {
      Thread.sleep(pause);
    }
  }

  private boolean anyJob() {
    return sql().sql("select exists (select from job)").query(Boolean.class).single();
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

  /** Statements of the owner, each a transaction. */
  public void asOwner(String... statements) throws SQLException {
    try (Connection connection = asOwner();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Fills tables past their triggers, all in one transaction; then they are vacuumed. */
  public void fill(List<String> tables, String... statements) throws SQLException {
    try (Connection connection = asOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String table : tables) {
        statement.execute("alter table " + table + " disable trigger user");
      }
      for (String each : statements) {
        statement.execute(each);
      }
      statement.execute("set constraints all immediate");
      for (String table : tables) {
        statement.execute("alter table " + table + " enable trigger user");
      }
      connection.commit();
    }
    asOwner("vacuum analyze");
  }

  /** Where the server's pages are. */
  public URI address() {
    return URI.create(
        "http://localhost:"
            + server.getEnvironment().getRequiredProperty("local.server.port")
            + "/");
  }

  /** Somebody with this role, signed in. */
  public Browser signIn(Role role) throws Exception {
    UUID person = bean(Staff.class).create(role.code() + "@bench.example", role.label());
    actor.run(() -> bean(Memberships.class).grant(person, id, role));
    String path =
        actor.call(
            () -> OneTimeLinks.path(bean(OneTimeLinks.class).create(person, Duration.ofHours(8))));
    Browser browser = new Browser(address());
    browser.send("/sign-in/link", browser.get(path), "");
    return browser;
  }

  @Override
  public void close() throws IOException {
    server.close();
    data.close();
  }
}
