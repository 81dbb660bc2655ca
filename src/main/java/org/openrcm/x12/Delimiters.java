package org.openrcm.x12;

/**
 * The four delimiters of an interchange, read from its ISA segment.
 *
 * @param element after the tag and between elements: the fourth byte of ISA
 * @param repetition between repeats of an element: ISA11, or 0 before version 00402
 * @param component between the parts of a composite: ISA16
 * @param terminator after each segment: the byte behind ISA16
 */
public record Delimiters(byte element, byte repetition, byte component, byte terminator) {

  /**
   * Whether the four can tell apart what they delimit: all different, none a letter or digit, nor a
   * blank, which fills up the elements of every ISA.
   */
  boolean areUsable() {
    byte[] all = {element, component, terminator, repetition};
    for (int i = 0; i < all.length; i++) {
      if (all[i] == ' ' || Character.isLetterOrDigit(all[i] & 0xff)) {
        return false;
      }
      for (int j = i + 1; j < all.length; j++) {
        if (all[i] == all[j]) {
          return false;
        }
      }
    }
    return true;
  }
}
