package org.openrcm.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.billing.Address;

/** Names and places of {@code simulator/names.tsv}: no such town, street or postal code exists. */
final class Names {
  private static final Map<String, List<String>> BY_KIND = new HashMap<>();

  static {
    for (List<String> row : Table.rows("names")) {
      BY_KIND.computeIfAbsent(row.get(0), kind -> new ArrayList<>()).add(row.get(1));
    }
  }

  private Names() {}

  /** A first name for {@code F} or {@code M}. */
  static String first(Dice dice, String sex) {
    return dice.oneOf(of(sex));
  }

  static String last(Dice dice) {
    return dice.oneOf(of("L"));
  }

  static List<String> towns() {
    return of("T");
  }

  /** An address in a town; the postal code has no post office. */
  static Address address(Dice dice, String town) {
    String street = dice.between(1, 399) + " " + dice.oneOf(of("S"));
    int plusFour = dice.between(1, 9_998);
    String code = "43999" + String.valueOf(10_000 + plusFour).substring(1);
    return new Address(List.of(street), town, "OH", code, null, null);
  }

  private static List<String> of(String kind) {
    List<String> names = BY_KIND.get(kind);
    if (names == null) {
      throw new IllegalStateException("simulator/names.tsv has no names of kind " + kind);
    }
    return names;
  }
}
