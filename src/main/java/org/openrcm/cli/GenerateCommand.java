package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.ClaimKind;
import org.openrcm.simulator.Generator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: made-up practices bill a month. */
@Command(
    name = "generate",
    description = {
      "Makes up practices, patients and their claims: an 837 file for each practice and kind.",
      "The same options give the same bytes."
    },
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--claims",
      paramLabel = "N",
      required = true,
      description = "How many claims, all files together.")
  private int claims;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another number makes other people. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "mixed",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Kind kind = Kind.mixed;

  @Option(
      names = "--practices",
      paramLabel = "K",
      defaultValue = "1",
      description = "In how many towns; mixed, each has a practice, a hospital and a dentist.")
  private int practices;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2026-06-01",
      description = "First day of service, of four weeks. Default: ${DEFAULT-VALUE}.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder to write to. Default: this one.")
  private Path folder = Path.of(".");

  /** By the names that users type. */
  enum Kind {
    professional(ClaimKind.PROFESSIONAL),
    institutional(ClaimKind.INSTITUTIONAL),
    dental(ClaimKind.DENTAL),
    mixed(null);

    private final @Nullable ClaimKind only;

    Kind(@Nullable ClaimKind only) {
      this.only = only;
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Progress progress = Progress.onTerminal("claims")) {
      List<Path> files = generator().write(folder, progress::add);
      files.forEach(out::println);
    }
    out.flush();
    return OpenRcm.CLEAN;
  }

  private Generator generator() {
    try {
      return new Generator(new Generator.Settings(claims, seed, kind.only, practices, from));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
