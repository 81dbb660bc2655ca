package org.openrcm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code show}: a remittance as a person reads it on paper. */
@Command(
    name = "show",
    description = "Prints a remittance (835) as one reads it on paper, in plain words.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  private static final int FINDINGS_OF_A_KIND = 20;

  @Mixin private final Input input = new Input();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Findings findings = new Findings(spec.commandLine().getErr(), FINDINGS_OF_A_KIND);
    try (Engines engines = Engines.of(input.engine(), input.mappings())) {
      input.each(file -> show(file, engines, out, findings));
    }
    findings.summarize();
    return findings.exitCode();
  }

  private static void show(X12File file, Engines engines, PrintWriter out, Findings findings)
      throws IOException {
    engines
        .engine()
        .read(
            file,
            new RemittanceReader(file.name(), "", new PaperRemittance(out), findings),
            findings);
    out.flush();
  }
}
