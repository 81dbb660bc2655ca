package org.openrcm.x12;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Loop 2000 of a 999, written while the set that it answers is read: AK2, IK3 ..., IK5. */
final class AcknowledgedSet {
  /** So many segments in error are told of a set, and so many elements of a segment. */
  static final int MOST_SEGMENTS = 1_000;

  static final int MOST_ELEMENTS = 100;

  private static final int MOST_CODES = 5;
  private static final int LONGEST_REFERENCE = 35;
  private static final int LOOP_CHARACTERS = 4;
  private static final Pattern TAG = Pattern.compile("[0-9A-Z]{2,3}");
  private static final Pattern LOOP = Pattern.compile("[0-9]{4}.*");
  private static final Pattern DESIGNATOR =
      Pattern.compile("([A-Z][A-Z0-9]{1,2}[0-9]{2})(?:-([0-9]{1,2}))?");

  private final X12Writer out;
  private final String id;
  private final Set<String> codes = new LinkedHashSet<>();
  private boolean rejected;
  private boolean unsupported;
  private int segments;
  private long leftOut;

  /** The claim or payment that a segment belongs to, by the element that names it. */
  record Unit(String element, String reference, long segment) {

    /** Whether a slot of that key is part of it. */
    boolean holds(String slot) {
      return !element.equals("CLM01") || slot.startsWith("23") || slot.startsWith("24");
    }
  }

  /** One IK3. */
  private record Fault(
      String tag, long position, @Nullable String loop, String code, @Nullable Unit unit) {}

  /** One IK4. */
  private record ElementFault(
      int element, int component, int repeat, @Nullable String number, String code) {}

  AcknowledgedSet(X12Writer out, Segment st, AcknowledgedText text) {
    this.out = out;
    this.id = st.text(1);
    out.tag("AK2").text(text.of(st.text(1), 3)).text(text.of(st.text(2), 9));
    out.text(text.of(st.text(3), LONGEST_REFERENCE));
  }

  /**
   * Writes what was found of a segment, and what was found late of those before it.
   *
   * @param findings those that make an acknowledgement: level 1 or 2, and more than information
   * @param segment the segment that is being read, or null
   * @param before what the segments before it belong to
   * @param unit what it belongs to
   */
  void add(
      List<Finding> findings,
      @Nullable Segment segment,
      @Nullable Unit before,
      @Nullable Unit unit,
      AcknowledgedText text) {
    Map<Fault, List<ElementFault>> faults = new LinkedHashMap<>();
    for (Finding finding : findings) {
      rejected |= finding.severity() == Severity.ERROR;
      unsupported |= finding.rule() == Syntax.NO_MAPPING;
      String code = AcknowledgementCodes.ofSet(finding, id);
      if (code != null) {
        codes.add(code);
        continue;
      }
      if (isToldBefore(finding)) {
        codes.add("5");
        continue;
      }
      Segment its =
          segment != null && segment.number() == finding.place().segmentNumber() ? segment : null;
      Fault fault = fault(finding, its, finding.missing() == null ? unit : before);
      codes.add(fault.code().startsWith("I") ? "I5" : "5");
      List<ElementFault> elements = faults.computeIfAbsent(fault, made -> new ArrayList<>());
      if (fault.code().equals("8")) {
        ElementFault element = element(finding, its);
        if (element != null && !elements.contains(element)) {
          elements.add(element);
        }
      }
    }
    faults.keySet().removeIf(fault -> isOneTooMany(fault, faults.keySet()));
    faults.forEach((fault, elements) -> write(fault, elements, text));
  }

  /** What a reader finds of a whole claim mostly follows from an element that is told already. */
  private boolean isToldBefore(Finding finding) {
    return segments > 0 && !(finding.rule() instanceof Syntax) && finding.place().element() == null;
  }

  /** A loop that comes once too often is out of its place, too: that need not be said. */
  private static boolean isOneTooMany(Fault fault, Set<Fault> all) {
    return fault.code().equals("7")
        && all.stream().anyMatch(o -> o.code().equals("4") && o.position() == fault.position());
  }

