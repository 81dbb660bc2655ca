package org.openrcm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.ClaimReader;
import org.openrcm.fhir.BatchedOutput;
import org.openrcm.fhir.BilledClaims;
import org.openrcm.fhir.ClaimExport;
import org.openrcm.fhir.RemittanceExport;
import org.openrcm.fhir.ResourceOutput;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetRouter;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}: claims and remittances in, FHIR out. */
@Command(
    name = "convert",
    description = "Turns claims (837) and remittances (835) into FHIR R4 resources, joined.",
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  private static final int FINDINGS_OF_A_KIND = 20;
  private static final int BUFFER = 1 << 16;

  /** GS01 of 837s. */
  private static final String CLAIMS = "HC";

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
    PrintWriter err = spec.commandLine().getErr();
    Findings findings = new Findings(err, FINDINGS_OF_A_KIND);
    boolean joins = input.isMixedWith(CLAIMS);
    try (Engines engines = Engines.of(input.engine(), input.mappings());
        ResourceOutput resources = resources();
        BilledClaims billed = joins ? new BilledClaims() : null;
        BatchedOutput batched = new BatchedOutput(resources);
        Progress progress = Progress.onTerminal("claims")) {
      RemittanceExport remittances = new RemittanceExport(batched, provenance, billed);
      ClaimExport claims = new ClaimExport(batched, provenance, billed);
      // claims come first, so that remittances find what they answer
      input.each(
          CLAIMS,
          file -> {
            batched.startFile(file.name());
            engines
                .engine()
                .read(file, readers(file, claims, remittances, progress, findings), findings);
            batched.flush();
          });
      findings.summarize();
      if (joins) {
        report(remittances.joins(), err);
      }
    }
    return findings.exitCode();
  }

  private static SegmentHandler readers(
      X12File file,
      ClaimExport claims,
      RemittanceExport remittances,
      Progress progress,
      Findings findings)
      throws IOException {
    String hash = file.sha256();
    return new SetRouter(
        Map.of(
            "837",
            new ClaimReader(file.name(), hash, progress.counting(claims), findings),
            "835",
            new RemittanceReader(file.name(), hash, progress.counting(remittances), findings)),
        findings);
  }

  /** One line for each reason, with how many claims it holds for; nothing of any patient. */
  private static void report(RemittanceExport.Joins joins, PrintWriter err) {
    long joined = joins.claims() - joins.unknown();
    err.println(
        joined + " of " + joins.claims() + " claims paid were joined with the claim billed");
    if (joins.incomplete() > 0) {
      err.println(
          joins.incomplete() + " of them meet no profile of CARIN Blue Button, for want of:");
      joins.missing().forEach((element, count) -> err.println("  " + element + ": " + count));
    }
    err.flush();
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
