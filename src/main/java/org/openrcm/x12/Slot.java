package org.openrcm.x12;

/** A place for a segment in a loop, such as the patient's name ({@code NM1-QC}) in loop 2100. */
public final class Slot implements Particle {
  private final String name;
  private final Loop loop;
  private final int position;
  private final int min;
  private final int max;
  private final SegmentType type;
  private final Qualifier qualifier;
  private final long[] qualifierWords;
  private final String key;

  /** Where a next segment may go, by {@link Mapping#indexOf} of its tag. */
  private Mapping.Move[][] moves = new Mapping.Move[0][];

  /**
   * A slot of {@code loop}.
   *
   * @param position its place among the loop's particles, from 0
   * @param qualifier what tells its segments from others of the same tag
   */
  Slot(
      String name,
      Loop loop,
      int position,
      int min,
      int max,
      SegmentType type,
      Qualifier qualifier) {
    this.name = name;
    this.loop = loop;
    this.position = position;
    this.min = min;
    this.max = max;
    this.type = type;
    this.qualifier = qualifier;
    this.qualifierWords = qualifier.codes().stream().mapToLong(Words::of).toArray();
    this.key = loop.id() + "." + name;
  }

  /** The event's name: the tag, with a suffix where a loop has several slots for one tag. */
  @Override
  public String name() {
    return name;
  }

  public Loop loop() {
    return loop;
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

  SegmentType type() {
    return type;
  }

  /** Its loop's id and its name, such as {@code 2100.NM1-QC}. */
  public String key() {
    return key;
  }

  /** Whether its segment opens the loop. */
  boolean isTrigger() {
    return position == 0;
  }

  /** Whether a segment of the right tag has the qualifier that belongs here. */
  boolean accepts(Segment segment) {
    if (qualifierWords.length == 0) {
      return true;
    }
    long sent = segment.qualifier(qualifier.element(), qualifier.composite());
    for (long word : qualifierWords) {
      if (word == sent) {
        return true;
      }
    }
    return false;
  }

  Mapping.Move[][] moves() {
    return moves;
  }

  void moves(Mapping.Move[][] itsMoves) {
    moves = itsMoves;
  }

  boolean admits(String code) {
    return qualifier.codes().isEmpty() || qualifier.codes().contains(code);
  }

  /** Like this slot, but for that qualifier only. */
  Slot with(Qualifier itsQualifier) {
    return new Slot(name, loop, position, min, max, type, itsQualifier);
  }

  @Override
  public String toString() {
    return key;
  }
}
