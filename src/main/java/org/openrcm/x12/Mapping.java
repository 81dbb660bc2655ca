package org.openrcm.x12;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One transaction set's structure, compiled from its DFDL schema: loops, slots and segment types,
 * and for each slot the slots that a next segment may go to.
 */
final class Mapping {
  private static final Move[] NO_MOVES = {};

  private final String name;
  private final Loop transaction;
  private final Set<String> guides;
  private final Set<String> near;
  private final List<Integer> tags = new ArrayList<>();
  private int[] table = new int[0];
  private int[] indexes = new int[0];

  /** How a segment's slot was found. */
  enum Kind {
    /** At or after the last slot, as the guide wants it. */
    IN_ORDER,
    /** In the same loop before the last slot, or once more than it may. */
    OUT_OF_ORDER,
    /** In an inner loop whose opening segment is missing. */
    LOOP_NOT_OPENED
  }

  /**
   * A way from one slot to the next.
   *
   * @param target the slot to go to
   * @param from the open loop that the way starts in; all loops inside it end
   */
  record Move(Slot target, Loop from, Kind kind) {}

  /**
   * A mapping named {@code name} of what stands in {@code transaction}.
   *
   * @param name such as {@code 835-005010X221A1}
   * @param guides those it describes exactly, besides the one in its name
   * @param near those it is good enough for when there is no better
   */
  Mapping(String name, Loop transaction, Set<String> guides, Set<String> near) {
    this.name = name;
    this.transaction = transaction;
    this.guides = guides;
    this.near = near;
    List<Slot> slots = new ArrayList<>();
    collect(transaction, slots);
    fillTable();
    for (Slot slot : slots) {
      Move[][] moves = new Move[tags.size()][];
      for (int i = 0; i < moves.length; i++) {
        List<Move> found = search(slot, tags.get(i));
        moves[i] = found.isEmpty() ? NO_MOVES : found.toArray(NO_MOVES);
      }
      slot.moves(moves);
    }
  }

  String name() {
    return name;
  }

  Loop transaction() {
    return transaction;
  }

  /** Whether it is of this transaction set (ST01). */
  boolean describes(String set) {
    return transaction.trigger().admits(set);
  }

  /** The guides that it describes exactly. */
  Set<String> guides() {
    Set<String> all = new TreeSet<>(guides);
    all.add(name.substring(name.indexOf('-') + 1));
    return all;
  }

  /** Whether it describes this guide, such as {@code 005010X221A1}, and not just one like it. */
  boolean isExactFor(String guide) {
    return guides.contains(guide) || name.endsWith("-" + guide);
  }

  /** Whether it is good enough for this guide when there is no better. */
  boolean isNear(String guide) {
    return near.contains(guide);
  }

  private void collect(Loop loop, List<Slot> slots) {
    for (Particle particle : loop.particles()) {
      if (particle instanceof Slot slot) {
        slots.add(slot);
        int tag = Tags.of(slot.type().tag());
        if (!tags.contains(tag)) {
          tags.add(tag);
        }
      } else {
        collect((Loop) particle, slots);
      }
    }
  }

  private void fillTable() {
    int size = Integer.highestOneBit(tags.size()) * 8;
    table = new int[size];
    indexes = new int[size];
    for (int i = 0; i < tags.size(); i++) {
      int at = find(tags.get(i));
      table[at] = tags.get(i);
      indexes[at] = i;
    }
  }

  private int find(int tag) {
    int at = (tag ^ tag >>> 7 ^ tag >>> 15) & (table.length - 1);
    while (table[at] != 0 && table[at] != tag) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  /** The index of a tag among those of the mapping, or -1. */
  int indexOf(int tag) {
    int at = find(tag);
    return tag != 0 && table[at] == tag ? indexes[at] : -1;
  }

  private List<Move> search(Slot at, int tag) {
    List<Move> found = new ArrayList<>();
    int position = at.position();
    boolean repeatable = at.max() > 1;
    for (Loop loop = at.loop(); ; ) {
      forward(loop, repeatable ? position : position + 1, tag, found);
      beside(loop, position, tag, found);
      Loop parent = loop.parent();
      if (loop == transaction || parent == null) {
        break;
      }
      position = loop.position();
      repeatable = loop.max() > 1;
      loop = parent;
    }
    backward(at, tag, found);
    implied(at, tag, found);
    return found;
  }

  private static void forward(Loop loop, int first, int tag, List<Move> found) {
    for (int i = first; i < loop.particles().size(); i++) {
      Slot slot = opening(loop.particles().get(i));
      if (Tags.of(slot.type().tag()) == tag) {
        found.add(new Move(slot, loop, Kind.IN_ORDER));
      }
    }
  }

  /** Earlier slots and loops of one tag in a row share one place, so their order is free. */
  private static void beside(Loop loop, int position, int tag, List<Move> found) {
    if (Tags.of(opening(loop.particles().get(position)).type().tag()) != tag) {
      return;
    }
    for (int i = position - 1; i > 0; i--) {
      Slot slot = opening(loop.particles().get(i));
      if (Tags.of(slot.type().tag()) != tag) {
        return;
      }
      found.add(new Move(slot, loop, Kind.IN_ORDER));
    }
  }

  /** Earlier slots of the same loop; of the loops around it only other loops' openings. */
  private void backward(Slot at, int tag, List<Move> found) {
    int last = at.position();
    for (Loop loop = at.loop(); ; ) {
      for (int i = last; i > 0; i--) {
        Particle particle = loop.particles().get(i);
        Slot slot = opening(particle);
        boolean candidate = loop == at.loop() || particle instanceof Loop;
        if (candidate && Tags.of(slot.type().tag()) == tag) {
          found.add(new Move(slot, loop, Kind.OUT_OF_ORDER));
        }
      }
      Loop parent = loop.parent();
      if (loop == transaction || parent == null) {
        return;
      }
      last = loop.position();
      loop = parent;
    }
  }

  /** Openings of loops inside other loops whose own opening segment was left out. */
  private void implied(Slot at, int tag, List<Move> found) {
    for (Loop loop = at.loop(); ; ) {
      for (Particle particle : loop.particles()) {
        if (particle instanceof Loop inner) {
          inside(inner, loop, tag, found);
        }
      }
      Loop parent = loop.parent();
      if (loop == transaction || parent == null) {
        return;
      }
      loop = parent;
    }
  }

  private static void inside(Loop inner, Loop from, int tag, List<Move> found) {
    for (Particle particle : inner.particles()) {
      if (particle instanceof Loop deeper) {
        if (Tags.of(deeper.trigger().type().tag()) == tag) {
          found.add(new Move(deeper.trigger(), from, Kind.LOOP_NOT_OPENED));
        }
        inside(deeper, from, tag, found);
      }
    }
  }

  private static Slot opening(Particle particle) {
    return particle instanceof Slot slot ? slot : ((Loop) particle).trigger();
  }
}
