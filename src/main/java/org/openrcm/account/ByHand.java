package org.openrcm.account;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * All of an account that somebody set by hand, as it was at a moment: what undoing a correction
 * goes back to.
 *
 * @param values of the corrected topics, and of the fields that no claim tells
 */
record ByHand(Map<Field, String> values, Set<Topic> corrected, List<Place> coverages) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A coverage's place.
   *
   * @param endedOn as {@code yyyy-mm-dd}
   */
  record Place(long coverage, @Nullable Integer placed, @Nullable String endedOn) {}

  static ByHand of(State state, List<Coverage> coverages) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    values.putAll(state.byHand());
    Set<Topic> corrected = EnumSet.noneOf(Topic.class);
    corrected.addAll(state.corrected());
    return new ByHand(
        values,
        corrected,
        coverages.stream()
            .map(
                each ->
                    new Place(
                        each.number(),
                        each.placed(),
                        each.endedOn() == null ? null : each.endedOn().toString()))
            .toList());
  }

  static ByHand parse(String json) {
    return JSON.readValue(json, ByHand.class);
  }

  String json() {
    return JSON.writeValueAsString(this);
  }

  @Nullable Place place(long coverage) {
    return coverages.stream()
        .filter(place -> place.coverage() == coverage)
        .findFirst()
        .orElse(null);
  }
}
