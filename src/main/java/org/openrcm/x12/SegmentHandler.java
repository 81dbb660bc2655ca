package org.openrcm.x12;

/** Receives what an engine reads, in the order of the file. */
public interface SegmentHandler {

  /**
   * One segment, placed in its loop. Segments that the mapping does not know come too, with no
   * {@link Segment#slot()}.
   *
   * @param segment valid during this call only
   */
  void segment(Segment segment);

  /** The transaction set that the last segments belonged to is over. */
  default void endOfSet(SetEnd end) {}
}
