package org.openrcm.simulator;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.ClaimKind;
import org.openrcm.money.Money;

/**
 * A believable visit: who comes, with what, and what is done; a row of {@code
 * simulator/visits.tsv}.
 *
 * @param weight how often, against the others of its specialty
 * @param sex {@code F}, {@code M} or {@code *}
 * @param place place of service, or the first two digits of the type of bill
 * @param diagnoses ICD-10-CM, the main one first; none for dentists
 * @param drg of a stay
 * @param operation ICD-10-PCS, of some stays
 * @param days of a stay, 0 otherwise
 */
record Visit(
    int weight,
    int youngest,
    int oldest,
    String sex,
    String place,
    List<String> diagnoses,
    List<Item> items,
    @Nullable String drg,
    @Nullable String operation,
    int days) {

  /**
   * One thing done.
   *
   * @param procedure HCPCS, CPT or CDT; null when there is a revenue code only
   * @param charge of one unit
   * @param drug a drug's number, and how much of it in which unit
   */
  record Item(
      @Nullable String revenueCode,
      @Nullable String procedure,
      @Nullable String modifier,
      int units,
      @Nullable String tooth,
      List<String> surfaces,
      @Nullable String area,
      Money charge,
      @Nullable String drug,
      int drugQuantity,
      @Nullable String drugUnit) {}

  private static final Pattern ITEM =
      Pattern.compile(
          "(?:(0\\d{3})(?:/|(?=[*@])))?(?:([A-Z]?\\d{4,5}[A-Z]?)(?:-([A-Z0-9]{2}))?)?(?:\\*(\\d+))?"
              + "(?:#(\\d+)(?:\\.([A-Z]+))?)?(?:&(\\d+))?@([\\d.]+)"
              + "(?:!(\\d{11})=(\\d+)([A-Z]{2}))?");

  /** The visits of a specialty. */
  static List<Visit> of(ClaimKind kind, String specialty) {
    return Table.rows("visits").stream()
        .filter(row -> kind.name().startsWith(row.get(0)) && row.get(1).equals(specialty))
        .map(Visit::of)
        .toList();
  }

  private static Visit of(List<String> row) {
    String[] ages = row.get(3).split("-", -1);
    return new Visit(
        Integer.parseInt(row.get(2)),
        Integer.parseInt(ages[0]),
        Integer.parseInt(ages[1]),
        row.get(4),
        row.get(5),
        words(row.get(6)),
        words(row.get(7)).stream().map(Visit::item).toList(),
        orNull(row.get(8)),
        orNull(row.get(9)),
        row.get(10).isEmpty() ? 0 : Integer.parseInt(row.get(10)));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Item item(String text) {
    Matcher item = ITEM.matcher(text);
    if (!item.matches()) {
      throw new IllegalStateException(
          "simulator/visits.tsv has a line that cannot be read: " + text);
    }
    String surfaces = item.group(6);
    return new Item(
        item.group(1),
        item.group(2),
        item.group(3),
        item.group(4) == null ? 1 : Integer.parseInt(item.group(4)),
        item.group(5),
        surfaces == null ? List.of() : List.of(surfaces.split("", 0)),
        item.group(7),
        Money.of(item.group(8)),
        item.group(9),
        item.group(10) == null ? 0 : Integer.parseInt(item.group(10)),
        item.group(11));
  }

  boolean isStay() {
    return days > 0;
  }

  /** One of them, by weight. */
  static Visit choose(List<Visit> visits, Dice dice) {
    int total = 0;
    for (Visit visit : visits) {
      total += visit.weight;
    }
    int drawn = dice.below(total);
    for (Visit visit : visits) {
      drawn -= visit.weight;
      if (drawn < 0) {
        return visit;
      }
    }
    throw new IllegalStateException("visits have no weights");
  }
}
