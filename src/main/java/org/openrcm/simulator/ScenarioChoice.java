package org.openrcm.simulator;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ServiceLine;

/**
 * Which scenario a claim gets: the one that the claim itself asks for (a void, an estimate, an
 * earlier payer), otherwise one by lot. The same claim draws the same lot each time it is read.
 */
final class ScenarioChoice {
  private static final int SETS_BEFORE_ONE_IS_REJECTED = 5;

  /** What needs more than one answer, so that a later claim could not simply undo it. */
  private static final Set<Scenario> MANIFOLD =
      EnumSet.of(
          Scenario.SPLIT,
          Scenario.CORRECTED,
          Scenario.RECOVERED_LATER,
          Scenario.TAKEN_BACK,
          Scenario.FORWARD_BALANCE,
          Scenario.INTEREST,
          Scenario.NO_ANSWER,
          Scenario.UNKNOWN_CLAIM,
          Scenario.IMBALANCE);

  /** What befalls no claim that does not ask for it, or is decided for whole sets. */
  private static final Set<Scenario> BY_THE_CLAIM =
      EnumSet.of(Scenario.REPLACED, Scenario.VOIDED, Scenario.NO_ORIGINAL, Scenario.SET_REJECTED);

  private final long seed;
  private final List<Scenario> wanted;

  /** With none wanted it is a believable mix. */
  ScenarioChoice(long seed, List<Scenario> wanted) {
    this.seed = seed;
    this.wanted = List.copyOf(wanted);
  }

  /** Whether a whole transaction set is turned back although nothing is wrong with it. */
  boolean rejectsSet(String set, int ordinal) {
    Dice dice = Dice.of(seed, "set", set, ordinal);
    if (wanted.isEmpty()) {
      return ordinal >= SETS_BEFORE_ONE_IS_REJECTED && dice.chance(40);
    }
    return wanted.contains(Scenario.SET_REJECTED) && dice.below(wanted.size()) == 0;
  }

  /** Whether the 277CA turns the claim back. */
  boolean rejects(Claim claim) {
    return !isDecidable(claim) || drawn(claim) == Scenario.CLAIM_REJECTED;
  }

  /**
   * What becomes of a claim that is not turned back; null for what its plan says.
   *
   * @param isCorrectedLater whether a later claim of the file replaces or voids it
   */
  @Nullable Scenario of(Claim claim, boolean isCorrectedLater) {
    if (claim.isVoid()) {
      return Scenario.VOIDED;
    }
    if (claim.isReplacement()) {
      return Scenario.REPLACED;
    }
    if (claim.isPredetermination()) {
      return Scenario.PREDETERMINATION;
    }
    Scenario drawn = drawn(claim);
    if (isCorrectedLater && drawn != null && MANIFOLD.contains(drawn)) {
      return null;
    }
    if (wanted.isEmpty() && (drawn == null || !isDenial(drawn))) {
      if (Pricing.earlierPayer(claim) != null) {
        return Scenario.SECONDARY;
      }
      if (Pricing.nextPayer(claim) != null && dice("crossover", claim).chance(700)) {
        return Scenario.CROSSOVER;
      }
    }
    return drawn;
  }

  private @Nullable Scenario drawn(Claim claim) {
    Dice dice = dice("scenario", claim);
    if (!wanted.isEmpty()) {
      Scenario one = dice.oneOf(wanted);
      return BY_THE_CLAIM.contains(one) ? null : one;
    }
    int drawn = dice.below(1000);
    for (Scenario scenario : Scenario.values()) {
      drawn -= scenario.perMille();
      if (drawn < 0) {
        return scenario;
      }
    }
    return null;
  }

  private Dice dice(String what, Claim claim) {
    return Dice.of(seed, what, claim.patientControlNumber(), claim.charged().cents());
  }

  private static boolean isDenial(Scenario scenario) {
    return switch (scenario) {
      case LATE, MISSING_INFORMATION, NOT_NECESSARY, NOT_COVERED -> true;
      case DUPLICATE, NOT_AUTHORIZED, NOT_A_MEMBER, OUT_OF_NETWORK, NO_ANSWER -> true;
      default -> false;
    };
  }

  /** A claim whose lines are not what it charges, or that has none, cannot be decided. */
  private static boolean isDecidable(Claim claim) {
    long cents = claim.charged().cents();
    for (ServiceLine line : claim.lines()) {
      cents -= line.charged().cents();
      if (line.charged().isNegative()) {
        return false;
      }
    }
    return cents == 0 && !claim.lines().isEmpty();
  }
}
