package org.openrcm.x12;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  static final String WHEN = "x12:when";
  private static final Pattern PATTERN =
      Pattern.compile("([A-Z][A-Z0-9]{1,2})([0-9]{2})=([A-Z0-9|]+)");

  /** The condition on an inner loop's element of a schema; {@code loop} has what decides. */
  static @Nullable Condition of(SchemaNode element, Loop loop) {
    String text = element.get(WHEN);
    if (text == null) {
      return null;
    }
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw element.refused("has a condition that is not such as SBR02=18: " + text);
    }
    for (Particle particle : loop.particles()) {
      if (particle instanceof Slot slot && slot.type().tag().equals(matcher.group(1))) {
        int number = Integer.parseInt(matcher.group(2));
        Set<String> codes = Set.copyOf(List.of(matcher.group(3).split("\\|")));
        long bit = 1L << loop.conditions().size();
        String said = matcher.group(1) + matcher.group(2) + " is " + matcher.group(3);
        return new Condition(slot, number, codes, bit, said);
      }
    }
    throw element.refused("has a condition on a segment that does not stand before it: " + text);
  }

  boolean holds(Segment segment) {
    return codes.contains(segment.text(element));
  }
}
