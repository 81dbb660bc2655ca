package org.openrcm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.fhir.RemittanceExport;
import org.openrcm.fhir.ResourceOutput;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}: remittances in, FHIR out. */
@Command(
    name = "convert",
    description = "Turns remittances (835) into FHIR R4 resources.",
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  private static final int FINDINGS_OF_A_KIND = 20;
  private static final int BUFFER = 1 << 16;

  @Mixin private final Input input = new Input();
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder to write to; - for standard output, the default.")
  private String output = "-";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "ndjson")
  private Format format = Format.ndjson;

  @Option(
      names = "--provenance",
      description = "Adds a Provenance to each claim, with its bytes in the file.")
  private boolean provenance;

  /** By the names that users type. */
  enum Format {
    ndjson,
    bundle
  }

  @Override
  public Integer call() throws IOException {
    Findings findings = new Findings(spec.commandLine().getErr(), FINDINGS_OF_A_KIND);
    try (Engines engines = Engines.of(input.engine(), input.mappings());
        ResourceOutput resources = resources();
        RemittanceExport export = new RemittanceExport(resources, provenance);
        Progress progress = Progress.onTerminal("claims")) {
      input.each(file -> convert(file, engines, export, progress, findings));
    }
    findings.summarize();
    return findings.exitCode();
  }

  private static void convert(
      X12File file, Engines engines, RemittanceExport export, Progress progress, Findings findings)
      throws IOException {
    export.startFile(file.name());
    RemittanceReader reader =
        new RemittanceReader(file.name(), file.sha256(), progress.counting(export), findings);
    engines.engine().read(file, reader, findings);
    export.flush();
  }

  private ResourceOutput resources() {
    @Nullable Path folder = output.equals("-") ? null : Path.of(output);
    if (folder != null) {
      return format == Format.bundle
          ? new ResourceOutput.BundleFiles(folder)
          : new ResourceOutput.LinesByType(folder);
    }
    OutputStream out = new BufferedOutputStream(Output.standard(), BUFFER);
    return format == Format.bundle
        ? new ResourceOutput.Bundles(out)
        : new ResourceOutput.Lines(out);
  }
}
