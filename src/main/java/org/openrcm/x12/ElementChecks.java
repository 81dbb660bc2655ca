package org.openrcm.x12;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a placed segment's elements against the facets of its mapping: SNIP levels 1 and 2. */
final class ElementChecks {
  private static final int REMEMBERED_BITS = 12;
  private static final String NOT_USED = "is not used here and should be empty";

  private final FindingSink findings;

  /** Short texts that were found good, and for which type: most come again. */
  private final long[] goodTexts = new long[1 << REMEMBERED_BITS];

  private final ElementType.@Nullable ValueType[] goodTypes =
      new ElementType.@Nullable ValueType[1 << REMEMBERED_BITS];

  private final Map<Pattern, Matcher> matchers = new HashMap<>();
  private final Window window = new Window();

  ElementChecks(FindingSink findings) {
    this.findings = findings;
  }

  void check(Segment segment) {
    Slot slot = segment.slot;
    if (slot == null) {
      return;
    }
    List<ElementType> types = slot.type().elements();
    long present = 0;
    long missing = 0;
    for (int i = 0; i < types.size(); i++) {
      ElementType type = types.get(i);
      int element = i + 1;
      if (segment.isEmpty(element)) {
        if (type.isRequired()) {
          missing |= 1L << element;
          find(segment, Syntax.MISSING_ELEMENT, type.name(), "must not be empty");
        }
        continue;
      }
      present |= 1L << element;
      if (type.isUnused()) {
        find(segment, Syntax.UNUSED_ELEMENT, type.name(), NOT_USED);
      } else {
        repeats(segment, type, segment.elementStart(element), segment.elementEnd(element));
        if (type.formatBy() > 0) {
          format(segment, type.name(), segment.text(element), segment.text(type.formatBy()));
        }
      }
    }
    notes(segment, slot.type(), present, missing);
    if (segment.elements() > types.size()) {
      find(
          segment,
          Syntax.TOO_MANY_ELEMENTS,
          null,
          "has " + segment.elements() + " elements, the mapping knows " + types.size());
    }
  }

  /** What is missing anyway is not told twice. */
  private void notes(Segment segment, SegmentType type, long present, long missing) {
    List<SyntaxNote> notes = type.notes();
    for (int i = 0; i < notes.size(); i++) {
      SyntaxNote note = notes.get(i);
      if (!note.holds(present) && (note.bits() & missing) == 0) {
        String first = type.elements().get(note.elements().get(0) - 1).name();
        find(segment, Syntax.ELEMENT_SYNTAX, first, note.asks(type.tag()));
      }
    }
  }

  private void repeats(Segment segment, ElementType type, int from, int to) {
    byte separator = segment.delimiters.repetition();
    if (type.repeats() == 1 || separator == 0) {
      element(segment, type, from, to);
      return;
    }
    int start = from;
    int count = 0;
    for (int at = from; at <= to; at++) {
      if (at == to || segment.bytes[at] == separator) {
        element(segment, type, start, at);
        start = at + 1;
        count++;
      }
    }
    if (count > type.repeats()) {
      find(
          segment,
          Syntax.TOO_MANY_REPEATS,
          type.name(),
          "may repeat " + type.repeats() + " times at most");
    }
  }

  private void element(Segment segment, ElementType type, int from, int to) {
    if (!type.isComposite()) {
      value(segment, null, type, from, to);
      return;
    }
    int start = from;
    for (ElementType component : type.components()) {
      int end = start > to ? start : segment.partEnd(start, to);
      if (end <= start) {
        if (component.isRequired()) {
          find(
              segment,
              Syntax.MISSING_ELEMENT,
              designator(type, component),
              "must not be empty in this composite");
        }
      } else if (component.isUnused()) {
        find(segment, Syntax.UNUSED_ELEMENT, designator(type, component), NOT_USED);
      } else {
        value(segment, type, component, start, end);
        if (component.formatBy() > 0) {
          String format = component(segment, from, to, component.formatBy());
          format(segment, designator(type, component), segment.textBetween(start, end), format);
        }
      }
      start = end + 1;
    }
    if (start <= to) {
      find(
          segment,
          Syntax.TOO_MANY_ELEMENTS,
          type.name(),
          "has more components than the " + type.components().size() + " that the mapping knows");
    }
  }

