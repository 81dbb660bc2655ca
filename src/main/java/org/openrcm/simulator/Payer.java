package org.openrcm.simulator;

import java.util.List;
import java.util.Locale;
import org.openrcm.money.Money;

/**
 * A payer and how its plans pay, of {@code simulator/payers.tsv}, or made up for an id that is not
 * there.
 *
 * @param id NM109 in 2010BB
 * @param plan {@code medical}, {@code dental} or {@code supplement} (after Medicare)
 * @param filing SBR09 of professional and dental claims
 * @param hospitalFiling SBR09 of institutional claims
 * @param youngest of its subscribers, in years
 * @param weight how many of a hundred members of its age and plan it has
 * @param members how its member ids start
 * @param deductible of a member in a year
 * @param coinsurance the member's share in percent
 * @param copay of a visit
 * @param lowestRate what the contract pays of a charge, in percent
 */
record Payer(
    String id,
    String name,
    String plan,
    String filing,
    String hospitalFiling,
    int youngest,
    int oldest,
    int weight,
    String members,
    Money deductible,
    int coinsurance,
    Money copay,
    int lowestRate,
    int highestRate) {

  private static final List<Payer> ALL = Table.rows("payers").stream().map(Payer::of).toList();

  private static Payer of(List<String> row) {
    String[] ages = row.get(5).split("-", -1);
    String[] rates = row.get(11).split("-", -1);
    return new Payer(
        row.get(0),
        row.get(1),
        row.get(2),
        row.get(3),
        row.get(4),
        Integer.parseInt(ages[0]),
        Integer.parseInt(ages[1]),
        Integer.parseInt(row.get(6)),
        row.get(7),
        Money.of(row.get(8)),
        Integer.parseInt(row.get(9)),
        Money.of(row.get(10)),
        Integer.parseInt(rates[0]),
        Integer.parseInt(rates[1]));
  }

  /** One with this plan that takes a subscriber of this age. */
  static Payer choose(Dice dice, String plan, int age) {
    int total = 0;
    for (Payer payer : ALL) {
      total += payer.takes(plan, age) ? payer.weight : 0;
    }
    int drawn = dice.below(total);
    for (Payer payer : ALL) {
      if (payer.takes(plan, age)) {
        drawn -= payer.weight;
        if (drawn < 0) {
          return payer;
        }
      }
    }
    throw new IllegalStateException("no payer for plan " + plan);
  }

  private boolean takes(String itsPlan, int age) {
    return plan.equals(itsPlan) && age >= youngest && age <= oldest;
  }

  /** The payer of this id; terms for one that is not of ours come from its id alone. */
  static Payer of(String id, String name) {
    for (Payer payer : ALL) {
      if (payer.id.equals(id)) {
        return payer;
      }
    }
    Dice dice = Dice.of(0, "payer", id);
    String letters = id.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    return new Payer(
        id,
        name,
        "medical",
        "12",
        "12",
        0,
        120,
        1,
        letters,
        Money.ofCents(dice.oneOf(List.of(0, 25_000, 100_000))),
        dice.oneOf(List.of(0, 10, 20)),
        Money.ofCents(dice.oneOf(List.of(0, 2_000, 3_000))),
        45,
        80);
  }

  /** What the contract allows for a charge: each procedure has a rate of its own. */
  long allowed(long chargedCents, String procedure) {
    int percent = Dice.of(0, "rate", id, procedure).between(lowestRate, highestRate);
    return chargedCents * percent / 100;
  }

  /**
   * The payer's number of a claim (CLP07, REF*1K, and REF*F8 of what replaces it): the same for the
   * same claim, so that a practice that knows its claim knows the payer's number.
   */
  static String claimNumber(String payerId, String patientControlNumber) {
    String letters = payerId.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    return letters.substring(0, Math.min(2, letters.length()))
        + Dice.of(0, "claim", payerId, patientControlNumber).digits(13);
  }

  /** REF*2U, TRN03 and file names want letters and digits only. */
  static String plain(String id) {
    String letters = id.replaceAll("[^A-Za-z0-9]", "");
    return letters.isEmpty() ? "PAYER" : letters.substring(0, Math.min(15, letters.length()));
  }

  /** TRN03: a one and a tax number that nobody can have. */
  static String originator(String id) {
    return "189" + Dice.of(0, "tax", id).digits(7);
  }
}
