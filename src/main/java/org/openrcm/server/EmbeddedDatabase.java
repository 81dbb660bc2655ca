package org.openrcm.server;

import java.nio.file.Path;
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

  @Bean(destroyMethod = "close")
  BroughtPostgres broughtPostgres(@Value("${openrcm.data:data}") Path data) {
    return BroughtPostgres.start(data);
  }

  @Bean
  JdbcConnectionDetails jdbcConnectionDetails(BroughtPostgres postgres) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return BroughtPostgres.APPLICATION;
      }

      @Override
      public String getPassword() {
        return postgres.passwords().application();
      }

      @Override
      public String getJdbcUrl() {
        return postgres.url();
      }
    };
  }

  @Bean
  FlywayConnectionDetails flywayConnectionDetails(BroughtPostgres postgres) {
    return new FlywayConnectionDetails() {
      @Override
      public String getUsername() {
        return BroughtPostgres.OWNER;
      }

      @Override
      public String getPassword() {
        return postgres.passwords().owner();
      }

      @Override
      public String getJdbcUrl() {
        return postgres.url();
      }
    };
  }
}
