package org.openrcm.x12;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An element as the mapping describes it: simple, or a composite of {@code components}.
 *
 * @param name its reference designator and the name of its event, such as {@code CLP03}
 * @param usage whether the segment is wrong without it, or with it
 * @param repeats how many times it may stand between repetition separators; 1 for most
 * @param value what its text must look like; for a composite, unused
 * @param components the parts of a composite, empty for a simple element
 * @param formatBy which element of the segment, or component of the composite, says in which format
 *     (D8, RD8 ...) this one has days; 0 for none
 */
record ElementType(
    String name,
    Usage usage,
    int repeats,
    ValueType value,
    List<ElementType> components,
    int formatBy) {

  /** Whether it must, may or must not be there. */
  enum Usage {
    REQUIRED,
    SITUATIONAL,
    UNUSED
  }

  /** What a text stands for. */
  enum Kind {
    TEXT,
    /** Its length counts digits only, not sign and point. */
    NUMBER,
    /** A day that must be in the calendar. */
    DAY
  }

  /**
   * Facets of a simple type.
   *
   * @param codes the allowed values; empty when any will do
   * @param pattern the shape of the text, or null when any will do
   * @param kind what the text stands for, as far as that matters for checking
   */
  record ValueType(
      int minLength, int maxLength, Set<String> codes, @Nullable Pattern pattern, Kind kind) {
    static final ValueType ANY = new ValueType(0, Integer.MAX_VALUE, Set.of(), null, Kind.TEXT);

    /** The same shape, but for those codes only. */
    ValueType of(Set<String> itsCodes) {
      return new ValueType(minLength, maxLength, itsCodes, pattern, kind);
    }
  }

  boolean isRequired() {
    return usage == Usage.REQUIRED;
  }

  boolean isUnused() {
    return usage == Usage.UNUSED;
  }

  boolean isComposite() {
    return !components.isEmpty();
  }
}
