package org.openrcm.x12;

import org.jspecify.annotations.Nullable;

/**
 * What a 999 says where elements of a segment need or exclude each other.
 *
 * @param element the one that is missing, or that is too many
 * @param code IK403
 */
record AcknowledgedNote(int element, String code) {
  private static final String MISSING = "2";
  private static final String EXCLUDED = "10";

  /** The note that starts with this element and does not hold, or null. */
  static @Nullable AcknowledgedNote of(Segment segment, int first) {
    Slot slot = segment.slot();
    if (slot == null) {
      return null;
    }
    long present = 0;
    for (int i = 1; i <= Math.min(segment.elements(), Long.SIZE - 1); i++) {
      present |= segment.has(i) ? 1L << i : 0;
    }
    for (SyntaxNote note : slot.type().notes()) {
      if (note.elements().get(0) == first && !note.holds(present)) {
        return of(note, present);
      }
    }
    return null;
  }

  private static AcknowledgedNote of(SyntaxNote note, long present) {
    boolean exclusive = note.kind() == 'E';
    int found = note.elements().get(0);
    for (int element : note.elements()) {
      boolean isThere = (present & 1L << element) != 0;
      if (exclusive && isThere) {
        found = element;
      } else if (!exclusive && !isThere) {
        return new AcknowledgedNote(element, MISSING);
      }
    }
    return new AcknowledgedNote(found, exclusive ? EXCLUDED : MISSING);
  }
}