  private static Fault fault(Finding finding, @Nullable Segment segment, @Nullable Unit unit) {
    Place place = finding.place();
    String tag = place.segment();
    String loop = place.loop();
    String missing = finding.missing();
    if (missing != null) {
      int dot = missing.indexOf('.');
      loop = missing.substring(0, dot);
      tag = missing.substring(dot + 1).replaceFirst("-.*", "");
    }
    boolean opensLoop = segment != null && segment.opensLoop();
    Unit its =
        unit == null
                || unit.segment() > place.segmentNumber()
                || (missing != null && !unit.holds(missing))
            ? null
            : unit;
    return new Fault(
        tag == null ? "" : tag,
        place.segmentNumber(),
        loop,
        AcknowledgementCodes.ofSegment(finding, opensLoop),
        its);
  }

  private static @Nullable ElementFault element(Finding finding, @Nullable Segment segment) {
    String designator = finding.place().element();
    if (designator == null) {
      Slot slot = segment == null ? null : segment.slot();
      // the first of those that are too many
      return slot == null
          ? null
          : new ElementFault(
              slot.type().elements().size() + 1,
              0,
              0,
              null,
              AcknowledgementCodes.ofElement(finding, null, false));
    }
    Matcher parts = DESIGNATOR.matcher(designator);
    if (!parts.matches()) {
      return null;
    }
    String name = parts.group(1);
    int element = Integer.parseInt(name.substring(name.length() - 2));
    int component = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    if (finding.rule() == Syntax.ELEMENT_SYNTAX && segment != null) {
      AcknowledgedNote note = AcknowledgedNote.of(segment, element);
      String tag = name.substring(0, name.length() - 2);
      return note == null
          ? null
          : new ElementFault(
              note.element(),
              0,
              0,
              DataElements.number("%s%02d".formatted(tag, note.element()), 0),
              note.code());
    }
    String number = DataElements.number(name, component);
    AcknowledgedValue value =
        segment == null ? null : AcknowledgedValue.of(segment, element, component, finding.rule());
    return new ElementFault(
        element,
        component,
        value == null ? 0 : value.repeat(),
        number,
        AcknowledgementCodes.ofElement(finding, number, value != null && value.isTooShort()));
  }

  private void write(Fault fault, List<ElementFault> elements, AcknowledgedText text) {
    if (++segments > MOST_SEGMENTS || !TAG.matcher(fault.tag()).matches()) {
      leftOut++;
      return;
    }
    String loop = fault.loop();
    out.tag("IK3").text(fault.tag()).text(Long.toString(fault.position()));
    out.text(
        loop != null && LOOP.matcher(loop).matches() ? loop.substring(0, LOOP_CHARACTERS) : null);
    out.text(fault.code());
    Unit unit = fault.unit();
    if (unit != null && text.isClean(unit.reference(), LONGEST_REFERENCE)) {
      out.tag("CTX").composite(unit.element(), unit.reference());
    }
    int told = Math.min(elements.size(), MOST_ELEMENTS);
    leftOut += elements.size() - told;
    for (ElementFault element : elements.subList(0, told)) {
      out.tag("IK4");
      out.composite(
          Integer.toString(element.element()),
          number(element.component()),
          number(element.repeat()));
      out.text(element.number()).text(element.code());
    }
  }

  private static @Nullable String number(int number) {
    return number == 0 ? null : Integer.toString(number);
  }

  /** IK5; answers its code. */
  String end() {
    String code = rejected ? "R" : codes.isEmpty() ? "A" : "E";
    out.tag("IK5").text(code);
    codes.stream().limit(MOST_CODES).forEach(out::text);
    return code;
  }

  /** Whether no mapping describes it. */
  boolean isUnsupported() {
    return unsupported;
  }

  /** How many segments and elements in error were not told, being too many or without a tag. */
  long leftOut() {
    return leftOut;
  }
}
