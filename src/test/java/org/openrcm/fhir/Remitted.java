package org.openrcm.fhir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/** What becomes of a file of 835s: its resources, or its claims with their EOBs. */
final class Remitted {
  private Remitted() {}

  /** A claim and what it became. */
  record Claim(ClaimPayment payment, ExplanationOfBenefit eob) {}

  /** Every resource of a file as a line of JSON, Provenance with it. */
  static List<String> json(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ResourceOutput output = new ResourceOutput.Lines(bytes);
        RemittanceExport export = new RemittanceExport(output, true)) {
      export.startFile(file.getFileName().toString());
      read(file, export);
      export.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  static List<Claim> claims(Path file) {
    List<Claim> claims = new ArrayList<>();
    RemittanceResources mapper = new RemittanceResources(false);
    read(
        file,
        new RemittanceHandler() {
          @Override
          public void start(Remittance remittance) {}

          @Override
          public void claim(Remittance remittance, ClaimPayment claim) {
            mapper.of(remittance, claim, "id", null).stream()
                .filter(ExplanationOfBenefit.class::isInstance)
                .map(ExplanationOfBenefit.class::cast)
                .forEach(eob -> claims.add(new Claim(claim, eob)));
          }

          @Override
          public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {}

          @Override
          public void end(Remittance remittance, Totals totals) {}
        });
    return claims;
  }

  private static void read(Path path, RemittanceHandler handler) {
    try {
      X12File file = X12File.of(path);
      RemittanceReader reader =
          new RemittanceReader(file.name(), file.sha256(), handler, finding -> {});
      StreamingEngine.structural(Mappings.bundled()).read(file, reader, finding -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
