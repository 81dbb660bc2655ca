package org.openrcm.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openrcm.billing.Address;
import org.openrcm.claim.ClaimKind;

/**
 * A made-up practice, hospital or dentist.
 *
 * @param number of the town it is in, from 1; what is in one town shares its patients
 * @param specialty names its rows of {@code simulator/visits.tsv}
 * @param tax REF*EI, of a range that is given to nobody
 * @param prefix how its claim numbers (CLM01) start
 * @param chargePercent its charges, in percent of the table's
 */
record Practice(
    int number,
    ClaimKind kind,
    String specialty,
    String name,
    String npi,
    String tax,
    String taxonomy,
    Address address,
    String prefix,
    String phone,
    int chargePercent,
    List<Clinician> clinicians) {

  /** Who treats there. */
  record Clinician(String lastName, String firstName, String npi, String taxonomy) {}

  private static final int LONGEST_PREFIX = 3;

  /** The practice of this kind in the town of this number. */
  static Practice of(long seed, int number, ClaimKind kind) {
    Dice dice = Dice.of(seed, "practice", number, kind);
    List<List<String>> rows =
        Table.rows("practices").stream().filter(row -> kind.name().startsWith(row.get(0))).toList();
    // the first office is the one that a newcomer expects: a family practice
    List<String> row = number == 1 ? rows.get(0) : dice.oneOf(rows);
    List<String> towns = Names.towns();
    String town = towns.get((number - 1) % towns.size());
    String name = town + " " + row.get(2);
    List<Clinician> clinicians = new ArrayList<>();
    for (int i = dice.between(2, 5); i > 0; i--) {
      String sex = dice.chance(500) ? "F" : "M";
      clinicians.add(
          new Clinician(Names.last(dice), Names.first(dice, sex), Npi.of(dice), row.get(4)));
    }
    return new Practice(
        number,
        kind,
        row.get(1),
        name,
        Npi.of(dice),
        "89" + dice.digits(7),
        row.get(3),
        Names.address(dice, town),
        initials(name) + number,
        "80055501" + (10 + dice.below(90)),
        dice.between(90, 130),
        List.copyOf(clinicians));
  }

  private static String initials(String name) {
    StringBuilder initials = new StringBuilder();
    String[] words = name.split(" ", -1);
    for (int i = Math.max(0, words.length - LONGEST_PREFIX); i < words.length; i++) {
      initials.append(words[i].charAt(0));
    }
    return initials.toString();
  }

  /** A file's name for what it sends. */
  String fileName() {
    String words = name.toLowerCase(Locale.ROOT).replace(' ', '-');
    return "%02d-%s.837".formatted(number, words);
  }
}
