package org.openrcm.bench;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Resource;
import org.openrcm.fhir.RemittanceExport;
import org.openrcm.fhir.RemittanceResources;
import org.openrcm.fhir.ResourceOutput;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/** OpenRCM's own ways of reading, and HAPI's encoder on the resources that it makes. */
final class OurReadings {
  private OurReadings() {}

  /** Every segment in its loop. */
  static Contender.Reading segments() {
    return segments(StreamingEngine.structural(Mappings.bundled()));
  }

  /** Every segment in its loop, and every element held against the mapping's facets. */
  static Contender.Reading checkedSegments() {
    return segments(StreamingEngine.checking(Mappings.bundled()));
  }

  private static Contender.Reading segments(StreamingEngine engine) {
    return file -> {
      SegmentCount count = new SegmentCount();
      read(engine, file, segment -> count.add(segment.key()));
      return count.claims;
    };
  }

  /** Every claim as a record, balanced. */
  static Contender.Reading records() {
    StreamingEngine engine = StreamingEngine.structural(Mappings.bundled());
    return file -> {
      ClaimCount count = new ClaimCount();
      read(engine, file, new RemittanceReader(file.toString(), "", count, OurReadings::refuse));
      return count.claims;
    };
  }

  /** What {@code convert} does: checked reading, records, resources, NDJSON; on all cores. */
  static Contender.Reading convert() {
    StreamingEngine engine = StreamingEngine.checking(Mappings.bundled());
    return file -> {
      try (ResourceOutput out = new ResourceOutput.Lines(OutputStream.nullOutputStream());
          RemittanceExport export = new RemittanceExport(out, false)) {
        ConvertedCount count = new ConvertedCount(export);
        X12File input = X12File.of(file);
        export.startFile(input.name());
        read(
            engine,
            file,
            new RemittanceReader(input.name(), input.sha256(), count, OurReadings::refuse));
        export.flush();
        return count.claims;
      }
    };
  }

  /** The same resources (but for the check itself) through HAPI's own encoder, on one core. */
  static Contender.Reading hapi() {
    StreamingEngine engine = StreamingEngine.structural(Mappings.bundled());
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    return file -> {
      HapiCount count = new HapiCount(parser);
      read(engine, file, new RemittanceReader(file.toString(), "", count, OurReadings::refuse));
      return count.claims;
    };
  }

  private static void read(StreamingEngine engine, Path file, SegmentHandler handler)
      throws IOException {
    engine.read(X12File.of(file), handler, OurReadings::refuse);
  }

  /** The generated file is clean: a finding is an error, in the generator or in the reader. */
  private static void refuse(Finding finding) {
    throw new IllegalStateException(finding.toString());
  }

  private static final class SegmentCount {
    private long claims;

    void add(String key) {
      claims += key.equals("2100.CLP") ? 1 : 0;
    }
  }

  private static class ClaimCount implements RemittanceHandler {
    long claims;

    @Override
    public void start(Remittance remittance) {}

    @Override
    public void claim(Remittance remittance, ClaimPayment claim) {
      claims++;
    }

    @Override
    public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {}

    @Override
    public void end(Remittance remittance, Totals totals) {}
  }

  private static final class ConvertedCount extends ClaimCount {
    private final RemittanceExport export;

    ConvertedCount(RemittanceExport export) {
      this.export = export;
    }

    @Override
    public void start(Remittance remittance) {
      export.start(remittance);
    }

    @Override
    public void claim(Remittance remittance, ClaimPayment claim) {
      super.claim(remittance, claim);
      export.claim(remittance, claim);
    }

    @Override
    public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
      export.adjustment(remittance, adjustment);
    }

    @Override
    public void end(Remittance remittance, Totals totals) {
      export.end(remittance, totals);
    }
  }

  private static final class HapiCount extends ClaimCount {
    private final IParser parser;
    private final RemittanceResources resources = new RemittanceResources(false);

    HapiCount(IParser parser) {
      this.parser = parser;
    }

    @Override
    public void claim(Remittance remittance, ClaimPayment claim) {
      super.claim(remittance, claim);
      String id = Identities.claimId(remittance, claim);
      for (Resource resource : resources.of(remittance, claim, id, null)) {
        parser.encodeResourceToString(resource);
      }
    }
  }
}
