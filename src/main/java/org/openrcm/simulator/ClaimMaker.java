package org.openrcm.simulator;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.claim.Billing;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimKind;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.HealthCode;
import org.openrcm.claim.Named;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;

/**
 * Makes the claims of a practice, each from its number alone: the tenth claim is the same whether
 * or not the ninth was made. Some replace or void a claim that was sent a little before.
 */
final class ClaimMaker {
  private static final int PER_HOUSEHOLD = 3;
  private static final int SEARCHED_HOUSEHOLDS = 60;
  private static final int FIRST_TO_CORRECT = 20;
  private static final int FARTHEST_BACK = 300;
  private static final int FIRST_NUMBER = 100_000;

  private final long seed;
  private final Practice practice;
  private final Billing billing;
  private final List<Visit> visits;
  private final LineMaker lineMaker;
  private final LocalDate from;
  private final int days;
  private final int claims;

  /**
   * A maker of so many claims.
   *
   * @param from first day of service
   * @param days over how many days they are spread
   */
  ClaimMaker(long seed, Practice practice, LocalDate from, int days, int claims) {
    this.seed = seed;
    this.practice = practice;
    this.billing = Parties.billing(practice);
    this.visits = Visit.of(practice.kind(), practice.specialty());
    this.lineMaker = new LineMaker(practice);
    this.from = from;
    this.days = days;
    this.claims = claims;
  }

  private enum Purpose {
    ORIGINAL,
    REPLACEMENT,
    VOID
  }

  /** The day of service, or of discharge; never earlier than that of the claim before. */
  LocalDate day(int index) {
    return from.plusDays((long) index * days / claims);
  }

  /** The claim of this place in the file, from 0. */
  Claim claim(int index) {
    Purpose purpose = purpose(index);
    if (purpose == Purpose.ORIGINAL) {
      return original(index);
    }
    Dice dice = dice("correction", index);
    int back = dice.between(FIRST_TO_CORRECT / 2, Math.min(index, FARTHEST_BACK));
    int corrected = index - back;
    if (purpose(corrected) != Purpose.ORIGINAL || isCorrectedTwice(corrected, index)) {
      return original(index);
    }
    Claim before = original(corrected);
    return purpose == Purpose.VOID ? Corrections.voids(before) : Corrections.replaces(before);
  }

  private Purpose purpose(int index) {
    if (index < FIRST_TO_CORRECT) {
      return Purpose.ORIGINAL;
    }
    int drawn = dice("purpose", index).below(1000);
    return drawn < 12 ? Purpose.REPLACEMENT : drawn < 18 ? Purpose.VOID : Purpose.ORIGINAL;
  }

  /** Whether a claim between the two corrects the same one. */
  private boolean isCorrectedTwice(int corrected, int index) {
    for (int i = Math.max(FIRST_TO_CORRECT, corrected + 1); i < index; i++) {
      if (purpose(i) != Purpose.ORIGINAL) {
        int back = dice("correction", i).between(FIRST_TO_CORRECT / 2, Math.min(i, FARTHEST_BACK));
        if (i - back == corrected) {
          return true;
        }
      }
    }
    return false;
  }

  private Dice dice(String what, int index) {
    return Dice.of(seed, what, practice.number(), practice.kind(), index);
  }

  private Claim original(int index) {
    Dice dice = dice("claim", index);
    LocalDate day = day(index);
    Visit visit = Visit.choose(visits, dice);
    int pool = Math.max(PER_HOUSEHOLD, claims / PER_HOUSEHOLD);
    for (int i = 0; i < SEARCHED_HOUSEHOLDS; i++) {
      Household household = Household.of(seed, practice.number(), dice.below(pool), from);
      Member treated = household.fitting(visit.sex(), visit.youngest(), visit.oldest(), day, dice);
      if (treated != null) {
        return made(index, visit, household, treated, day, dice);
      }
      if (i % 10 == 9) {
        visit = Visit.choose(visits, dice);
        pool *= 2;
      }
    }
    throw new IllegalStateException("nobody fits a visit of " + practice.specialty());
  }

  private Claim made(
      int index, Visit visit, Household household, Member treated, LocalDate day, Dice dice) {
    String number = practice.prefix() + "-" + (FIRST_NUMBER + index);
    boolean dental = practice.kind() == ClaimKind.DENTAL;
    boolean estimate = dental && visit.items().get(0).charge().cents() > 50_000 && dice.chance(400);
    List<ServiceLine> lines = lineMaker.lines(visit, number, estimate ? null : day);
    Money charged = Money.ZERO;
    for (ServiceLine line : lines) {
      charged = charged.plus(line.charged());
    }
    Payer payer = dental ? household.dental() : household.medical();
    String sequence = "P";
    List<OtherCoverage> others = List.of();
    Payer supplement = household.supplement();
    if (!dental && supplement != null) {
      boolean isLater = dice.chance(250);
      EarlierPayer other =
          isLater
              ? new EarlierPayer(household, payer, "P", filing(payer), day.minusDays(1))
              : new EarlierPayer(household, supplement, "S", filing(supplement), null);
      lines = other.decided(lines, visit.isStay());
      others = List.of(other.coverage(lines, charged, visit.isStay()));
      sequence = isLater ? "S" : "P";
      payer = isLater ? supplement : payer;
    }
    return new Claim(
        billing,
        Parties.subscriber(household, treated, payer, sequence, filing(payer)),
        Parties.patient(treated),
        number,
        charged,
        visit.place(),
        practice.kind() == ClaimKind.INSTITUTIONAL ? "A" : "B",
        "1",
        terms(estimate),
        admission(visit, dice),
        periods(visit, day, dice),
        List.of(),
        atTheDesk(payer, dice),
        dental ? List.of() : List.of(new ClaimReference("EA", treated.recordNumber(), null)),
        List.of(),
        List.of(),
        codes(visit, day, dice),
        List.of(),
        providers(visit, dice),
        others,
        lines,
        List.of(),
        index + 1,
        0,
        -1,
        0);
  }

