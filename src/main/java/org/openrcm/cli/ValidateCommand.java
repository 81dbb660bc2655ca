package org.openrcm.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.ClaimReader;
import org.openrcm.claim.Submission;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.Finding;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Place;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetRouter;
import org.openrcm.x12.X12File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code validate}: says what is wrong with a file, and where. */
@Command(
    name = "validate",
    description = {
      "Checks structure, elements and (835, 837) balancing, and prints what it finds.",
      "Exit code 0: nothing found; 1: findings; 2: not readable as X12."
    },
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private final Input input = new Input();
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "A JSON object on a line for each finding.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Findings findings = new Findings(out, json ? 0 : Integer.MAX_VALUE);
    FindingSink sink = json ? new Json(out, findings) : findings;
    try (Engines engines = Engines.of(input.engine(), input.mappings())) {
      input.each(file -> validate(file, engines, sink));
    }
    if (!json && findings.exitCode() == OpenRcm.CLEAN) {
      out.println("nothing found");
    }
    out.flush();
    return findings.exitCode();
  }

  private static void validate(X12File file, Engines engines, FindingSink sink) throws IOException {
    Nowhere nowhere = new Nowhere();
    Map<String, SegmentHandler> readers =
        Map.of(
            "835", new RemittanceReader(file.name(), "", nowhere, sink),
            "837", new ClaimReader(file.name(), "", nowhere, sink));
    // other sets have nothing to balance: what the mapping says of them is all there is to check
    engines.engine().read(file, new SetRouter(readers, passedOver -> {}), sink);
  }

  /** Balancing is checked while claims are read; the claims themselves are not needed. */
  private static final class Nowhere implements RemittanceHandler, ClaimHandler {
    @Override
    public void start(Submission submission) {}

    @Override
    public void claim(Submission submission, Claim claim) {}

    @Override
    public void end(Submission submission, ClaimHandler.Totals totals) {}

    @Override
    public void start(Remittance remittance) {}

    @Override
    public void claim(Remittance remittance, ClaimPayment claim) {}

    @Override
    public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {}

    @Override
    public void end(Remittance remittance, RemittanceHandler.Totals totals) {}
  }

  /** Findings as JSON, a line each. */
  private record Json(PrintWriter out, Findings counted, JsonFactory factory)
      implements FindingSink {

    Json(PrintWriter out, Findings counted) {
      this(out, counted, new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET));
    }

    @Override
    public void add(Finding finding) {
      counted.add(finding);
      Place place = finding.place();
      try (JsonGenerator json = factory.createGenerator(out)) {
        json.writeStartObject();
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("level", finding.rule().level());
        json.writeStringField("code", finding.code());
        json.writeStringField("file", place.file());
        optional(json, "transactionSet", place.transactionSet());
        if (place.segmentNumber() > 0) {
          json.writeNumberField("segment", place.segmentNumber());
        }
        optional(json, "tag", place.segment());
        optional(json, "loop", place.loop());
        optional(json, "element", place.element());
        if (place.byteOffset() >= 0) {
          json.writeNumberField("byteOffset", place.byteOffset());
        }
        json.writeStringField("message", finding.message());
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.println();
    }

    private static void optional(JsonGenerator json, String name, @Nullable String value)
        throws IOException {
      if (value != null && !value.isEmpty()) {
        json.writeStringField(name, value);
      }
    }
  }
}
