package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.cli.CommandRun;

/**
 * One folder for each billing story: beside each remittance stand what {@code validate} finds in
 * it, what {@code show} prints of it, and the FHIR that {@code convert} makes of it, laid out to be
 * read. {@code -Dopenrcm.rewrite=true} writes them anew: read the difference before it is
 * committed.
 */
class CasesTest {
  static final Path CASES = Path.of("src/test/resources/cases");
  private static final boolean REWRITE = Boolean.getBoolean("openrcm.rewrite");

  static List<Path> remittances() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(file -> file.toString().endsWith(".835")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("remittances")
  void whatIsFoundIsAsExpected(Path remittance) throws IOException {
    CommandRun run = CommandRun.over(remittance, "validate");
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(run.text().equals("nothing found\n") ? 0 : 1);
    compare(remittance, ".findings.txt", run.text());
  }

  @ParameterizedTest
  @MethodSource("remittances")
  void whatIsShownIsAsExpected(Path remittance) throws IOException {
    compare(remittance, ".show.txt", CommandRun.over(remittance, "show").text());
  }

  @ParameterizedTest
  @MethodSource("remittances")
  void theFhirIsAsExpected(Path remittance) throws IOException {
    byte[] resources = CommandRun.over(remittance, "convert").output();
    compare(remittance, ".ndjson", PrettyJson.of(resources));
  }

  @Test
  void everyCaseTellsItsStory() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      assertThat(folders)
          .hasSizeGreaterThanOrEqualTo(10)
          .allSatisfy(
              folder -> {
                assertThat(folder.resolve("story.md")).isNotEmptyFile();
                assertThat(remittances()).anyMatch(file -> file.startsWith(folder));
              });
    }
  }

  @Test
  void noExpectationIsLeftOverFromARemittanceThatIsGone() throws IOException {
    List<String> known =
        remittances().stream().map(file -> file.toString().replaceFirst("835$", "")).toList();
    try (Stream<Path> files = Files.walk(CASES)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .filteredOn(file -> !file.endsWith("story.md"))
          .allMatch(file -> known.stream().anyMatch(file::startsWith));
    }
  }

  private static void compare(Path remittance, String ending, String actual) throws IOException {
    String name = remittance.getFileName().toString().replaceFirst("\\.835$", ending);
    Path expected = remittance.resolveSibling(name);
    if (REWRITE) {
      assertThat(System.getenv("CI")).as("CI compares and never rewrites").isNull();
      Files.writeString(expected, actual);
    }
    assertThat(expected).as("write it with -Dopenrcm.rewrite=true").exists();
    assertThat(actual).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
  }
}