  private String filing(Payer payer) {
    return practice.kind() == ClaimKind.INSTITUTIONAL ? payer.hospitalFiling() : payer.filing();
  }

  private Claim.Terms terms(boolean estimate) {
    return new Claim.Terms(
        practice.kind() == ClaimKind.INSTITUTIONAL ? null : "Y",
        "A",
        "Y",
        "Y",
        null,
        List.of(),
        null,
        null,
        null,
        estimate ? "PB" : null,
        null);
  }

  private Claim.@Nullable Admission admission(Visit visit, Dice dice) {
    if (practice.kind() != ClaimKind.INSTITUTIONAL) {
      return null;
    }
    String type = visit.isStay() ? dice.oneOf(List.of("1", "2", "3")) : "3";
    return new Claim.Admission(type, "1", visit.isStay() && dice.chance(200) ? "06" : "01");
  }

  private List<Period> periods(Visit visit, LocalDate day, Dice dice) {
    LocalDate start = day.minusDays(visit.days());
    if (practice.kind() == ClaimKind.INSTITUTIONAL) {
      Period statement = new Period("434", start, day, null);
      if (!visit.isStay()) {
        return List.of(statement);
      }
      LocalTime discharged = LocalTime.of(dice.between(9, 17), 0);
      LocalTime admitted = LocalTime.of(dice.between(0, 23), 5 * dice.below(12));
      return List.of(
          new Period("096", null, null, discharged),
          statement,
          new Period("435", start, null, admitted));
    }
    return visit.place().equals("21") ? List.of(new Period("435", day, null, null)) : List.of();
  }

  /** AMT*F5: a copay is often paid before the visit. */
  private List<Amount> atTheDesk(Payer payer, Dice dice) {
    boolean paid =
        practice.kind() == ClaimKind.PROFESSIONAL && !payer.copay().isZero() && dice.chance(500);
    return paid ? List.of(new Amount("F5", payer.copay())) : List.of();
  }

  private List<HealthCode> codes(Visit visit, LocalDate day, Dice dice) {
    List<HealthCode> codes = new ArrayList<>();
    boolean stay = visit.isStay();
    List<String> diagnoses = visit.diagnoses();
    for (int i = 0; i < diagnoses.size(); i++) {
      String present = stay && !diagnoses.get(i).startsWith("Z") ? "Y" : null;
      codes.add(code(i == 0 ? "ABK" : "ABF", diagnoses.get(i), present));
      if (i == 0 && practice.kind() == ClaimKind.INSTITUTIONAL) {
        codes.add(code(stay ? "ABJ" : "APR", diagnoses.get(0), null));
        if (visit.drg() != null) {
          codes.add(code("DR", visit.drg(), null));
        }
      }
    }
    LocalDate operated = day.minusDays(Math.max(0, visit.days() - 1));
    if (visit.operation() != null) {
      codes.add(new HealthCode("BBR", visit.operation(), operated, null, null, null, null));
    }
    if (practice.kind() == ClaimKind.INSTITUTIONAL && dice.chance(300)) {
      LocalDate onset = day.minusDays(visit.days() + 1L);
      codes.add(new HealthCode("BH", "11", onset, null, null, null, null));
    }
    if (stay) {
      Money room = Money.ofCents(180_000);
      codes.add(new HealthCode("BE", "01", null, null, room, null, null));
    }
    return List.copyOf(codes);
  }

  private static HealthCode code(String qualifier, String code, @Nullable String present) {
    return new HealthCode(qualifier, code.replace(".", ""), null, null, null, null, present);
  }

  private List<Named> providers(Visit visit, Dice dice) {
    Practice.Clinician clinician = dice.oneOf(practice.clinicians());
    return switch (practice.kind()) {
      case INSTITUTIONAL -> List.of(Parties.clinician("2310A", "71", "AT", clinician));
      case DENTAL -> List.of(Parties.clinician("2310B", "82", "PE", clinician));
      case PROFESSIONAL -> {
        Named rendering = Parties.clinician("2310B", "82", "PE", clinician);
        yield visit.place().equals("21") ? List.of(rendering, hospital()) : List.of(rendering);
      }
    };
  }

  /** Where those lie whom the practice visits in hospital: the one of its town. */
  private Named hospital() {
    Practice hospital = Practice.of(seed, practice.number(), ClaimKind.INSTITUTIONAL);
    return Parties.facility(hospital.name(), hospital.npi(), hospital.address());
  }
}