  private static String component(Segment segment, int from, int to, int number) {
    int start = from;
    for (int i = 1; i < number && start <= to; i++) {
      start = segment.partEnd(start, to) + 1;
    }
    return start > to ? "" : segment.textBetween(start, segment.partEnd(start, to));
  }

  private void format(Segment segment, String designator, String text, String format) {
    if (!Days.isWritten(text, format)) {
      find(
          segment,
          Syntax.ELEMENT_TYPE,
          designator,
          "is no day, period or time as the format beside it says");
    }
  }

  private static String designator(@Nullable ElementType composite, ElementType component) {
    return composite == null
        ? component.name()
        : composite.name() + component.name().substring(component.name().lastIndexOf('-'));
  }

  @SuppressWarnings("ReferenceEquality") // a type is one object for each mapping
  private void value(
      Segment segment, @Nullable ElementType composite, ElementType type, int from, int to) {
    ElementType.ValueType value = type.value();
    long word = segment.plain ? Words.key(segment.bytes, from, to) : 0;
    int remembered = Words.place(word ^ System.identityHashCode(value), REMEMBERED_BITS);
    if (word != 0 && goodTexts[remembered] == word && goodTypes[remembered] == value) {
      return;
    }
    if (check(segment, composite, type, from, to) && word != 0) {
      goodTexts[remembered] = word;
      goodTypes[remembered] = value;
    }
  }

  private boolean check(
      Segment segment, @Nullable ElementType composite, ElementType type, int from, int to) {
    ElementType.ValueType value = type.value();
    boolean good = true;
    int length = length(segment, value, from, to);
    if (length < value.minLength() || length > value.maxLength()) {
      good = false;
      find(
          segment,
          Syntax.ELEMENT_LENGTH,
          designator(composite, type),
          "is " + length + " long, allowed is " + value.minLength() + " to " + value.maxLength());
    }
    Pattern pattern = value.pattern();
    if (pattern != null && !matches(pattern, segment, from, to)) {
      good = false;
      find(
          segment,
          Syntax.ELEMENT_TYPE,
          designator(composite, type),
          "is not of the type that it should be");
    } else if (value.kind() == ElementType.Kind.DAY
        && !Days.inCalendar(segment.textBetween(from, to))) {
      good = false;
      find(segment, Syntax.ELEMENT_TYPE, designator(composite, type), "is not in the calendar");
    } else if (!value.codes().isEmpty() && !value.codes().contains(segment.textBetween(from, to))) {
      good = false;
      find(
          segment,
          Syntax.ELEMENT_CODE,
          designator(composite, type),
          "is none of the codes allowed here");
    }
    return good;
  }

  private static int length(Segment segment, ElementType.ValueType value, int from, int to) {
    int length = to - from;
    if (value.kind() == ElementType.Kind.NUMBER) {
      for (int at = from; at < to; at++) {
        if (segment.bytes[at] == '-' || segment.bytes[at] == '.') {
          length--;
        }
      }
    } else if (!segment.plain) {
      length = segment.textBetween(from, to).length();
    }
    return length;
  }

  private boolean matches(Pattern pattern, Segment segment, int from, int to) {
    CharSequence text =
        segment.plain ? window.on(segment.bytes, from, to) : segment.textBetween(from, to);
    Matcher matcher = matchers.get(pattern);
    if (matcher == null) {
      matcher = pattern.matcher(text);
      matchers.put(pattern, matcher);
    } else {
      matcher.reset(text);
    }
    return matcher.matches();
  }

  private void find(Segment segment, Syntax rule, @Nullable String designator, String message) {
    findings.add(rule, segment.place().at(designator), message);
  }

  /** Plain bytes as characters, without a copy. */
  private static final class Window implements CharSequence {
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    Window on(byte[] newBytes, int newFrom, int newTo) {
      bytes = newBytes;
      from = newFrom;
      to = newTo;
      return this;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      return (char) bytes[from + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Window().on(bytes, from + start, from + end);
    }

    @Override
    public String toString() {
      return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }
  }
}
