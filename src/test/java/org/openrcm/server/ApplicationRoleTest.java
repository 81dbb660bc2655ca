package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** On an empty database of an owner who may create roles, unless a test says otherwise. */
class ApplicationRoleTest {
  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String owner = "owner_" + suffix;
  private final String application = "app_" + suffix;
  private final String database = "roles_" + suffix;
  private TestDatabase cluster;
  private String url;

  @BeforeEach
  void anEmptyDatabase() throws SQLException {
    cluster = TestDatabase.fresh();
    url = cluster.url().substring(0, cluster.url().lastIndexOf('/') + 1) + database;
    asSuperuser(
        "create role " + owner + " login createrole password 'o'",
        "create database " + database + " owner " + owner);
  }

  private void asSuperuser(String... statements) throws SQLException {
    try (Connection connection = cluster.asSuperuser();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private PGSimpleDataSource as(String role, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(role);
    source.setPassword(password);
    return source;
  }

  /** A superuser's connection to the database of this test. */
  private Connection inside() throws SQLException {
    try (Connection connection = cluster.asSuperuser()) {
      String superuser = connection.getMetaData().getUserName();
      return DriverManager.getConnection(url, superuser, "postgres");
    }
  }

  private String ask(String question) throws SQLException {
    try (Connection connection = as(owner, "o").getConnection();
        Statement sql = connection.createStatement();
        ResultSet answer = sql.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private void migrate(String as, String password) {
    JdbcConnectionDetails details =
        new JdbcConnectionDetails() {
          @Override
          public String getUsername() {
            return as;
          }

          @Override
          public String getPassword() {
            return password;
          }

          @Override
          public String getJdbcUrl() {
            return url + "?password=" + password;
          }
        };
    Flyway flyway =
        Flyway.configure().dataSource(url, owner, "o").placeholders(Map.of("app_role", as)).load();
    new ApplicationRole(as(as, password), details).migrate(flyway);
  }

  private String tables() throws SQLException {
    return ask(
        "select count(*) from pg_class where relkind = 'r' and relnamespace ="
            + " 'public'::regnamespace");
  }

  @Test
  void theRoleIsCreatedWhenItIsMissingAndFoundThereTheNextTime() throws SQLException {
    migrate(application, "it's");
    migrate(application, "it's");
    assertThat(
            ask(
                "select rolcanlogin and not (rolsuper or rolbypassrls or rolcreaterole or"
                    + " rolcreatedb) from pg_roles where rolname = '"
                    + application
                    + "'"))
        .isEqualTo("t");
    assertThat(ask("select tableowner from pg_tables where tablename = 'audit_event'"))
        .isEqualTo(owner);
  }

  @Test
  void anOwnerWhoMayNotCreateItIsToldWhatIsMissing() throws SQLException {
    asSuperuser("alter role " + owner + " nocreaterole");
    assertThatThrownBy(() -> migrate(application, "p"))
        .isInstanceOf(StartRefused.class)
        .hasMessage("The role %s is not there, and the owner may not create it.", application);
  }

  @Test
  void oneRoleForBothIsRefusedBeforeAnythingIsMade() throws SQLException {
    assertThatThrownBy(() -> migrate(owner, "o"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("would own the tables")
        .hasMessageContaining("SPRING_FLYWAY_USER");
    assertThat(tables()).isEqualTo("0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter role APP superuser                     | is a superuser
          alter role APP bypassrls                     | may bypass row-level security
          grant OWNER to APP                           | is a member of OWNER, which owns
          grant pg_write_server_files to APP           | is a member of pg_write_server_files
          create role SOME bypassrls in role pg_monitor; grant SOME to APP | is a member of SOME
          """)
  void aRoleThatCouldSeeEveryPracticeIsRefused(String grant, String complaint) throws SQLException {
    asSuperuser("create role " + application + " login password 'p'");
    asSuperuser(named(grant).split(";"));
    assertThatThrownBy(() -> migrate(application, "p"))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The server's role " + application + " " + named(complaint))
        .hasMessageContaining("nothing would keep practices apart")
        .message()
        .doesNotContain("\n");
  }

  private String named(String text) {
    return text.replace("APP", application)
        .replace("OWNER", owner)
        .replace("DATABASE", database)
        .replace("SOME", "some_" + suffix);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "alter table audit_event owner to APP, owns tables",
    "alter schema public owner to APP, owns the schema",
    "alter database DATABASE owner to APP, owns the database"
  })
  void aRoleThatHasComeToOwnSomethingIsRefused(String change, String complaint)
      throws SQLException {
    migrate(application, "p");
    try (Connection connection = inside();
        Statement sql = connection.createStatement()) {
      sql.execute("grant create on schema public to " + application);
      sql.execute(named(change));
    }
    assertThatThrownBy(() -> migrate(application, "p"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(application + " " + complaint);
  }

  @Test
  void harmlessMembershipsAreNoTrouble() throws SQLException {
    asSuperuser(
        "create role " + application + " login password 'p'", "grant pg_monitor to " + application);
    assertThatCode(() -> migrate(application, "p")).doesNotThrowAnyException();
  }

  @Test
  void aRefusedSignInIsToldWithoutThePassword() throws SQLException {
    asSuperuser("create role " + application + " nologin");
    assertThatThrownBy(() -> migrate(application, "secret"))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The database at " + url + " cannot be used")
        .hasMessageContaining(application)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void anOwnerWhoMayNotMigrateIsToldSo() throws SQLException {
    asSuperuser("alter database " + database + " owner to postgres");
    assertThatThrownBy(() -> migrate(application, "p"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamed() {
    String answering = url;
    url = "jdbc:postgresql://127.0.0.1:1/openrcm";
    try {
      assertThatThrownBy(() -> migrate(application, "p"))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("127.0.0.1:1/openrcm cannot be used");
    } finally {
      url = answering;
    }
  }
}
