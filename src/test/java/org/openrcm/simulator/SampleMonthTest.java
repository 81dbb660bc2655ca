package org.openrcm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.claim.ClaimKind;
import org.openrcm.x12.X12File;

/** {@code samples/month} is what the simulator makes; -Dopenrcm.rewrite=true writes it anew. */
class SampleMonthTest {
  private static final Path SAMPLE = Path.of("samples", "month");
  private static final int SEED = 6;
  private static final int CLAIMS = 48;

  @TempDir private Path folder;

  @Test
  void theSampleMonthIsWhatTheSimulatorMakes() throws IOException {
    boolean rewrite = Boolean.getBoolean("openrcm.rewrite");
    if (rewrite) {
      delete(SAMPLE);
    }
    Path made = rewrite ? SAMPLE : folder.resolve("month");
    make(made);
    assertThat(files(SAMPLE)).isEqualTo(files(made));
    for (Path file : files(made)) {
      assertThat(SAMPLE.resolve(file)).hasSameBinaryContentAs(made.resolve(file));
    }
    Answered answered = Answered.in(SAMPLE.resolve("answers"));
    answered.isAsIntended();
    assertThat(answered.findings).isEmpty();
  }

  private static void make(Path to) throws IOException {
    LocalDate june = LocalDate.of(2026, 6, 1);
    Generator.Settings claims =
        new Generator.Settings(CLAIMS, SEED, ClaimKind.PROFESSIONAL, 1, june);
    Path written = new Generator(claims).write(to, () -> {}).get(0);
    Path file = Files.move(written, to.resolve("claims.837"));
    SimulatedPayer.Settings answers = new SimulatedPayer.Settings(SEED, scenarios(), null);
    try (SimulatedPayer payer =
        new SimulatedPayer(to.resolve("answers"), answers, Answered.ENGINE)) {
      payer.answer(X12File.of(file), finding -> {}, () -> {});
    }
  }

  /** All that comes to single claims, what is usual more often. */
  private static List<Scenario> scenarios() {
    List<Scenario> scenarios = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      if (scenario != Scenario.IMBALANCE
          && scenario != Scenario.SET_REJECTED
          && scenario != Scenario.OUT_OF_NETWORK
          && scenario != Scenario.PREDETERMINATION) {
        scenarios.add(scenario);
      }
    }
    scenarios.addAll(
        List.of(Scenario.CONTRACTUAL, Scenario.COPAY, Scenario.COINSURANCE, Scenario.SECONDARY));
    return scenarios;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
