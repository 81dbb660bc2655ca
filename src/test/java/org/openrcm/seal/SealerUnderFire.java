package org.openrcm.seal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process that acts and seals until it is killed: arguments are URL, user and password of its
 * database. Each act is a row of the table {@code act}, and has its audit row.
 */
final class SealerUnderFire {
  private static final int WRITERS = 4;

  private SealerUnderFire() {}

  /** No configuration that servers under test would find. */
  @Import({AuditTrail.class, Sealing.class, Sealer.class})
  static class Parts {
    @Bean
    DataSource database() {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(System.getProperty("database"));
      pool.setUsername(System.getProperty("user"));
      pool.setPassword(System.getProperty("password"));
      return pool;
    }

    @Bean
    JdbcClient jdbc(DataSource database) {
      return JdbcClient.create(database);
    }

    @Bean
    PlatformTransactionManager transactions(DataSource database) {
      return new DataSourceTransactionManager(database);
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }

  public static void main(String[] arguments) throws Exception {
    var context = new AnnotationConfigApplicationContext(Parts.class);
    AuditTrail trail = context.getBean(AuditTrail.class);
    JdbcClient sql = context.getBean(JdbcClient.class);
    TransactionTemplate transaction =
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    for (int writer = 0; writer < WRITERS; writer++) {
      new Thread(
              () -> {
                while (true) {
                  act(trail, sql, transaction);
                }
              })
          .start();
    }
    try (Connection connection = context.getBean(DataSource.class).getConnection()) {
      System.out.println("acting as " + connection.getMetaData().getUserName());
    }
  }

  private static void act(AuditTrail trail, JdbcClient sql, TransactionTemplate transaction) {
    UUID act = UUID.randomUUID();
    transaction.executeWithoutResult(
        status -> {
          sql.sql("insert into act values (?)").param(act).update();
          trail.record(Action.ADD, Subject.of("Act", act), List.of(UUID.randomUUID()));
        });
  }
}
