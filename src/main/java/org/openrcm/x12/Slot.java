package org.openrcm.x12;

import java.util.Set;

/**
 * A place for a segment in a loop, such as the patient's name ({@code NM1-QC}) in loop 2100.
 *
 * @param name the event's name: the tag, with a suffix where a loop has several slots for one tag
 * @param loop the loop it belongs to
 * @param position its place among the loop's particles, from 0
 * @param min how often it must stand there at least
 * @param max how often it may stand there at most
 * @param type its elements
 * @param qualifierElement the element that tells it from other slots of the same tag, 0 if none
 * @param qualifiers the values of that element which belong here
 * @param key {@code loop id.name}
 */
public record Slot(
    String name,
    Loop loop,
    int position,
    int min,
    int max,
    SegmentType type,
    int qualifierElement,
    Set<String> qualifiers,
    String key)
    implements Particle {

  boolean accepts(Segment segment) {
    if (qualifierElement == 0) {
      return true;
    }
    if (qualifiers.size() == 1) {
      return segment.is(qualifierElement, qualifiers.iterator().next());
    }
    return qualifiers.contains(segment.text(qualifierElement));
  }

  boolean isTrigger() {
    return position == 0;
  }

  @Override
  public String toString() {
    return key;
  }
}
