package org.openrcm.intake;

import java.util.ArrayList;
import java.util.List;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;

/** Hands segments on, and notes which transaction sets they make up and places to return to. */
final class SetLog implements SegmentHandler {
  private static final long BETWEEN_MARKS = 1 << 20;
  private static final int REMEMBERED_SETS = 100_000;

  private final SegmentHandler next;
  private final List<Begun> sets = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private long nextMark;

  /**
   * A transaction set that begins.
   *
   * @param controls ISA13/GS06/ST02
   * @param type ST01, such as {@code 835}
   */
  record Begun(String controls, String type) {}

  SetLog(SegmentHandler next) {
    this.next = next;
  }

  /** In the order of the file. */
  List<Begun> sets() {
    return sets;
  }

  List<Mark> marks() {
    return marks;
  }

  @Override
  public void segment(Segment segment) {
    String controls = segment.transactionSet();
    if (controls != null && segment.number() == 1 && sets.size() < REMEMBERED_SETS) {
      sets.add(new Begun(controls, segment.text(1)));
    }
    if (segment.byteOffset() >= nextMark) {
      marks.add(Mark.at(segment));
      nextMark = segment.byteOffset() + BETWEEN_MARKS;
    }
    next.segment(segment);
  }

  @Override
  public void endOfSet(SetEnd end) {
    next.endOfSet(end);
  }
}
