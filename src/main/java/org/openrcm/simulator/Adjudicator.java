package org.openrcm.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.claim.Claim;
import org.openrcm.money.Money;

/** Decides claims: what is paid, why not all of it, and what comes of that later. */
final class Adjudicator {
  private static final String PRIMARY = "1";
  private static final int INTEREST_PER_MILLE = 4;
  private static final int LATE_WEEKS = 4;

  private final long seed;
  private final Pricing pricing;

  Adjudicator(long seed) {
    this.seed = seed;
    this.pricing = new Pricing(new Deductibles(seed));
  }

  /**
   * Decides a claim that was accepted.
   *
   * @param asked null for what the plan says; a scenario that the claim has no room for (a split of
   *     one line, interest on nothing) is the plan's too
   */
  Decision decide(Claim claim, Payer payer, @Nullable Scenario asked) {
    if (asked == null) {
      return planned(claim, payer);
    }
    return switch (asked) {
      case CONTRACTUAL -> shared(claim, payer, asked, CostShare.NONE);
      case DEDUCTIBLE -> shared(claim, payer, asked, CostShare.DEDUCTIBLE);
      case COINSURANCE -> shared(claim, payer, asked, CostShare.COINSURANCE);
      case COPAY -> shared(claim, payer, asked, CostShare.COPAY);
      case LATE, MISSING_INFORMATION, NOT_NECESSARY, NOT_COVERED, DUPLICATE, NOT_AUTHORIZED ->
          denied(claim, payer, asked, PRIMARY);
      case NO_ORIGINAL, OUT_OF_NETWORK -> denied(claim, payer, asked, PRIMARY);
      case NOT_A_MEMBER -> denied(claim, payer, asked, "4");
      case BUNDLED, PARTIAL -> partly(claim, payer, asked);
      case SPLIT -> split(claim, payer);
      case CORRECTED, RECOVERED_LATER, FORWARD_BALANCE -> corrected(claim, payer, asked);
      case TAKEN_BACK -> takenBack(claim, payer);
      case INTEREST -> late(claim, payer);
      case SECONDARY -> secondary(claim, payer);
      case CROSSOVER ->
          one(asked, ClaimState.FORWARDED, first(claim, payer, "19", plan(claim, payer)));
      case PREDETERMINATION -> estimate(claim, payer);
      case PAID_TO_PATIENT -> toThePatient(claim, payer);
      case NO_ANSWER -> new Decision(asked, ClaimState.ACCEPTED_BY_277CA, List.of(), List.of());
      case IMBALANCE -> mistaken(claim, payer);
      case UNKNOWN_CLAIM, REPLACED -> planned(claim, payer).as(asked);
      case VOIDED -> new Decision(asked, ClaimState.ACCEPTED_BY_277CA, List.of(), List.of());
      case CLAIM_REJECTED ->
          new Decision(asked, ClaimState.REJECTED_BY_277CA, List.of(), List.of());
      case SET_REJECTED -> new Decision(asked, ClaimState.REJECTED_BY_999, List.of(), List.of());
    };
  }

  private List<Ruling> plan(Claim claim, Payer payer) {
    return pricing.priced(claim, payer, CostShare.PLAN);
  }

  private static Answer first(Claim claim, Payer payer, String status, List<Ruling> rulings) {
    String number = claim.patientControlNumber();
    return Answer.of(0, number, Payer.claimNumber(payer.id(), number), status, rulings);
  }

  private static Decision one(Scenario scenario, ClaimState state, Answer answer) {
    return new Decision(scenario, state, List.of(answer), List.of());
  }

  private Decision shared(Claim claim, Payer payer, Scenario scenario, CostShare share) {
    List<Ruling> rulings = pricing.priced(claim, payer, share);
    return one(scenario, ClaimState.PAID, first(claim, payer, PRIMARY, rulings));
  }

  /** As the plan says; the scenario is named after the patient's share that comes of it. */
  private Decision planned(Claim claim, Payer payer) {
    List<Ruling> rulings = plan(claim, payer);
    return one(shareOf(rulings), ClaimState.PAID, first(claim, payer, PRIMARY, rulings));
  }

  private static Scenario shareOf(List<Ruling> rulings) {
    Scenario found = Scenario.CONTRACTUAL;
    for (Ruling ruling : rulings) {
      for (Adjustment adjustment : ruling.adjustments()) {
        if (adjustment.isPatientResponsibility()) {
          switch (adjustment.carc()) {
            case "1" -> {
              return Scenario.DEDUCTIBLE;
            }
            case "3" -> found = Scenario.COPAY;
            default -> found = Scenario.COINSURANCE;
          }
        }
      }
    }
    return found;
  }

  private Decision denied(Claim claim, Payer payer, Scenario scenario, String status) {
    Dice dice = Dice.of(seed, "remark", claim.patientControlNumber());
    List<Ruling> rulings = new ArrayList<>();
    for (Ruling priced : pricing.priced(claim, payer, CostShare.NONE)) {
      rulings.add(Refusals.denied(priced, scenario, dice));
    }
    Answer answer = first(claim, payer, status, List.copyOf(rulings));
    boolean unusable = scenario == Scenario.MISSING_INFORMATION && !Pricing.isStay(claim);
    return one(scenario, ClaimState.DENIED, unusable ? answer.remarked("MA130") : answer);
  }

