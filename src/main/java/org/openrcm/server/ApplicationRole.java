package org.openrcm.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Migrates as the owner of the tables, and lets the server run only as another role: one that
 * row-level security binds. Such a role is created when there is none by its name.
 */
@Component
class ApplicationRole implements FlywayMigrationStrategy, SmartInitializingSingleton {
  private static final String MENDING =
      " Let SPRING_DATASOURCE_USERNAME name a role without rights of its own, and"
          + " SPRING_FLYWAY_USER the owner of the database.";

  /**
   * What a role can do, by itself or through the roles that it is a member of, that is too much.
   */
  private static final String TOO_MUCH =
      """
      select r.rolname = current_user as itself, r.rolname, case
          when r.rolsuper then 'is a superuser'
          when r.rolbypassrls then 'may bypass row-level security'
          when r.rolname in ('pg_execute_server_program', 'pg_read_server_files',
            'pg_write_server_files') then 'may use the files of the database server'
          when exists (select from pg_class c where c.relowner = r.oid
            and c.relnamespace = current_schema()::regnamespace) then 'owns tables'
          when exists (select from pg_namespace n where n.nspowner = r.oid
            and n.nspname = current_schema()) then 'owns the schema'
          when exists (select from pg_database d where d.datdba = r.oid
            and d.datname = current_database()) then 'owns the database'
        end as too_much
      from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')
      order by 1 desc, 2
      """;

  private final DataSource database;
  private final JdbcConnectionDetails application;
  private boolean checked;

  ApplicationRole(DataSource database, JdbcConnectionDetails application) {
    this.database = database;
    this.application = application;
  }

  @Override
  public void migrate(Flyway flyway) {
    try {
      createIfMissing(flyway.getConfiguration().getDataSource());
      flyway.migrate();
    } catch (SQLException e) {
      throw unusable(e);
    } catch (FlywayException e) {
      if (e.getCause() instanceof SQLException cause && !isOfMigration(cause)) {
        throw unusable(cause);
      }
      throw e;
    }
    refuseTooMuch();
  }

  /** Where migration is switched off, nothing was checked yet; no request was taken either. */
  @Override
  public void afterSingletonsInstantiated() {
    if (!checked) {
      refuseTooMuch();
    }
  }

  private void createIfMissing(DataSource asOwner) throws SQLException {
    try (Connection connection = asOwner.getConnection()) {
      String role = application.getUsername();
      if (role == null || connection.getMetaData().getUserName().equals(role)) {
        throw new StartRefused(
            "The server would own the tables it works on, and nothing would keep practices apart."
                + MENDING);
      }
      if (!exists(connection, role)) {
        create(connection, role);
      }
    }
  }

  private static boolean exists(Connection connection, String role) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select from pg_roles where rolname = ?")) {
      query.setString(1, role);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void create(Connection connection, String role) throws SQLException {
    String password = application.getPassword();
    if (password == null || password.isEmpty()) {
      throw new StartRefused("The role " + role + " is not there; to create it takes a password.");
    }
    try (PreparedStatement quoting =
            connection.prepareStatement("select format('create role %I login password %L', ?, ?)");
        Statement creation = connection.createStatement()) {
      quoting.setString(1, role);
      quoting.setString(2, password);
      try (ResultSet quoted = quoting.executeQuery()) {
        quoted.next();
        creation.execute(quoted.getString(1));
      }
    } catch (SQLException e) {
      throw new StartRefused(
          "The role " + role + " is not there, and the owner may not create it.", e);
    }
  }

  private void refuseTooMuch() {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(TOO_MUCH)) {
      while (rows.next()) {
        String tooMuch = rows.getString("too_much");
        if (tooMuch != null) {
          found.add(
              rows.getBoolean("itself")
                  ? tooMuch
                  : "is a member of " + rows.getString("rolname") + ", which " + tooMuch);
        }
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
    checked = true;
    if (!found.isEmpty()) {
      throw new StartRefused(
          "The server's role "
              + application.getUsername()
              + " "
              + found.get(0)
              + ": nothing would keep practices apart."
              + MENDING);
    }
  }

  /** Connection, sign-in, no such database, shutting down, not allowed: for an operator to mend. */
  private static boolean isOfMigration(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || Stream.of("08", "28", "3D", "57P", "42501").noneMatch(state::startsWith);
  }

  private StartRefused unusable(SQLException e) {
    return new StartRefused(
        "The database at "
            + withoutParameters(application.getJdbcUrl())
            + " cannot be used: "
            + e.getMessage(),
        e);
  }

  /** A JDBC URL may carry a password among its parameters. */
  private static String withoutParameters(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
