package org.openrcm.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.Submission;

/** Writes claims as FHIR resources while they are read. */
public final class ClaimExport implements ClaimHandler {
  private final BatchedOutput output;
  private final @Nullable BilledClaims billed;
  private final ThreadLocal<ClaimResources> mappers;

  /**
   * Writes to {@code output}.
   *
   * @param provenance whether each claim comes with a Provenance
   * @param billed keeps the claims for the remittances that answer them, null when none will
   */
  public ClaimExport(BatchedOutput output, boolean provenance, @Nullable BilledClaims billed) {
    this.output = output;
    this.billed = billed;
    this.mappers = ThreadLocal.withInitial(() -> new ClaimResources(provenance));
  }

  @Override
  public void start(Submission submission) {
    // each claim tells of its submission
  }

  @Override
  public void claim(Submission submission, Claim claim) {
    if (billed != null) {
      try {
        billed.add(submission, claim);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    output.add(into -> into.addAll(mappers.get().of(submission, claim)));
  }

  @Override
  public void end(Submission submission, Totals totals) {
    // what a set comes to is not a resource of its own
  }
}
