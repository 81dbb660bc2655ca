package org.openrcm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Acknowledger;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code acknowledge}: answers a file with TA1 and 999. */
@Command(
    name = "acknowledge",
    description = {
      "Writes what a receiver answers: a TA1 for each interchange, a 999 for each group in it.",
      "claims.837 is answered by claims.837.ta1 and claims.837.999 beside it or in a folder (-o); "
          + "with -o - both go to standard output, and --only ta1 or --only 999 takes one of them.",
      "Exit code 0: nothing found; 1: findings; 2: not readable as X12."
    },
    mixinStandardHelpOptions = true)
final class AcknowledgeCommand implements Callable<Integer> {
  private static final int FINDINGS_OF_A_KIND = 20;
  private static final long LARGEST_CONTROL = 999_999_999;
  private static final int SECONDS_IN_A_DAY = 86_400;
  private static final String STANDARD_OUTPUT = "-";

  @Mixin private final Input input = new Input();
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where to write; - for standard output. Default: beside the file.")
  private @Nullable String output;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      description = "Write only one of them: ta1 or 999.")
  private @Nullable String only;

  @Option(
      names = "--control",
      paramLabel = "N",
      description = "The first control number to use. Default: made of the time.")
  private @Nullable Long firstControl;

  private final Clock clock = Clock.system(ZoneId.systemDefault());

  @Override
  public Integer call() throws IOException {
    if (only != null && !only.equals("ta1") && !only.equals("999")) {
      throw new ParameterException(spec.commandLine(), "--only takes ta1 or 999");
    }
    if (input.engine() != Input.EngineName.streaming) {
      throw new ParameterException(
          spec.commandLine(), "acknowledge reads with the streaming engine only");
    }
    Findings findings = new Findings(spec.commandLine().getErr(), FINDINGS_OF_A_KIND);
    LongSupplier controls = controls();
    StreamingEngine engine = StreamingEngine.checking(input.mappings());
    input.each(file -> acknowledge(file, engine, controls, findings));
    findings.summarize();
    return findings.exitCode();
  }

  private void acknowledge(
      X12File file, StreamingEngine engine, LongSupplier controls, FindingSink findings)
      throws IOException {
    Path beside = Optional.ofNullable(file.path().toAbsolutePath().getParent()).orElseThrow();
    try (Answer ta1 = open(beside, file.name(), "ta1");
        Answer implementation = open(beside, file.name(), "999")) {
      Acknowledger acknowledger =
          new Acknowledger(clock, controls, ta1.out(), implementation.out());
      try (acknowledger) {
        engine.read(
            file,
            acknowledger,
            finding -> {
              acknowledger.add(finding);
              findings.add(finding);
            });
      }
      if (acknowledger.leftOut() > 0) {
        String more = file.name() + ": " + acknowledger.leftOut() + " errors are not in the 999";
        spec.commandLine().getErr().println(more);
      }
    }
  }

  /** Control numbers one after the other, starting over behind the largest. */
  private LongSupplier controls() {
    Long first = firstControl;
    long[] next = {
      first == null ? clock.instant().getEpochSecond() % (SECONDS_IN_A_DAY * 10_000L) : first
    };
    return () -> {
      long control = (next[0] - 1) % LARGEST_CONTROL + 1;
      next[0] = control + 1;
      return control;
    };
  }

  /** A file that is written, and removed when nothing was. */
  private record Answer(OutputStream out, @Nullable Path file) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      out.close();
      Path written = file;
      if (written != null && Files.size(written) == 0) {
        Files.delete(written);
      }
    }
  }

  private Answer open(Path beside, String name, String kind) throws IOException {
    if (only != null && !only.equals(kind)) {
      return new Answer(OutputStream.nullOutputStream(), null);
    }
    if (STANDARD_OUTPUT.equals(output)) {
      return new Answer(new Kept(Output.standard()), null);
    }
    Path folder = output == null ? beside : Files.createDirectories(Path.of(output));
    Path written = folder.resolve(name + "." + kind);
    return new Answer(new BufferedOutputStream(Files.newOutputStream(written)), written);
  }

  /** Standard output, which stays open for what comes after. */
  private static final class Kept extends BufferedOutputStream {
    Kept(OutputStream standard) {
      super(standard);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
