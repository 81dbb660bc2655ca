package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.money.Money;
import org.openrcm.posting.Trouble;

/**
 * Decides whether an account gets a statement, and which visits are on it. A statement says that an
 * amount is owed, for good: what is not final is not on it. A pure function; every reason is given,
 * not the first alone.
 */
final class Gate {
  private static final Map<FlagKind, Withheld> FLAGS = new EnumMap<>(FlagKind.class);
  private static final Map<FlagKind, Withheld> FLAGS_OF_VISITS = new EnumMap<>(FlagKind.class);

  /** What does not touch what the patient owes. */
  private static final Set<Trouble> HARMLESS = Set.of(Trouble.ESTIMATE, Trouble.CAME_TWICE);

  /** CLP06 MC pays in full but for the copay: PR-3. */
  private static final String COPAY = "PR-3";

  static {
    FLAGS.put(FlagKind.HOLD, Withheld.ON_HOLD);
    FLAGS.put(FlagKind.DISPUTE, Withheld.DISPUTED);
    FLAGS.put(FlagKind.BANKRUPTCY, Withheld.BANKRUPTCY);
    FLAGS.put(FlagKind.ASSISTANCE, Withheld.ASSISTANCE);
    FLAGS.put(FlagKind.DECEASED, Withheld.DECEASED);
    FLAGS.put(FlagKind.ATTORNEY, Withheld.ATTORNEY);
    FLAGS.put(FlagKind.RETURNED_MAIL, Withheld.RETURNED_MAIL);
    FLAGS_OF_VISITS.put(FlagKind.DISPUTE, Withheld.VISIT_DISPUTED);
    FLAGS_OF_VISITS.put(FlagKind.HOLD, Withheld.VISIT_ON_HOLD);
  }

  private Gate() {}

  /**
   * What was decided.
   *
   * @param reasons why there is no statement; of visits too, when none is left to be billed
   * @param billable visits that something is owed for, and that can be billed
   * @param waiting visits that cannot be billed, each with every reason
   * @param owed for the billable visits, less the patient's credit
   */
  record Verdict(
      List<Reason> reasons, List<Visit> billable, Map<Visit, List<Reason>> waiting, Money owed) {

    boolean passes() {
      return reasons.isEmpty();
    }
  }

  static Verdict decide(Standing standing, Policy policy, LocalDate day) {
    List<Visit> billable = new ArrayList<>();
    Map<Visit, List<Reason>> waiting = new LinkedHashMap<>();
    Money owed = standing.credit().negated();
    for (Visit visit : standing.visits()) {
      List<Reason> reasons = of(visit, standing.flags(), day);
      if (!reasons.isEmpty()) {
        waiting.put(visit, reasons);
      } else if (!visit.owed().isZero()) {
        billable.add(visit);
        owed = owed.plus(visit.owed());
      }
    }
    List<Reason> reasons = new ArrayList<>();
    flagged(reasons, standing, day);
    if (billable.stream().noneMatch(visit -> visit.owed().compareTo(Money.ZERO) > 0)) {
      List<Reason> ofVisits = waiting.values().stream().flatMap(List::stream).distinct().toList();
      reasons.addAll(ofVisits.isEmpty() ? List.of(Reason.of(Withheld.NOTHING_OWED)) : ofVisits);
    } else if (owed.compareTo(Money.ZERO) <= 0) {
      reasons.add(Reason.of(Withheld.COVERED_BY_CREDIT));
    } else if (owed.compareTo(policy.minimum()) < 0) {
      reasons.add(Reason.of(Withheld.BELOW_MINIMUM));
    }
    timed(reasons, standing.last(), policy, day);
    return new Verdict(reasons, billable, waiting, owed);
  }

