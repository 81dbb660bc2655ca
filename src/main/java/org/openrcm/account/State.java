package org.openrcm.account;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account while it is worked on: what holds of each field follows from what claims say and from
 * the topics that somebody set by hand.
 */
final class State {
  private final long number;
  private final UUID id;
  private final long version;
  private final Map<Field, String> values;
  private final Set<Topic> corrected;
  private Said said;
  private @Nullable LocalDate seenOn;
  private boolean changed;

  State(
      long number,
      UUID id,
      long version,
      Map<Field, String> values,
      Set<Topic> corrected,
      Said said,
      @Nullable LocalDate seenOn) {
    this.number = number;
    this.id = id;
    this.version = version;
    this.values = values;
    this.corrected = corrected;
    this.said = said;
    this.seenOn = seenOn;
  }

  /** One that is not stored yet. */
  static State fresh(long number) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String usual = field.usual();
      if (usual != null) {
        values.put(field, usual);
      }
    }
    return new State(
        number, UUID.randomUUID(), -1, values, EnumSet.noneOf(Topic.class), Said.NOTHING, null);
  }

  long number() {
    return number;
  }

  UUID id() {
    return id;
  }

  long version() {
    return version;
  }

  boolean isStored() {
    return version >= 0;
  }

  boolean hasChanged() {
    return changed;
  }

  Said said() {
    return said;
  }

  @Nullable LocalDate seenOn() {
    return seenOn;
  }

  Set<Topic> corrected() {
    return corrected;
  }

  Map<Field, String> values() {
    return values;
  }

  @Nullable String value(Field field) {
    return values.get(field);
  }

  /** Takes in what a claim says: nothing of it touches what was set by hand. */
  void hear(Seen seen) {
    Said now = said.with(seen);
    if (!now.equals(said)) {
      said = now;
      changed = true;
      for (Topic topic : Topic.values()) {
        follow(topic);
      }
    }
    LocalDate day = Clean.day(seen.on());
    if (seenOn == null || day.isAfter(seenOn)) {
      seenOn = day;
      changed = true;
    }
  }

  private void follow(Topic topic) {
    if (topic.isOfClaims() && !corrected.contains(topic)) {
      Said.Statement statement = said.of(topic);
      Map<Field, String> told = statement == null ? Map.of() : statement.values();
      Field.of(topic).forEach(field -> put(field, told.get(field)));
    }
  }

  private void put(Field field, @Nullable String value) {
    if (value == null) {
      values.remove(field);
    } else {
      values.put(field, value);
    }
  }

  /** Sets a field by hand: with it all of its topic. */
  void correct(Field field, @Nullable String value) {
    put(field, value == null || value.isEmpty() ? null : value);
    if (field.topic().isOfClaims()) {
      corrected.add(field.topic());
    }
    changed = true;
  }

  /** Takes again what claims say. */
  void followClaims(Topic topic) {
    corrected.remove(topic);
    follow(topic);
    changed = true;
  }

  /** Something beside its fields is changed by hand. */
  void touch() {
    changed = true;
  }

  String sortName() {
    List<String> parts = new ArrayList<>();
    for (Field field : List.of(Field.LAST_NAME, Field.FIRST_NAME, Field.MIDDLE_NAME)) {
      String value = values.get(field);
      if (value != null) {
        parts.add(value.toUpperCase(Locale.ROOT));
      }
    }
    return String.join(" ", parts);
  }

  /** The fields that hold by hand: those of corrected topics, and those that no claim tells. */
  Map<Field, String> byHand() {
    Map<Field, String> set = new EnumMap<>(Field.class);
    values.forEach(
        (field, value) -> {
          if (!field.topic().isOfClaims() || corrected.contains(field.topic())) {
            set.put(field, value);
          }
        });
    return set;
  }
}
