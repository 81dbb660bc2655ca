package org.openrcm.contact;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openrcm.statement.RuleFile;

/**
 * Where somebody may be, by address and area codes: {@code rules/whereabouts.tsv}. Where that is
 * not certain there are several zones, and it must be a good time in all of them.
 */
final class Whereabouts {
  private static final int PREFIX = 3;
  private static final Map<String, Area> AREAS = read();

  private Whereabouts() {}

  private record Area(List<String> states, List<ZoneId> zones) {}

  private static Map<String, Area> read() {
    Map<String, Area> areas = new HashMap<>();
    for (RuleFile.Row row : RuleFile.rows("whereabouts", "kind", "keys", "states", "zones")) {
      List<String> states = list(row.optional("states"));
      List<ZoneId> zones =
          new ArrayList<>(list(row.optional("zones")).stream().map(ZoneId::of).toList());
      if (zones.isEmpty()) {
        for (String state : states) {
          Area area = areas.get("state " + state);
          if (area == null) {
            throw row.wrong("state " + state + " is not told before");
          }
          zones.addAll(area.zones());
        }
      }
      for (String key : list(row.text("keys"))) {
        if (areas.put(row.text("kind") + " " + key, new Area(states, List.copyOf(zones))) != null) {
          throw row.wrong(key + " is there twice");
        }
      }
    }
    return areas;
  }

  private static List<String> list(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(" "));
  }

  /** The zones of an address and of numbers; empty where nothing is known. */
  static Set<ZoneId> zones(
      @Nullable String state, @Nullable String zip, Collection<String> numbers) {
    Set<ZoneId> zones = new HashSet<>();
    Area area = address(state, zip);
    if (area != null) {
      zones.addAll(area.zones());
    }
    numbers.stream()
        .map(Whereabouts::ofNumber)
        .filter(Objects::nonNull)
        .forEach(each -> zones.addAll(each.zones()));
    return zones;
  }

  /** Whose law protects them: of the address, or of the numbers where no address is known. */
  static Set<String> states(@Nullable String state, Collection<String> numbers) {
    Set<String> states = new TreeSet<>();
    if (state != null && AREAS.containsKey("state " + state)) {
      states.add(state);
    } else {
      numbers.stream()
          .map(Whereabouts::ofNumber)
          .filter(Objects::nonNull)
          .forEach(each -> states.addAll(each.states()));
    }
    return states;
  }

  private static @Nullable Area address(@Nullable String state, @Nullable String zip) {
    Area ofZip =
        zip == null || zip.length() < PREFIX ? null : AREAS.get("zip " + zip.substring(0, PREFIX));
    Area ofState = AREAS.get("state " + state);
    // a ZIP code of another state is a mistake in one of them
    return ofZip != null && (ofState == null || ofZip.states().contains(state)) ? ofZip : ofState;
  }

  private static @Nullable Area ofNumber(String number) {
    return AREAS.get("phone " + number.substring(0, PREFIX));
  }
}
