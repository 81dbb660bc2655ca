package org.openrcm.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.Submission;

/**
 * The first reading of a file: what each set comes to, which the 277CA says before its claims, and
 * which claims a later one corrects.
 */
final class Survey implements ClaimHandler {
  private static final int MOST_CORRECTIONS = 500_000;

  private final ScenarioChoice choice;
  private final List<StatusWriter.Totals> sets = new ArrayList<>();
  private final Set<String> corrected = new HashSet<>();
  private StatusWriter.Totals current = StatusWriter.Totals.NONE;

  Survey(ScenarioChoice choice) {
    this.choice = choice;
  }

  @Override
  public void start(Submission submission) {
    current = StatusWriter.Totals.NONE;
  }

  @Override
  public void claim(Submission submission, Claim claim) {
    boolean rejected = choice.rejects(claim);
    current = current.with(claim, rejected);
    String prior = claim.priorClaimNumber();
    boolean corrects = claim.isReplacement() || claim.isVoid();
    if (prior != null && corrects && !rejected && corrected.size() < MOST_CORRECTIONS) {
      corrected.add(prior);
    }
  }

  @Override
  public void end(Submission submission, Totals totals) {
    sets.add(current);
  }

  /** What the set of this place in the file comes to, from 0. */
  StatusWriter.Totals totals(int set) {
    return sets.get(set);
  }

  /** Whether a claim of the file replaces or voids the one that has this number at its payer. */
  boolean isCorrected(String payerClaimNumber) {
    return corrected.contains(payerClaimNumber);
  }
}
