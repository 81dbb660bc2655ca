package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.simulator.ClaimState;
import org.openrcm.simulator.Scenario;
import org.openrcm.simulator.SimulatedPayer;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code simulate-payer}: a payer in a box answers 837s. */
@Command(
    name = "simulate-payer",
    description = {
      "Answers 837 claims as a clearinghouse and its payers would, a folder for each day:",
      "TA1, 999, 277CA, then 835s that reconcile. intended.tsv says what each claim is meant to",
      "end as, checks.tsv what each check comes to. The same options give the same bytes.",
      "--scenario list lists what can be asked for; without, it is a believable mix."
    },
    mixinStandardHelpOptions = true)
final class SimulatePayerCommand implements Callable<Integer> {
  private static final int FINDINGS_OF_A_KIND = 20;
  private static final String LIST = "list";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "837 files, plain or gzip: one after another as they would come.")
  private List<Path> inputs = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another number decides otherwise. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "What becomes of the claims; several are drawn by lot. list: what there is.")
  private List<String> scenarios = List.of();

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "Day on which the claims come. Default: the day that they name (BHT04).")
  private @Nullable LocalDate date;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "answers",
      description = "Folder to write to. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("answers");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (scenarios.contains(LIST)) {
      for (Scenario scenario : Scenario.values()) {
        out.printf("%-20s %s%n", scenario.title(), scenario.words());
      }
      return OpenRcm.CLEAN;
    }
    if (inputs.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
    }
    Findings findings = new Findings(spec.commandLine().getErr(), FINDINGS_OF_A_KIND);
    SimulatedPayer.Settings settings = new SimulatedPayer.Settings(seed, wanted(), date);
    SimulatedPayer.Summary summary;
    StreamingEngine engine = StreamingEngine.checking(Mappings.bundled());
    try (Progress progress = Progress.onTerminal("claims")) {
      SimulatedPayer payer = new SimulatedPayer(folder, settings, engine);
      try (payer) {
        for (Path file : inputs) {
          payer.answer(X12File.of(file), findings, progress::add);
        }
      }
      summary = payer.summary();
    }
    findings.summarize();
    print(summary, out);
    return findings.exitCode();
  }

  private List<Scenario> wanted() {
    List<Scenario> wanted = new ArrayList<>();
    for (String name : scenarios) {
      try {
        wanted.add(Scenario.titled(name));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), e.getMessage() + "; --scenario list lists them", e);
      }
    }
    return wanted;
  }

  private static void print(SimulatedPayer.Summary summary, PrintWriter out) {
    out.printf("%,d claims, %,d checks%n", summary.claims(), summary.checks());
    Map<ClaimState, Long> inOrder = new TreeMap<>(summary.states());
    inOrder.forEach((state, count) -> out.printf("%,10d %s%n", count, state.title()));
    out.flush();
  }
}
