package org.openrcm.posting;

import java.util.UUID;
import org.openrcm.server.Server;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * A server in a process of its own, as it is shipped, with people who work with it: to be killed.
 */
final class LoadedServer {
  private LoadedServer() {}

  /** Practice, seed, and how many operations. */
  public static void main(String[] arguments) throws Exception {
    SpringApplication application = new SpringApplication(Server.class);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("shippedOnly", new ShippedOnly()));
    ConfigurableApplicationContext server =
        application.run("--server.port=0", "--management.server.port=0");
    RandomVerbs.run(
        server,
        UUID.fromString(arguments[0]),
        Long.parseLong(arguments[1]),
        Long.parseLong(arguments[2]),
        done -> System.out.println("done " + done));
  }

  /** Leaves out the beans of tests. */
  private static final class ShippedOnly extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
      return reader.getResource().getDescription().contains("test-classes");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ShippedOnly;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
