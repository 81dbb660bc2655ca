package org.openrcm.x12;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places the segments of one transaction set in the loops of a mapping, and finds what is missing,
 * repeated too often, out of order or unknown. It is lenient: what can be placed is placed.
 */
final class Matcher {
  private final Mapping mapping;
  private final FindingSink findings;
  private final Hierarchy hierarchy;
  private Frame[] frames = new Frame[8];
  private int depth = -1;
  private Slot at;

  /** An open loop and how often each of its particles was seen. */
  private static final class Frame {
    Loop loop = Loop.NONE;
    int[] counts = new int[0];

    /** The bits of those of the loop's conditions that hold. */
    long holding;

    void open(Loop opened) {
      loop = opened;
      holding = 0;
      int size = opened.particles().size();
      if (counts.length < size) {
        counts = new int[size];
      } else {
        Arrays.fill(counts, 0, size, 0);
      }
    }
  }

  Matcher(Mapping mapping, FindingSink findings) {
    this.mapping = mapping;
    this.findings = findings;
    this.hierarchy = new Hierarchy(findings);
    this.at = mapping.transaction().trigger();
  }

  Mapping mapping() {
    return mapping;
  }

  /** Starts at the segment ST. */
  void begin(Segment st) {
    depth = -1;
    hierarchy.begin();
    push(mapping.transaction());
    at = mapping.transaction().trigger();
    settle(st, at);
  }

  /** Places a segment that is neither the first of its set nor of the envelope around it. */
  void place(Segment segment) {
    int tag = mapping.indexOf(segment.tag);
    if (tag >= 0) {
      for (Mapping.Move move : at.moves()[tag]) {
        if (move.target().accepts(segment)) {
          follow(move, segment);
          return;
        }
      }
    }
    segment.slot = null;
    segment.loop = currentLoop();
    segment.opensLoop = false;
    if (segment.tag == Tags.HL) {
      hierarchy.number(segment);
    }
    if (tag >= 0) {
      findings.add(
          Syntax.UNEXPECTED_SEGMENT,
          segment.place(),
          "this segment, or its qualifier, has no place in this loop; it is kept as it is");
    } else {
      findings.add(
          Syntax.UNKNOWN_SEGMENT,
          segment.place(),
          "the mapping " + mapping.name() + " has no such segment; it is kept as it is");
    }
  }

  Loop currentLoop() {
    return depth < 0 ? mapping.transaction() : frames[depth].loop;
  }

  /** Ends the set: unless it was cut off, looks for what is still missing in the open loops. */
  void end(Place where, SetEnd end) {
    while (end != SetEnd.CUT_OFF && depth >= 0) {
      pop(where);
    }
    hierarchy.end(end != SetEnd.CUT_OFF);
    depth = -1;
  }

  private void follow(Mapping.Move move, Segment segment) {
    Slot target = move.target();
    if (frames[depth].loop != move.from()) {
      Place where = segment.place();
      do {
        pop(where);
      } while (frames[depth].loop != move.from());
    }
    if (target.loop() != move.from()) {
      open(target.loop(), move.from(), segment);
    }
    settle(segment, target);
    if (move.kind() == Mapping.Kind.OUT_OF_ORDER
        && frames[depth].counts[target.position()] <= target.max()) {
      findings.add(Syntax.SEGMENT_ORDER, segment.place(), "stands after what should follow it");
    }
    at = target;
  }

  private void open(Loop loop, Loop from, Segment segment) {
    Loop parent = loop.parent();
    if (parent != null && parent != from) {
      open(parent, from, segment);
      segment.loop = parent;
      findings.add(
          new Finding(
              Syntax.MISSING_SEGMENT,
              segment.place(),
              "loop " + parent.id() + " starts without its " + parent.trigger().name(),
              parent.trigger().key()));
      frames[depth].counts[0]++;
    }
    int count = ++frames[depth].counts[loop.position()];
    Condition condition = loop.condition();
    long holding = frames[depth].holding;
    push(loop);
    if (condition != null && (holding & condition.bit()) == 0) {
      segment.loop = loop;
      findings.add(
          Syntax.WRONG_PARENT,
          segment.place(),
          "loop " + loop.id() + " stands here only where " + condition.text());
    }
    if (count == loop.max() + 1) {
      segment.loop = loop;
      findings.add(
          Syntax.TOO_MANY_REPEATS,
          segment.place(),
          "loop " + loop.id() + " may stand here " + loop.max() + " times at most");
    }
  }

  private void settle(Segment segment, Slot slot) {
    segment.slot = slot;
    segment.loop = slot.loop();
    segment.opensLoop = slot.isTrigger();
    Frame frame = frames[depth];
    List<Condition> conditions = frame.loop.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      Condition condition = conditions.get(i);
      if (condition.source() == slot && condition.holds(segment)) {
        frame.holding |= condition.bit();
      }
    }
    if (segment.tag == Tags.HL) {
      hierarchy.level(segment, frame.loop);
    }
    int count = ++frame.counts[slot.position()];
    if (count == slot.max() + 1) {
      findings.add(
          Syntax.TOO_MANY_REPEATS,
          segment.place(),
          slot.name() + " may stand here " + slot.max() + " times at most");
    }
  }

  private void push(Loop loop) {
    depth++;
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
    }
    Frame frame = frames[depth];
    if (frame == null) {
      frame = new Frame();
      frames[depth] = frame;
    }
    frame.open(loop);
  }

  private void pop(Place where) {
    Frame frame = frames[depth--];
    Loop loop = frame.loop;
    for (Particle particle : loop.required()) {
      if (frame.counts[particle.position()] < particle.min()) {
        missing(particle, loop, where);
      }
    }
    if (frame.holding != 0) {
      for (Particle particle : loop.particles()) {
        if (particle instanceof Loop inner && isCalledFor(inner, frame)) {
          missing(inner, loop, where);
        }
      }
    }
  }

  private static boolean isCalledFor(Loop inner, Frame frame) {
    Condition condition = inner.condition();
    return condition != null
        && (frame.holding & condition.bit()) != 0
        && frame.counts[inner.position()] == 0;
  }

  private void missing(Particle particle, Loop loop, Place where) {
    @Nullable String set = where.transactionSet();
    Place place =
        new Place(
            where.file(),
            set,
            where.segmentNumber(),
            where.segment(),
            loop.id(),
            null,
            where.byteOffset());
    if (particle instanceof Loop inner) {
      findings.add(
          new Finding(
              Syntax.MISSING_LOOP,
              place,
              "loop " + inner.id() + " is missing before this segment",
              inner.trigger().key()));
    } else {
      findings.add(
          new Finding(
              Syntax.MISSING_SEGMENT,
              place,
              particle.name() + " is missing before this segment",
              ((Slot) particle).key()));
    }
  }
}
