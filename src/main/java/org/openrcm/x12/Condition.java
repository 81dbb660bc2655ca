package org.openrcm.x12;

import java.util.Set;

/**
 * When an inner loop belongs where it may stand, such as claims below a subscriber who is the
 * patient: {@code SBR02=18}.
 *
 * @param source the slot of the loop around it that decides
 * @param element which of its elements
 * @param codes the values with which the inner loop must stand there, and else must not
 * @param bit by which an open loop remembers that it holds
 * @param text as the mapping has it
 */
record Condition(Slot source, int element, Set<String> codes, long bit, String text) {

  boolean holds(Segment segment) {
    return codes.contains(segment.text(element));
  }
}
