package org.openrcm.server;

import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import javax.sql.DataSource;
import org.openrcm.identity.PracticeTransactions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server as one Spring Boot application over all rooms. */
@SpringBootApplication(scanBasePackages = "org.openrcm")
@EntityScan("org.openrcm")
@EnableJpaRepositories("org.openrcm")
@EnableScheduling
public class Server {

  public static void main(String[] arguments) {
    start(arguments);
  }

  /** Starts it and answers when it takes requests. */
  public static ConfigurableApplicationContext start(String... arguments) {
    return new SpringApplication(Server.class).run(arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  PracticeTransactions transactionManager(EntityManagerFactory entities, DataSource database) {
    return new PracticeTransactions(entities, database);
  }
}
