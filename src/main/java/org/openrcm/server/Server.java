package org.openrcm.server;

import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.openrcm.identity.PracticeTransactions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server as one Spring Boot application over all rooms. */
@SpringBootApplication(scanBasePackages = "org.openrcm")
@EntityScan("org.openrcm")
@EnableJpaRepositories("org.openrcm")
@EnableScheduling
public class Server {

  /** Starts it and answers when it takes requests. */
  public static ConfigurableApplicationContext start(String... settings) {
    return application().run(settings);
  }

  /** Finds its templates from any thread: those of common pools do not see into the jar. */
  private static SpringApplication application() {
    return new SpringApplication(
        new DefaultResourceLoader(Server.class.getClassLoader()), Server.class);
  }

  /**
   * Starts it, says on standard output where it is and who can sign in, and stays until it is
   * stopped.
   *
   * @param settings as {@code --name=value}
   * @return false when it did not start; why has been said on standard error
   */
  public static boolean serve(String... settings) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    SpringApplication application = application();
    application.addListeners(
        (ApplicationListener<ContextClosedEvent>) event -> stopped.countDown());
    ConfigurableApplicationContext context;
    try {
      context = application.run(settings);
    } catch (RuntimeException e) {
      // PlainRefusals, or Spring's log, has told it
      return false;
    }
    try {
      System.out.println(context.getBean(Greeting.class).text());
    } catch (IOException | RuntimeException e) {
      context.close();
      throw new IllegalStateException("the server has no greeting", e);
    }
    stopped.await();
    return true;
  }

  @Bean
  Clock clock() {
    // days begin where the server stands: a day by this clock is one by the system's zone
    return Clock.system(ZoneId.systemDefault());
  }

  @Bean
  PracticeTransactions transactionManager(EntityManagerFactory entities, DataSource database) {
    return new PracticeTransactions(entities, database);
  }
}
