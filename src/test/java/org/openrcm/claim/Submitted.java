package org.openrcm.claim;

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

/** All that a reader tells of a file of claims, in its order. */
final class Submitted implements ClaimHandler, FindingSink {
  static final Mappings MAPPINGS = Mappings.bundled();
  static final String FILE = "claims.837";

  /** A submission with what came after it. */
  record Batch(Submission submission, List<Claim> claims, List<Totals> totals) {}

  final List<Batch> batches = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  private @Nullable Batch open;

  static Submitted of(String text) {
    return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static Submitted of(byte[] bytes) {
    return of(new ByteArrayInputStream(bytes));
  }

  static Submitted of(InputStream in) {
    Submitted submitted = new Submitted();
    StreamingEngine.checking(MAPPINGS)
        .read(in, FILE, new ClaimReader(FILE, "", submitted, submitted), submitted);
    return submitted;
  }

  @Override
  public void start(Submission submission) {
    if (open != null) {
      throw new IllegalStateException("a submission starts before the last one ended");
    }
    open = new Batch(submission, new ArrayList<>(), new ArrayList<>());
    batches.add(open);
  }

  @Override
  public void claim(Submission submission, Claim claim) {
    current(submission).claims().add(claim);
  }

  @Override
  public void end(Submission submission, Totals totals) {
    current(submission).totals().add(totals);
    open = null;
  }

  private Batch current(Submission submission) {
    Batch current = open;
    if (current == null || current.submission() != submission) {
      throw new IllegalStateException("what comes belongs to no submission that was started");
    }
    return current;
  }

  @Override
  public void add(Finding finding) {
    findings.add(finding);
  }

  /** The claims of all submissions. */
  List<Claim> claims() {
    return batches.stream().flatMap(batch -> batch.claims().stream()).toList();
  }

  /** Findings of one rule as {@code place: message}. */
  List<String> found(FindingRule rule) {
    return findings.stream()
        .filter(finding -> finding.rule() == rule)
        .map(finding -> finding.place() + ": " + finding.message())
        .toList();
  }
}
