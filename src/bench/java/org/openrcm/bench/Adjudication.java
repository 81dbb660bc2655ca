package org.openrcm.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openrcm.bench.AdjudicatedClaim.Adjustment;
import org.openrcm.bench.AdjudicatedClaim.Line;

/**
 * How a made-up payer decides claims: contractual cuts, deductibles, copays, denials, the share of
 * an earlier payer.
 *
 * <p>Invariant: every amount it takes off is written as an adjustment, so what it returns balances.
 */
final class Adjudication {
  private static final String[] VISITS = {"99202", "99203", "99213", "99214", "99215", "99396"};
  private static final String[] SERVICES = {
    "36415", "71046", "80053", "85025", "87880", "90471", "93000", "97110", "97140", "99406",
    "J1100"
  };
  private static final String[] REVENUE = {"0300", "0324", "0420", "0450", "0510", "0636", "0730"};

  /** A denial: group, reason and the remark that a line carries with it. */
  private record Denial(String group, String carc, String remark) {}

  private static final Denial[] DENIALS = {
    new Denial("CO", "97", "M15"),
    new Denial("CO", "16", "N290"),
    new Denial("CO", "29", ""),
    new Denial("PR", "204", "N130"),
    new Denial("PR", "96", "N30"),
    new Denial("CO", "50", "N115")
  };

  private final MadeUp madeUp;
  private final boolean medicare;

  Adjudication(MadeUp madeUp, boolean medicare) {
    this.madeUp = madeUp;
    this.medicare = medicare;
  }

  /** An office or clinic claim of one to five service lines. */
  AdjudicatedClaim professional() {
    return ofLines(false);
  }

  /** A hospital claim without an admission: lines under revenue codes, or decided as a whole. */
  AdjudicatedClaim outpatient() {
    return madeUp.chance(20) ? asAWhole(30_000, 600_000) : ofLines(true);
  }

  /** A hospital stay, decided as a whole. */
  AdjudicatedClaim inpatient() {
    return asAWhole(400_000, 9_000_000);
  }

  /** The same charges as in an earlier decision, decided once more. */
  AdjudicatedClaim corrected(AdjudicatedClaim before) {
    if (before.lines().isEmpty()) {
      Terms terms = payable(before.charged(), false, true);
      return new AdjudicatedClaim("1", before.charged(), terms.paid, terms.adjustments, List.of());
    }
    List<Line> lines = new ArrayList<>(before.lines().size());
    for (Line old : before.lines()) {
      Terms terms = payable(old.charged(), false, lines.isEmpty());
      lines.add(line(old.procedure(), old.revenue(), old.units(), old.charged(), terms));
    }
    return AdjudicatedClaim.ofLines("1", lines);
  }

  private AdjudicatedClaim ofLines(boolean hospital) {
    boolean secondary = madeUp.chance(9);
    boolean refused = madeUp.chance(5);
    Denial reason = DENIALS[madeUp.between(0, DENIALS.length - 1)];
    int count = madeUp.chance(15) ? 1 : madeUp.chance(35) ? madeUp.between(2, 3) : 5;
    List<Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String procedure = i == 0 && !hospital ? madeUp.oneOf(VISITS) : madeUp.oneOf(SERVICES);
      String modifier = madeUp.chance(12) ? ":" + madeUp.oneOf("25", "59", "RT", "LT", "GP") : "";
      String revenue = hospital ? madeUp.oneOf(REVENUE) : "";
      int units = madeUp.chance(85) ? 1 : madeUp.between(2, 4);
      long charged = units * (long) madeUp.between(1_500, 45_000);
      boolean denied = refused || madeUp.chance(5);
      Terms terms =
          denied
              ? denied(charged, refused ? reason : DENIALS[madeUp.between(0, DENIALS.length - 1)])
              : payable(charged, secondary, i == 0);
      lines.add(line("HC:" + procedure + modifier, revenue, units, charged, terms));
    }
    return AdjudicatedClaim.ofLines(status(secondary), lines);
  }

  private static Line line(String procedure, String revenue, int units, long charged, Terms terms) {
    return new Line(
        procedure,
        revenue,
        units,
        charged,
        terms.paid,
        terms.allowed,
        terms.adjustments,
        terms.remark);
  }

  private AdjudicatedClaim asAWhole(int from, int to) {
    boolean secondary = madeUp.chance(9);
    long charged = madeUp.between(from, to);
    Terms terms = payable(charged, secondary, true);
    return new AdjudicatedClaim(
        status(secondary), charged, terms.paid, terms.adjustments, List.of());
  }

  private String status(boolean secondary) {
    if (secondary) {
      return madeUp.chance(88) ? "2" : "3";
    }
    return madeUp.chance(6) ? "19" : "1";
  }

  /** What was decided about one amount: charged is paid plus adjustments. */
  private record Terms(long paid, long allowed, List<Adjustment> adjustments, String remark) {}

  private static Terms denied(long charged, Denial denial) {
    Adjustment all = new Adjustment(denial.group, denial.carc, charged);
    return new Terms(0, 0, List.of(all), denial.remark);
  }

  private Terms payable(long charged, boolean secondary, boolean first) {
    List<Adjustment> adjustments = new ArrayList<>(4);
    long allowed = charged * madeUp.between(35, 90) / 100;
    take(adjustments, "CO", "45", charged - allowed);
    long open = allowed;
    if (secondary) {
      open -= take(adjustments, "OA", "23", open * madeUp.between(60, 90) / 100);
    } else if (madeUp.chance(18)) {
      open -= take(adjustments, "PR", "1", Math.min(open, madeUp.between(1_000, 60_000)));
    }
    if (madeUp.chance(35)) {
      open -= take(adjustments, "PR", "2", open / 5);
    } else if (first && madeUp.chance(45)) {
      open -= take(adjustments, "PR", "3", Math.min(open, madeUp.between(2, 8) * 500L));
    }
    if (medicare && !secondary) {
      open -= take(adjustments, "CO", "253", open / 50);
    }
    adjustments.sort(Comparator.comparing(Adjustment::group)); // one CAS for each group
    String remark = madeUp.chance(8) ? madeUp.oneOf("N620", "N781", "MA125") : "";
    return new Terms(open, allowed, List.copyOf(adjustments), remark);
  }

  private static long take(List<Adjustment> from, String group, String carc, long cents) {
    if (cents != 0) {
      from.add(new Adjustment(group, carc, cents));
    }
    return cents;
  }
}
