package org.openrcm.remittance;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.x12.Finding;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.StreamingEngine;

/** Keeps nothing of a long file but which claims came, and how much memory they held. */
final class Counting implements RemittanceHandler, FindingSink {
  private static final int EVERY = 1 << 19;

  final List<String> claims = new ArrayList<>();
  long peak;
  private long findings;
  private long atFirst;

  void read(InputStream in) {
    atFirst = used();
    StreamingEngine.checking(Received.MAPPINGS)
        .read(in, Received.FILE, new RemittanceReader(Received.FILE, "", this, this), this);
    measure();
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void measure() {
    peak = Math.max(peak, used() - atFirst);
  }

  @Override
  public void start(Remittance remittance) {
    measure();
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    claims.add(claim.patientControlNumber());
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {}

  @Override
  public void end(Remittance remittance, Totals totals) {}

  @Override
  public void add(Finding finding) {
    if (finding.rule() == Adjudication.CLAIM_NOT_READ) {
      measure();
      claims.add("one refused");
    } else if (++findings % EVERY == 0) {
      measure();
    }
  }
}