  private Decision partly(Claim claim, Payer payer, Scenario scenario) {
    List<Ruling> rulings = new ArrayList<>(plan(claim, payer));
    if (rulings.size() < 2) {
      return one(shareOf(rulings), ClaimState.PAID, first(claim, payer, PRIMARY, rulings));
    }
    int last = rulings.size() - 1;
    Dice dice = Dice.of(seed, "remark", claim.patientControlNumber());
    rulings.set(last, Refusals.denied(rulings.get(last), scenario, dice));
    return one(
        scenario,
        // what is paid within another line is not denied
        scenario == Scenario.BUNDLED ? ClaimState.PAID : ClaimState.PARTLY_PAID,
        first(claim, payer, PRIMARY, List.copyOf(rulings)));
  }

  private Decision split(Claim claim, Payer payer) {
    List<Ruling> rulings = plan(claim, payer);
    if (rulings.size() < 2) {
      return one(shareOf(rulings), ClaimState.PAID, first(claim, payer, PRIMARY, rulings));
    }
    int half = (rulings.size() + 1) / 2;
    String number = claim.patientControlNumber();
    String ours = Payer.claimNumber(payer.id(), number);
    List<Ruling> rest = rulings.subList(half, rulings.size());
    return new Decision(
        Scenario.SPLIT,
        ClaimState.PAID,
        List.of(
            Answer.of(0, number, ours, PRIMARY, rulings.subList(0, half)).remarked("MA15"),
            Answer.of(1, number, ours + "B", PRIMARY, rest).remarked("MA15")),
        List.of());
  }

  /** Paid in full, taken back two cycles later, and paid with a patient's share. */
  private Decision corrected(Claim claim, Payer payer, Scenario scenario) {
    List<Ruling> full = pricing.priced(claim, payer, CostShare.NONE);
    List<Ruling> less = pricing.priced(claim, payer, CostShare.COINSURANCE);
    Answer before = first(claim, payer, PRIMARY, full);
    Answer reversal = before.reversal(2);
    boolean carried = scenario == Scenario.FORWARD_BALANCE;
    if (carried && Ruling.paid(full).isZero()) {
      return planned(claim, payer);
    }
    Answer after =
        Answer.of(carried ? 3 : 2, before.answers(), before.number() + "C", PRIMARY, less)
            .remarked("MA67")
            .correcting(before.number());
    return new Decision(
        scenario,
        ClaimState.PAID,
        List.of(before, carried ? reversal.standingAlone() : reversal, after),
        scenario == Scenario.RECOVERED_LATER ? recovery(before, after) : List.of());
  }

  /** The difference is left with the provider at first, and taken off the check after the next. */
  private static List<Decision.TakeBack> recovery(Answer before, Answer after) {
    Money less = Ruling.paid(before.rulings()).minus(Ruling.paid(after.rulings()));
    return less.isZero()
        ? List.of()
        : List.of(
            new Decision.TakeBack(2, before.number(), less.negated()),
            new Decision.TakeBack(4, before.number(), less));
  }

  /** Paid; a quarter was too much and is taken off a later check, by which no claim changes. */
  private Decision takenBack(Claim claim, Payer payer) {
    List<Ruling> rulings = pricing.priced(claim, payer, CostShare.COINSURANCE);
    long quarter = Ruling.paid(rulings).cents() / 4;
    Answer answer = first(claim, payer, PRIMARY, rulings);
    if (quarter == 0) {
      return one(Scenario.COINSURANCE, ClaimState.PAID, answer);
    }
    return new Decision(
        Scenario.TAKEN_BACK,
        ClaimState.PAID,
        List.of(answer),
        List.of(new Decision.TakeBack(2, answer.number(), Money.ofCents(quarter))));
  }

  private Decision late(Claim claim, Payer payer) {
    List<Ruling> rulings = pricing.priced(claim, payer, CostShare.COINSURANCE);
    long interest = Ruling.paid(rulings).cents() * INTEREST_PER_MILLE / 1000;
    Answer answer = first(claim, payer, PRIMARY, rulings);
    if (interest == 0) {
      return one(Scenario.COINSURANCE, ClaimState.PAID, answer);
    }
    Answer later =
        Answer.of(LATE_WEEKS, answer.answers(), answer.number(), PRIMARY, rulings)
            .withInterest(Money.ofCents(interest));
    return one(Scenario.INTEREST, ClaimState.PAID, later);
  }

  private Decision secondary(Claim claim, Payer payer) {
    if (Pricing.earlierPayer(claim) == null) {
      return planned(claim, payer);
    }
    List<Ruling> rulings = pricing.afterAnother(claim, payer);
    return one(Scenario.SECONDARY, ClaimState.PAID, first(claim, payer, "2", rulings));
  }

  /** What would be paid is adjusted instead (CARC 101). */
  private Decision estimate(Claim claim, Payer payer) {
    List<Ruling> rulings =
        pricing.priced(claim, payer, CostShare.COINSURANCE).stream()
            .map(ruling -> ruling.withheld("OA", "101"))
            .toList();
    return one(
        Scenario.PREDETERMINATION, ClaimState.PREDETERMINED, first(claim, payer, "25", rulings));
  }

  private Decision toThePatient(Claim claim, Payer payer) {
    List<Ruling> rulings =
        pricing.priced(claim, payer, CostShare.COINSURANCE).stream()
            .map(ruling -> ruling.withheld("PR", "100"))
            .toList();
    return one(Scenario.PAID_TO_PATIENT, ClaimState.PAID, first(claim, payer, PRIMARY, rulings));
  }

  private Decision mistaken(Claim claim, Payer payer) {
    List<Ruling> rulings = new ArrayList<>(plan(claim, payer));
    if (Pricing.isStay(claim)) {
      return planned(claim, payer);
    }
    rulings.set(0, rulings.get(0).mistaken());
    return one(
        Scenario.IMBALANCE, ClaimState.PAID, first(claim, payer, PRIMARY, List.copyOf(rulings)));
  }
}
