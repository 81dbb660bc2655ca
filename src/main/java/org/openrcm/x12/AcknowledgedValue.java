package org.openrcm.x12;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which repetition of an element is wrong, and how.
 *
 * @param repeat from 1; 0 when the element does not repeat
 * @param isTooShort whether it has fewer characters than its type asks for
 */
record AcknowledgedValue(int repeat, boolean isTooShort) {

  /** Looks for the first repetition that breaks the rule; null when the type is not known. */
  static @Nullable AcknowledgedValue of(
      Segment segment, int element, int component, FindingRule rule) {
    Slot slot = segment.slot();
    List<ElementType> elements = slot == null ? List.of() : slot.type().elements();
    if (element > elements.size()) {
      return null;
    }
    ElementType type = elements.get(element - 1);
    boolean repeats = type.repeats() > 1;
    if (rule == Syntax.TOO_MANY_REPEATS) {
      return new AcknowledgedValue(type.repeats() + 1, false);
    }
    if (component > 0) {
      if (component > type.components().size()) {
        return null;
      }
      type = type.components().get(component - 1);
    }
    Delimiters delimiters = segment.delimiters();
    List<String> values =
        repeats && delimiters.repetition() != 0
            ? split(segment.text(element), delimiters.repetition())
            : List.of(segment.text(element));
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (component > 0) {
        List<String> parts = split(value, delimiters.component());
        value = component <= parts.size() ? parts.get(component - 1) : "";
      }
      if (breaks(value, type.value(), rule)) {
        return new AcknowledgedValue(
            values.size() > 1 ? i + 1 : 0, length(value, type) < type.value().minLength());
      }
    }
    return new AcknowledgedValue(0, false);
  }

  private static boolean breaks(String value, ElementType.ValueType type, FindingRule rule) {
    if (rule == Syntax.MISSING_ELEMENT) {
      return value.isEmpty();
    }
    if (value.isEmpty()) {
      return false;
    }
    if (rule == Syntax.ELEMENT_LENGTH) {
      int length = length(value, type);
      return length < type.minLength() || length > type.maxLength();
    }
    if (rule == Syntax.ELEMENT_TYPE) {
      Pattern pattern = type.pattern();
      return pattern != null && !pattern.matcher(value).matches();
    }
    return rule != Syntax.ELEMENT_CODE || !type.codes().contains(value);
  }

  private static int length(String value, ElementType type) {
    return length(value, type.value());
  }

  private static int length(String value, ElementType.ValueType type) {
    return type.kind() == ElementType.Kind.NUMBER
        ? value.replace("-", "").replace(".", "").length()
        : value.length();
  }

  private static List<String> split(String text, byte separator) {
    return List.of(text.split(Pattern.quote(String.valueOf((char) (separator & 0xff))), -1));
  }
}
