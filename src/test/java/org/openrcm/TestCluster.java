package org.openrcm;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A PostgreSQL with a migrated database of which those that tests get are copies. */
final class TestCluster {
  private static final String TEMPLATE = "openrcm_template";

  /** Over all clusters: by the name of a database the server under test finds its folder. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String url;
  private final String superuser;
  private final String password;
  private boolean migrated;

  /**
   * One that runs.
   *
   * @param anyUrl of any database in it
   */
  TestCluster(String anyUrl, String superuser, String password) {
    this.url = anyUrl.substring(0, anyUrl.lastIndexOf('/') + 1);
    this.superuser = superuser;
    this.password = password;
  }

  /** A new, migrated, empty database. */
  synchronized TestDatabase fresh() {
    if (!migrated) {
      migrate();
      migrated = true;
    }
    String name = "openrcm_" + COUNT.incrementAndGet();
    execute("create database " + name + " template " + TEMPLATE + " owner " + TestDatabase.OWNER);
    return new TestDatabase(this, name);
  }

  private void migrate() {
    execute(
        "create role " + TestDatabase.OWNER + " login password '" + TestDatabase.PASSWORD + "'",
        "create role "
            + TestDatabase.APPLICATION
            + " login password '"
            + TestDatabase.PASSWORD
            + "'",
        "create database " + TEMPLATE + " owner " + TestDatabase.OWNER);
    Flyway.configure()
        .dataSource(url(TEMPLATE), TestDatabase.OWNER, TestDatabase.PASSWORD)
        .placeholders(Map.of("app_role", TestDatabase.APPLICATION))
        .load()
        .migrate();
  }

  private void execute(String... statements) {
    try (Connection connection = asSuperuser("postgres");
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String url(String database) {
    return url + database;
  }

  Connection asSuperuser(String database) throws SQLException {
    return DriverManager.getConnection(url(database), superuser, password);
  }
}
