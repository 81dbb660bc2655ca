package org.openrcm.bench;

import java.util.List;

/**
 * A claim as a made-up payer decided it, ready to be written as loop 2100 with its 2110 lines.
 *
 * <p>Invariant: the charge is what was paid plus every adjustment, for each line and for the claim;
 * lines and claim-level adjustments never repeat one another. All amounts are US cents.
 *
 * @param status CLP02
 * @param charged CLP03
 * @param paid CLP04
 * @param adjustments CAS of loop 2100
 * @param lines loops 2110; empty where the payer decided the claim as a whole
 */
record AdjudicatedClaim(
    String status, long charged, long paid, List<Adjustment> adjustments, List<Line> lines) {

  /** One CAS triplet: group (CAS01), reason (CAS02), cents (CAS03). */
  record Adjustment(String group, String carc, long cents) {
    Adjustment negated() {
      return new Adjustment(group, carc, -cents);
    }
  }

  /** One service line; a remark is empty where the payer made none. */
  record Line(
      String procedure,
      String revenue,
      int units,
      long charged,
      long paid,
      long allowed,
      List<Adjustment> adjustments,
      String remark) {
    Line negated() {
      List<Adjustment> back = adjustments.stream().map(Adjustment::negated).toList();
      return new Line(procedure, revenue, units, -charged, -paid, -allowed, back, remark);
    }
  }

  /** A claim of lines: its totals are theirs. */
  static AdjudicatedClaim ofLines(String status, List<Line> lines) {
    long charged = lines.stream().mapToLong(Line::charged).sum();
    long paid = lines.stream().mapToLong(Line::paid).sum();
    return new AdjudicatedClaim(status, charged, paid, List.of(), lines);
  }

  /** The reversal of this claim: status 22, groups kept, every amount negated. */
  AdjudicatedClaim reversed() {
    return new AdjudicatedClaim(
        "22",
        -charged,
        -paid,
        adjustments.stream().map(Adjustment::negated).toList(),
        lines.stream().map(Line::negated).toList());
  }

  /** CLP05: what the PR adjustments of claim and lines sum to. */
  long patientResponsibility() {
    long sum = patientPart(adjustments);
    for (Line line : lines) {
      sum += patientPart(line.adjustments());
    }
    return sum;
  }

  private static long patientPart(List<Adjustment> adjustments) {
    return adjustments.stream()
        .filter(adjustment -> adjustment.group().equals("PR"))
        .mapToLong(Adjustment::cents)
        .sum();
  }
}
