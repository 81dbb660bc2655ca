package org.openrcm.remittance;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Finding;
import org.openrcm.x12.FindingRule;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;

/** All that a reader tells of a file, in its order. */
final class Received implements RemittanceHandler, FindingSink {
  static final Mappings MAPPINGS = Mappings.bundled();
  static final String FILE = "remit.835";

  /** A remittance with what came after it. */
  record Check(
      Remittance remittance,
      List<ClaimPayment> claims,
      List<ProviderAdjustment> adjustments,
      List<Totals> totals) {}

  final List<Check> checks = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  private @Nullable Check open;

  static Received of(String text) {
    return of(text, MAPPINGS);
  }

  static Received of(String text, Mappings mappings) {
    return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), mappings);
  }

  static Received of(InputStream in) {
    return of(in, MAPPINGS);
  }

  private static Received of(InputStream in, Mappings mappings) {
    Received received = new Received();
    StreamingEngine.checking(mappings)
        .read(in, FILE, new RemittanceReader(FILE, "", received, received), received);
    return received;
  }

  @Override
  public void start(Remittance remittance) {
    if (open != null) {
      throw new IllegalStateException("a check starts before the last one ended");
    }
    open = new Check(remittance, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    checks.add(open);
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    current(remittance).claims().add(claim);
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
    current(remittance).adjustments().add(adjustment);
  }

  @Override
  public void end(Remittance remittance, Totals totals) {
    current(remittance).totals().add(totals);
    open = null;
  }

  private Check current(Remittance remittance) {
    Check current = open;
    if (current == null || current.remittance() != remittance) {
      throw new IllegalStateException("what comes belongs to no check that was started");
    }
    return current;
  }

  @Override
  public void add(Finding finding) {
    findings.add(finding);
  }

  /** The claims of all checks. */
  List<ClaimPayment> claims() {
    return checks.stream().flatMap(check -> check.claims().stream()).toList();
  }

  /** Findings of one rule as {@code place: message}. */
  List<String> found(FindingRule rule) {
    return findings.stream()
        .filter(finding -> finding.rule() == rule)
        .map(finding -> finding.place() + ": " + finding.message())
        .toList();
  }
}
