package org.openrcm.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** PostgreSQL that the server brings along, when no other is named (spring.datasource.url). */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "none")
class EmbeddedDatabase {
  private static final String OWNER = "openrcm_owner";
  private static final String APPLICATION = "openrcm_app";
  private static final String DATABASE = "openrcm";

  @Bean(destroyMethod = "close")
  EmbeddedPostgres embeddedPostgres(@Value("${openrcm.data:data}") Path data) {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(data.resolve("postgres"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setPGStartupWait(Duration.ofSeconds(60))
              .start();
      prepare(postgres);
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(EmbeddedPostgres postgres) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      try (ResultSet known =
          sql.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
        if (known.next()) {
          return;
        }
      }
      sql.execute("create role " + OWNER + " login");
      sql.execute("create role " + APPLICATION + " login");
      sql.execute("create database " + DATABASE + " owner " + OWNER);
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be prepared", e);
    }
  }

  @Bean
  JdbcConnectionDetails jdbcConnectionDetails(EmbeddedPostgres postgres) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return APPLICATION;
      }

      @Override
      public String getPassword() {
        return "";
      }

      @Override
      public String getJdbcUrl() {
        return postgres.getJdbcUrl(APPLICATION, DATABASE);
      }
    };
  }

  @Bean
  FlywayConnectionDetails flywayConnectionDetails(EmbeddedPostgres postgres) {
    return new FlywayConnectionDetails() {
      @Override
      public String getUsername() {
        return OWNER;
      }

      @Override
      public String getPassword() {
        return "";
      }

      @Override
      public String getJdbcUrl() {
        return postgres.getJdbcUrl(OWNER, DATABASE);
      }
    };
  }
}
