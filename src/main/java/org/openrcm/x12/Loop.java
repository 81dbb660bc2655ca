package org.openrcm.x12;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop of a mapping: a sequence of slots and inner loops, the first slot being the segment that
 * opens it. The envelope's three levels (Interchange, Group, Transaction) are loops too.
 */
public final class Loop implements Particle {
  /** Where segments stand that belong to no interchange. */
  static final Loop NONE = new Loop("", 0, 0, 1);

  private final String name;
  private final String id;
  private final int min;
  private final int max;
  private final List<Particle> particles = new ArrayList<>();
  private int position;
  private @Nullable Loop parent;
  private @Nullable List<Particle> required;
  private @Nullable Condition condition;
  private final List<Condition> conditions = new ArrayList<>();

  Loop(String name, int position, int min, int max) {
    this.name = name;
    this.id = name.startsWith("Loop") ? name.substring("Loop".length()) : name;
    this.position = position;
    this.min = min;
    this.max = max;
  }

  /** The event's name, such as {@code Loop2100}. */
  @Override
  public String name() {
    return name;
  }

  /** The guide's id, such as {@code 2100}, or the envelope level's name. */
  public String id() {
    return id;
  }

  public @Nullable Loop parent() {
    return parent;
  }

  /** How many loops are around it. */
  public int depth() {
    Loop outer = parent;
    return outer == null ? 0 : outer.depth() + 1;
  }

  /** Names of the loops from the outermost down, such as {@code Interchange/Group/Transaction}. */
  public String path() {
    Loop outer = parent;
    return outer == null ? name : outer.path() + "/" + name;
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public int min() {
    return min;
  }

  @Override
  public int max() {
    return max;
  }

  /** Its slots ({@link Slot}) and inner loops ({@link Loop}) in order. */
  List<Particle> particles() {
    return particles;
  }

  /** Its particles that must not be missing; the opening segment is not among them. */
  List<Particle> required() {
    List<Particle> known = required;
    if (known == null) {
      known = particles.stream().filter(p -> p.min() > 0 && p.position() > 0).toList();
      required = known;
    }
    return known;
  }

  /** The segment that opens it. */
  Slot trigger() {
    return (Slot) particles.get(0);
  }

  void add(Slot slot) {
    particles.add(slot);
  }

  void add(Loop inner) {
    particles.add(inner);
    inner.parent = this;
  }

  /** When it belongs where it may stand; null for always. */
  @Nullable Condition condition() {
    return condition;
  }

  /** What its segments decide about its inner loops. */
  List<Condition> conditions() {
    return conditions;
  }

  /** Lets it stand in the loop around it only when a segment there says so. */
  void onlyWhen(Condition when) {
    condition = when;
    when.source().loop().conditions.add(when);
  }

  boolean isInside(Loop outer) {
    for (Loop around = parent; around != null; around = around.parent) {
      if (around == outer) {
        return true;
      }
    }
    return false;
  }

  /** Hangs this loop below another mapping's loop of the same name and place. */
  void graft(Loop newParent, int newPosition) {
    parent = newParent;
    position = newPosition;
  }

  @Nullable Slot slotNamed(String slotName) {
    for (Particle particle : particles) {
      if (particle instanceof Slot slot && slot.name().equals(slotName)) {
        return slot;
      }
    }
    return null;
  }

  @Nullable Loop loopNamed(String loopName) {
    for (Particle particle : particles) {
      if (particle instanceof Loop inner && inner.name.equals(loopName)) {
        return inner;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return path();
  }
}
