package org.openrcm.x12;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Compiles segment types, their elements and the types of their values, each once for all slots
 * that they stand in.
 */
final class SegmentCompiler {
  private static final Pattern LAST_NUMBER =
      Pattern.compile("(?:C[0-9]{3}-|[A-Z][A-Z0-9]{1,2})([0-9]{1,2})");
  private static final Map<String, ElementType.Kind> KINDS =
      Map.of(
          "N0", ElementType.Kind.NUMBER,
          "R", ElementType.Kind.NUMBER,
          "DT", ElementType.Kind.DAY);
  private static final String SYNTAX = "x12:syntax";
  private static final String FORMAT = "x12:format";

  private final SchemaFiles files;
  private final Map<String, SegmentType> segmentTypes = new HashMap<>();
  private final Map<String, ElementType.ValueType> valueTypes = new HashMap<>();

  SegmentCompiler(SchemaFiles files) {
    this.files = files;
  }

  /**
   * The segment type of this name.
   *
   * @param user what refers to it
   */
  SegmentType segment(String typeName, SchemaNode user) {
    SegmentType known = segmentTypes.get(typeName);
    if (known != null) {
      return known;
    }
    SegmentType made;
    if (typeName.equals("ISA")) {
      made = isa();
    } else {
      SchemaNode sequence = files.type(typeName, user, "xs:complexType").single("xs:sequence");
      sequence.allow("dfdl:ref", "dfdl:initiator", SYNTAX);
      sequence.needFormat("x12:segment");
      List<ElementType> elements = elements(sequence);
      made =
          new SegmentType(
              sequence.need("dfdl:initiator"), elements, notes(sequence, elements.size()));
    }
    segmentTypes.put(typeName, made);
    return made;
  }

  private static List<SyntaxNote> notes(SchemaNode sequence, int elements) {
    List<SyntaxNote> notes = new ArrayList<>();
    for (String text : sequence.names(SYNTAX)) {
      SyntaxNote note = SyntaxNote.of(text);
      if (note == null || note.elements().stream().anyMatch(e -> e < 1 || e > elements)) {
        throw sequence.refused("has a syntax note that is not such as P0809: " + text);
      }
      notes.add(note);
    }
    return List.copyOf(notes);
  }

  /** ISA tells the delimiters, so its own shape cannot depend on them: it is read natively. */
  private static SegmentType isa() {
    List<ElementType> elements = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      String name = i < 10 ? "ISA0" + i : "ISA" + i;
      elements.add(
          new ElementType(
              name, ElementType.Usage.REQUIRED, 1, ElementType.ValueType.ANY, List.of(), 0));
    }
    return new SegmentType("ISA", List.copyOf(elements), List.of());
  }

  private List<ElementType> elements(SchemaNode sequence) {
    List<ElementType> elements = new ArrayList<>();
    for (SchemaNode child : sequence.only("xs:element", "xs:sequence")) {
      if (child.name().equals("xs:element")) {
        elements.add(element(child, 1));
      } else {
        child.allow("dfdl:ref");
        child.needFormat("x12:repetition");
        SchemaNode repeated = child.single("xs:element");
        elements.add(element(repeated, repeated.occurs("maxOccurs")));
      }
    }
    return List.copyOf(elements);
  }

  private ElementType element(SchemaNode element, int repeats) {
    element.allow("name", "type", "minOccurs", "maxOccurs", SchemaNode.USAGE, FORMAT);
    String type = SchemaNode.local(element.need("type"));
    ElementType.Usage usage = usage(element);
    SchemaNode definition = files.type(type);
    if (definition != null && definition.name().equals("xs:complexType")) {
      SchemaNode sequence = definition.single("xs:sequence");
      sequence.allow("dfdl:ref");
      sequence.needFormat("x12:composite");
      return new ElementType(
          element.need("name"), usage, repeats, ElementType.ValueType.ANY, elements(sequence), 0);
    }
    return new ElementType(
        element.need("name"), usage, repeats, value(type, element), List.of(), format(element));
  }

  /** Which element or component an element names as the one that tells its format. */
  private static int format(SchemaNode element) {
    String by = element.get(FORMAT);
    if (by == null) {
      return 0;
    }
    Matcher matcher = LAST_NUMBER.matcher(by);
    if (!matcher.matches()) {
      throw element.refused("has a format by what is no element: " + by);
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static ElementType.Usage usage(SchemaNode element) {
    if ("unused".equals(element.get(SchemaNode.USAGE))) {
      return ElementType.Usage.UNUSED;
    }
    return element.least() > 0 ? ElementType.Usage.REQUIRED : ElementType.Usage.SITUATIONAL;
  }

  private ElementType.ValueType value(String typeName, SchemaNode user) {
    ElementType.ValueType known = valueTypes.get(typeName);
    if (known != null) {
      return known;
    }
    if (typeName.equals("string")) {
      return ElementType.ValueType.ANY;
    }
    SchemaNode restriction = files.type(typeName, user, "xs:simpleType").single("xs:restriction");
    restriction.allow("base");
    ElementType.ValueType base = value(SchemaNode.local(restriction.need("base")), restriction);
    int min = base.minLength();
    int max = base.maxLength();
    Pattern pattern = base.pattern();
    Set<String> codes = new LinkedHashSet<>();
    for (SchemaNode facet :
        restriction.only(
            "xs:enumeration", "xs:minLength", "xs:maxLength", "xs:length", "xs:pattern")) {
      String value = facet.need("value");
      switch (facet.name()) {
        case "xs:enumeration" -> codes.add(value);
        case "xs:minLength" -> min = facet.number(value);
        case "xs:maxLength" -> max = facet.number(value);
        case "xs:length" -> {
          min = facet.number(value);
          max = min;
        }
        default -> pattern = pattern(facet, value);
      }
    }
    ElementType.ValueType made =
        new ElementType.ValueType(
            min,
            max,
            codes.isEmpty() ? base.codes() : Set.copyOf(codes),
            pattern,
            KINDS.getOrDefault(typeName, base.kind()));
    valueTypes.put(typeName, made);
    return made;
  }

  private static Pattern pattern(SchemaNode facet, String value) {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw facet.refused("is not a pattern that is understood");
    }
  }
}
