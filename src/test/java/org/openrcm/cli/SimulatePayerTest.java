package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.simulator.Scenario;

/** {@code generate} and {@code simulate-payer} as they are typed. */
class SimulatePayerTest {
  @TempDir private Path folder;

  private CommandRun generate(String... options) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("generate", "-o", folder.resolve("claims").toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private static String text(CommandRun run) {
    return new String(run.output(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void aMonthIsMadeAndAnswered() throws IOException {
    CommandRun made = generate("--claims", "80", "--seed", "3");
    assertThat(made.exitCode()).as(made.errors()).isZero();
    List<String> files = text(made).lines().toList();
    assertThat(files).hasSize(3).allSatisfy(file -> assertThat(Path.of(file)).exists());

    Path answers = folder.resolve("answers");
    CommandRun answered =
        CommandRun.of(
            Stream.concat(
                    Stream.of("simulate-payer", "--seed", "5", "-o", answers.toString()),
                    files.stream())
                .toArray(String[]::new));
    assertThat(answered.exitCode()).as(answered.errors()).isZero();
    assertThat(text(answered)).contains("80 claims").contains("paid");
    assertThat(Files.readAllLines(answers.resolve("intended.tsv"))).hasSizeGreaterThan(80);
    assertThat(Files.readAllLines(answers.resolve("checks.tsv"))).hasSizeGreaterThan(1);
    for (String ending : List.of(".ta1", ".999", ".277", ".835")) {
      try (Stream<Path> all = Files.walk(answers)) {
        assertThat(all).as(ending).anyMatch(file -> file.toString().endsWith(ending));
      }
    }
  }

  @Test
  void theScenariosAreListedWithoutAFile() {
    CommandRun listed = CommandRun.of("simulate-payer", "--scenario", "list");
    assertThat(listed.exitCode()).isZero();
    assertThat(text(listed).lines()).hasSize(Scenario.values().length);
    assertThat(text(listed)).contains("forward-balance");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertThat(CommandRun.of("simulate-payer").exitCode()).isEqualTo(OpenRcm.UNREADABLE);
    CommandRun unknown = CommandRun.of("simulate-payer", "x.837", "--scenario", "miracle");
    assertThat(unknown.exitCode()).isEqualTo(OpenRcm.UNREADABLE);
    assertThat(unknown.errors()).contains("no scenario is called miracle");
    CommandRun missing = CommandRun.of("simulate-payer", "nowhere.837", "-o", folder.toString());
    assertThat(missing.exitCode()).isEqualTo(OpenRcm.UNREADABLE);
    assertThat(missing.errors()).contains("no such file");
    CommandRun few = generate("--claims", "1", "--practices", "2");
    assertThat(few.exitCode()).isEqualTo(OpenRcm.UNREADABLE);
    assertThat(few.errors()).contains("each practice needs a claim");
  }

  @Test
  void oneKindMakesOneFileForEachTown() {
    CommandRun made = generate("--claims", "12", "--kind", "dental", "--practices", "2");
    assertThat(text(made).lines()).hasSize(2);
  }

  @Test
  void otherPeoplesRemittancesAreNoClaimsToAnswer() throws IOException {
    CommandRun run =
        CommandRun.of(
            "simulate-payer", "samples/dental.835", "-o", folder.resolve("none").toString());
    assertThat(run.exitCode()).isEqualTo(OpenRcm.FINDINGS);
    assertThat(text(run)).contains("0 claims, 0 checks");
  }
}
