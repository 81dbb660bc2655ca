package org.openrcm.collections;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openrcm.server.Server;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;

/** A {@link Crew} in a process of its own, which can be killed. */
final class CrewProcess {
  private static final String READY = "ready to take";
  private static final String TOOK = "took one";

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private CrewProcess(Process process, Path err) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.err = err;
  }

  /** It begins when it is told to. */
  static CrewProcess start(
      Path folder, Map<String, String> settings, UUID practice, List<UUID> people)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(CrewProcess.class.getName());
    command.add(practice.toString());
    people.forEach(person -> command.add(person.toString()));
    Path err = Files.createTempFile(folder, "crew", ".err");
    File errors = err.toFile();
    return new CrewProcess(new ProcessBuilder(command).redirectError(errors).start(), err);
  }

  /** Waits until it could begin. */
  void awaitReady() throws IOException {
    await(READY);
  }

  private void await(String said) throws IOException {
    String line = out.readLine();
    while (line != null && !line.endsWith(said)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new AssertionError("it ended: " + Files.readString(err));
    }
  }

  /** Lets it begin. */
  void begin() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits until its people have taken so many accounts. */
  void awaitTaken(int accounts) throws IOException {
    for (int taken = 0; taken < accounts; taken++) {
      await(TOOK);
    }
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Works until it is killed, or nothing is left.
   *
   * @param arguments the practice's id and those of its collectors
   */
  public static void main(String[] arguments) throws Exception {
    ApplicationContext server =
        new SpringApplicationBuilder(Server.class)
            .web(WebApplicationType.NONE)
            .lazyInitialization(true)
            .properties("spring.main.banner-mode=off", "spring.flyway.enabled=false")
            .run();
    List<UUID> people = Arrays.stream(arguments).skip(1).map(UUID::fromString).toList();
    UUID practice = UUID.fromString(arguments[0]);
    Crew crew = new Crew(server, practice, () -> System.out.println(TOOK), () -> true);
    crew.left();
    System.out.println(READY);
    if (System.in.read() < 0) {
      return;
    }
    for (Future<?> each :
        crew.start(Executors.newFixedThreadPool(people.size()), people, arguments.length)) {
      each.get();
    }
    System.exit(0);
  }
}
