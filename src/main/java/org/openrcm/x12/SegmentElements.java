package org.openrcm.x12;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Turns placed segments into {@link ElementEvents}, opening and closing loops as they come. */
public final class SegmentElements implements SegmentHandler {
  private static final String ROOT = "X12";

  private final ElementEvents events;
  private final Deque<Loop> open = new ArrayDeque<>();
  private boolean started;

  public SegmentElements(ElementEvents events) {
    this.events = events;
  }

  @Override
  public void segment(Segment segment) {
    begin();
    Slot slot = segment.slot;
    if (segment.loop != Loop.NONE) {
      moveTo(segment.loop, slot != null && segment.opensLoop);
    }
    if (slot == null) {
      events.unmapped(segment.raw());
      return;
    }
    events.start(slot.name());
    List<ElementType> types = slot.type().elements();
    for (int i = 1; i <= segment.elements(); i++) {
      if (segment.isEmpty(i)) {
        continue;
      }
      if (i > types.size()) {
        simple(slot.type().tag() + (i < 10 ? "0" : "") + i, segment.text(i));
      } else if (types.get(i - 1).isComposite()) {
        composite(segment, i, types.get(i - 1));
      } else {
        repeats(segment, i, types.get(i - 1));
      }
    }
    events.end(slot.name());
  }

  private void repeats(Segment segment, int element, ElementType type) {
    byte separator = segment.delimiters.repetition();
    int from = segment.elementStart(element);
    int to = segment.elementEnd(element);
    for (int at = from; type.repeats() > 1 && separator != 0 && at < to; at++) {
      if (segment.bytes[at] == separator) {
        simple(type.name(), segment.textBetween(from, at));
        from = at + 1;
      }
    }
    simple(type.name(), segment.textBetween(from, to));
  }

  private void composite(Segment segment, int element, ElementType type) {
    int start = segment.elementStart(element);
    int to = segment.elementEnd(element);
    boolean any = false;
    for (int i = 0; start <= to; i++) {
      int end = segment.partEnd(start, to);
      if (end > start) {
        if (!any) {
          events.start(type.name());
          any = true;
        }
        List<ElementType> components = type.components();
        simple(
            i < components.size() ? components.get(i).name() : type.name() + "-" + (i + 1),
            segment.textBetween(start, end));
      }
      start = end + 1;
    }
    if (any) {
      events.end(type.name());
    }
  }

  private void simple(String name, String text) {
    if (!text.isEmpty()) {
      events.start(name);
      events.text(text);
      events.end(name);
    }
  }

  private void begin() {
    if (!started) {
      started = true;
      events.start(ROOT);
    }
  }

  /** Closes loops that do not hold {@code loop}, and opens what is missing of its path. */
  private void moveTo(Loop loop, boolean anew) {
    while (!open.isEmpty() && !holds(open.peek(), loop, anew)) {
      events.end(open.pop().name());
    }
    openDownTo(loop);
  }

  private static boolean holds(Loop outer, Loop inner, boolean anew) {
    if (outer == inner) {
      return !anew;
    }
    for (Loop loop = inner.parent(); loop != null; loop = loop.parent()) {
      if (loop == outer) {
        return true;
      }
    }
    return false;
  }

  private void openDownTo(Loop loop) {
    if (loop == open.peek()) {
      return;
    }
    Loop parent = loop.parent();
    if (parent != null) {
      openDownTo(parent);
    }
    open.push(loop);
    events.start(loop.name());
  }

  /** The file is over: closes everything. */
  public void finish() {
    begin();
    while (!open.isEmpty()) {
      events.end(open.pop().name());
    }
    events.end(ROOT);
    events.finish();
  }
}
