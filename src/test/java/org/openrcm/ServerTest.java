package org.openrcm;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;
import org.openrcm.server.Server;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole server on a port of its own and a real, empty database. Test classes with the
 * same settings share one server: each makes practices of its own.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = Server.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "management.server.port=0")
@ContextConfiguration(initializers = ServerTest.FreshDatabase.class)
public @interface ServerTest {

  /** Gives the server a database, and tests that ask for it a {@link TestDatabase} bean. */
  class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestDatabase database = database();
      Map<String, Object> properties = new HashMap<>(database.properties());
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("test database", properties));
      // there is a mail server, and it does not answer, where a test brings none along
      context
          .getEnvironment()
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "test mail",
                  Map.of(
                      "spring.mail.host", "127.0.0.1",
                      "spring.mail.port", "1",
                      "openrcm.mail.from", "bills@openrcm.example")));
      context.getBeanFactory().registerSingleton("testDatabase", database);
    }

    /** Of the server's own. */
    protected TestDatabase database() {
      return TestDatabase.fresh();
    }
  }
}