  private static void flagged(List<Reason> reasons, Standing standing, LocalDate day) {
    for (Flag flag : standing.flags()) {
      Withheld why = FLAGS.get(flag.kind());
      if (why != null
          && flag.claim() == null
          && flag.holdsOn(day)
          && (why != Withheld.RETURNED_MAIL || standing.paper())) {
        Reason reason = new Reason(why, null, after(flag));
        if (!reasons.contains(reason)) {
          reasons.add(reason);
        }
      }
    }
    if (standing.plan()) {
      reasons.add(Reason.of(Withheld.PLAN));
    }
    if (!standing.reachable()) {
      reasons.add(Reason.of(Withheld.NO_ADDRESS));
    }
  }

  private static @Nullable LocalDate after(Flag flag) {
    return flag.until() == null ? null : flag.until().plusDays(1);
  }

  private static void timed(
      List<Reason> reasons, Standing.@Nullable Last last, Policy policy, LocalDate day) {
    if (last == null) {
      return;
    }
    LocalDate next = last.issued().plusDays(policy.intervalDays());
    if (day.isBefore(next)) {
      reasons.add(new Reason(Withheld.TOO_SOON, null, next));
    }
    if (last.again() && last.stage() == Stage.FINAL_NOTICE) {
      reasons.add(Reason.of(Withheld.FINAL_NOTICE_SENT));
    }
  }

  /** Why a visit cannot be billed; empty when it can, or nothing ever was the patient's. */
  static List<Reason> of(Visit visit, List<Flag> flags, LocalDate day) {
    List<Reason> reasons = new ArrayList<>();
    if (!visit.sums().pending().isZero()) {
      reasons.add(Reason.of(Withheld.INSURER_TO_ANSWER, visit));
    }
    if (!visit.sums().refused().isZero()) {
      reasons.add(Reason.of(Withheld.DENIAL_OPEN, visit));
    }
    if (!HARMLESS.containsAll(visit.troubles())) {
      reasons.add(Reason.of(Withheld.EXCEPTION_OPEN, visit));
    }
    for (Flag flag : flags) {
      Withheld why = FLAGS_OF_VISITS.get(flag.kind());
      if (why != null && Objects.equals(flag.claim(), visit.number()) && flag.holdsOn(day)) {
        reasons.add(new Reason(why, visit.number(), after(flag)));
      }
    }
    if (!visit.sums().share().isZero()) {
      shared(reasons, visit);
    }
    return reasons;
  }

  private static void shared(List<Reason> reasons, Visit visit) {
    if (visit.protections().contains("QMB")) {
      reasons.add(Reason.of(Withheld.QMB, visit));
    }
    boolean onlyShares =
        visit.sums().shares().entrySet().stream()
            .allMatch(share -> share.getKey().startsWith("PR-") || share.getValue().isZero());
    if (visit.protections().contains("NO_SURPRISES")
        && (!onlyShares || visit.owed().isNegative())) {
      reasons.add(Reason.of(Withheld.NO_SURPRISES, visit));
    }
    boolean onlyCopay =
        visit.sums().shares().entrySet().stream()
            .allMatch(share -> share.getKey().equals(COPAY) || share.getValue().isZero());
    if (visit.medicaid() && !onlyCopay) {
      reasons.add(Reason.of(Withheld.MEDICAID, visit));
    }
    if (visit.owed().compareTo(finalShare(visit)) > 0) {
      reasons.add(Reason.of(Withheld.ABOVE_FINAL_SHARE, visit));
    }
  }

  /** What the last insurer left to the patient (group PR); all, where there is no insurer. */
  private static Money finalShare(Visit visit) {
    if (visit.decisions().isEmpty() && visit.sums().shares().containsKey(Reasons.NO_INSURER)) {
      return visit.sums().charged().amount();
    }
    int last = visit.standing().stream().mapToInt(Decision::rank).max().orElse(0);
    return visit.decisions().stream()
        .filter(decision -> decision.rank() == last)
        .map(Decision::share)
        .reduce(Money.ZERO, Money::plus);
  }
}
