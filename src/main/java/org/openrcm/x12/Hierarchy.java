package org.openrcm.x12;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks the levels of a transaction set (segments HL): numbered from 1 up, each below the level
 * that its place in the mapping hangs it below, and with children where HL04 says so.
 */
final class Hierarchy {
  private static final int NUMBER = 1;
  private static final int PARENT = 2;
  private static final int CHILDREN = 4;

  private final FindingSink findings;
  private final List<Level> open = new ArrayList<>();
  private long last;

  /** A level whose loop is open. */
  private static final class Level {
    final Loop loop;
    final String number;
    final Place place;
    final boolean announcesChildren;
    boolean hasChildren;

    Level(Loop loop, Segment hl) {
      this.loop = loop;
      this.number = hl.text(NUMBER);
      this.place = hl.place();
      this.announcesChildren = hl.is(CHILDREN, "1");
    }
  }

  Hierarchy(FindingSink findings) {
    this.findings = findings;
  }

  void begin() {
    open.clear();
    last = 0;
  }

  /** A level that has its place in the mapping. */
  void level(Segment hl, Loop loop) {
    number(hl);
    while (!open.isEmpty() && !loop.isInside(top().loop)) {
      close();
    }
    if (!open.isEmpty()) {
      Level parent = top();
      if (!hl.is(PARENT, parent.number)) {
        findings.add(
            Syntax.LEVEL_PARENT,
            hl.place().at("HL02"),
            "does not name the level above, loop " + parent.loop.id());
      }
      if (!parent.hasChildren && !parent.announcesChildren && loop.parent() == parent.loop) {
        findings.add(
            Syntax.LEVEL_CHILDREN,
            parent.place.at("HL04"),
            "announces no level below, and loop " + loop.id() + " follows");
      }
      parent.hasChildren = true;
    }
    open.add(new Level(loop, hl));
  }

  /** Any HL, placed or not, has the next number; counting goes on from the one that it has. */
  void number(Segment hl) {
    last++;
    long number = hl.scaled(NUMBER, 0);
    if (number != last) {
      findings.add(
          Syntax.LEVEL_NUMBER, hl.place().at("HL01"), "should be " + last + ", the next number");
      last = number == Segment.NOT_A_NUMBER ? last : number;
    }
  }

  /** The set is over; {@code whole} is false when it was cut off, so that children may be lost. */
  void end(boolean whole) {
    while (whole && !open.isEmpty()) {
      close();
    }
    open.clear();
  }

  private void close() {
    Level closed = open.remove(open.size() - 1);
    if (closed.announcesChildren && !closed.hasChildren) {
      findings.add(
          Syntax.LEVEL_CHILDREN,
          closed.place.at("HL04"),
          "announces a level below, and none follows");
    }
  }

  private Level top() {
    return open.get(open.size() - 1);
  }
}
