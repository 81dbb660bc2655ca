package org.openrcm.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures all sections of the document, or those that are named, one after the other, each in a
 * process of its own, and writes their figures into it; after each, so that what is measured is
 * kept whatever happens later. A section that fails keeps the figures that it had.
 *
 * <p>With {@code quick} sizes are small, and the document is written to target/performance.md
 * instead.
 */
public final class Bench {
  static final String DOCUMENT = "src/docs/performance.md";
  private static final Path QUICK_DOCUMENT = Path.of("target", "performance.md");

  private final Size size;
  private final PerformancePage page;
  private final String commit;

  private Bench(Size size, PerformancePage page, String commit) {
    this.size = size;
    this.page = page;
    this.commit = commit;
  }

  public static void main(String[] args) throws Exception {
    List<Section> asked = new ArrayList<>();
    Size size = Size.FULL;
    for (String word : args) {
      Optional<Section> section = Section.titled(word);
      if (section.isPresent()) {
        asked.add(section.get());
      } else if (word.equals("quick")) {
        size = Size.QUICK;
      } else {
        refuse("no section is called " + word);
      }
    }
    PerformancePage page = PerformancePage.read(Path.of(DOCUMENT));
    for (Section section : Section.ALL) {
      if (!page.titles().contains(section.title())) {
        refuse(DOCUMENT + " has no place for " + section.title());
      }
    }
    System.exit(
        new Bench(size, page, Machine.commit()).measure(asked.isEmpty() ? Section.ALL : asked)
            ? 0
            : 1);
  }

  private static void refuse(String why) {
    List<String> titles = Section.ALL.stream().map(Section::title).toList();
    System.err.println(why + "; there are " + String.join(", ", titles) + ", and quick");
    System.exit(2);
  }

  private boolean measure(List<Section> sections) throws IOException, InterruptedException {
    Files.createDirectories(Path.of("target", "bench"));
    Path document = size == Size.FULL ? Path.of(DOCUMENT) : QUICK_DOCUMENT;
    List<String> failed = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Section section : sections) {
      Optional<String> lack = section.lacks();
      if (lack.isPresent()) {
        left.add(section.title() + ": left out, " + lack.get());
        continue;
      }
      System.err.println(section.title() + " ...");
      Optional<String> figures = figures(section);
      if (figures.isEmpty()) {
        failed.add(section.title());
        continue;
      }
      System.out.println(figures.get());
      page.put(section.title(), figures.get());
      page.write(document);
      System.err.println(section.title() + ": written to " + document);
    }
    left.forEach(System.err::println);
    failed.forEach(title -> System.err.println(title + ": FAILED, it keeps the figures it had"));
    return failed.isEmpty();
  }

  /** What its process prints, and how it came about; empty when it failed. */
  private Optional<String> figures(Section section) throws IOException, InterruptedException {
    double load = Machine.load();
    long start = System.nanoTime();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(section.options());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SectionRun.class.getName(),
            section.title(),
            size.name()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread stop = new Thread(process::destroy, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stop);
    if (exit != 0) {
      return Optional.empty();
    }
    return Optional.of(printed + "\n" + how(section, load, (System.nanoTime() - start) / 1e9));
  }

  private String how(Section section, double load, double seconds) {
    return String.format(
        Locale.ROOT,
        "`mvn -q -Pbench -Dbench.args=%s` on %s at %s, in %s, load %.1f at the start. %s, %s.%n",
        size == Size.FULL ? section.title() : "\"quick " + section.title() + "\"",
        LocalDate.now(ZoneId.systemDefault()),
        commit,
        seconds < 100 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min",
        load,
        Machine.facts(),
        Machine.versions(section.libraries()));
  }
}
