package org.openrcm.x12;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the regular X12 part of DFDL to loops, slots and segment types. What it does not
 * understand it refuses, with file and line: the two engines never read one schema differently.
 *
 * <p>Understood are global complex types whose sequence refers to the formats {@code x12:segment}
 * (with an initiator: the tag), {@code x12:composite}, {@code x12:repetition} and {@code x12:loop};
 * elements of those types, or with a loop's sequence inside; simple types with length, pattern and
 * enumeration facets; and discriminators such as {@code REF.(1L|F8).}, where a dot is any
 * delimiter, or {@code HL.\w*\W\w*\W20.}, which passes over two elements. Of a composite the first
 * component is the qualifier.
 */
final class MappingCompiler {
  private static final Pattern LAST_NUMBER =
      Pattern.compile("(?:C[0-9]{3}-|[A-Z][A-Z0-9]{1,2})([0-9]{1,2})");
  private static final Map<String, ElementType.Kind> KINDS =
      Map.of(
          "N0", ElementType.Kind.NUMBER,
          "R", ElementType.Kind.NUMBER,
          "DT", ElementType.Kind.DAY);
  private static final String LOOP = "x12:loop";
  private static final String USAGE = "x12:usage";
  private static final String GUIDES = "x12:guides";
  private static final String NEAR = "x12:near";
  private static final String SYNTAX = "x12:syntax";
  private static final String FORMAT = "x12:format";
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private final Function<String, SchemaNode> files;
  private final Map<String, SchemaNode> read = new LinkedHashMap<>();
  private final Map<String, SchemaNode> types = new HashMap<>();
  private final Map<String, SegmentType> segmentTypes = new HashMap<>();
  private final Map<String, ElementType.ValueType> valueTypes = new HashMap<>();

  /** A compiler that gets schema files by name from {@code files}. */
  MappingCompiler(Function<String, SchemaNode> files) {
    this.files = files;
  }

  /** Compiles the transaction set of a schema file; its Transaction loop hangs below no group. */
  Mapping mapping(String name, String file) {
    SchemaNode schema = load(file);
    SchemaNode root = null;
    for (SchemaNode child : schema.children()) {
      if (child.name().equals("xs:element")) {
        if (root != null) {
          throw child.refused("is a second root; one is the whole file");
        }
        root = child;
      }
    }
    if (root == null) {
      throw schema.refused("has no root element");
    }
    for (String level : List.of("Interchange", "Group", "Transaction")) {
      root = child(root, level);
    }
    Set<String> guides = Set.copyOf(names(root, GUIDES));
    Set<String> near = Set.copyOf(names(root, NEAR));
    return new Mapping(name, (Loop) particle(root, null, 0), guides, near);
  }

  /** Compiles one segment type of a schema file. */
  SegmentType segmentType(String file, String tag) {
    SchemaNode schema = load(file);
    return segment(tag, schema);
  }

  /** The files that were read, in order. */
  Set<String> filesRead() {
    return read.keySet();
  }

  private SchemaNode load(String file) {
    SchemaNode known = read.get(file);
    if (known != null) {
      return known;
    }
    SchemaNode schema = files.apply(file);
    read.put(file, schema);
    if (!schema.name().equals("xs:schema")) {
      throw schema.refused("is not a schema");
    }
    for (SchemaNode child : schema.children()) {
      switch (child.name()) {
        case "xs:include", "xs:import" -> load(child.need("schemaLocation"));
        case "xs:complexType", "xs:simpleType" -> {
          if (types.put(child.need("name"), child) != null) {
            throw child.refused("names a type that is there already");
          }
        }
        case "xs:element", "xs:annotation", "xs:group" -> {}
        default -> throw child.refused("is not understood here");
      }
    }
    return schema;
  }

  private static SchemaNode child(SchemaNode element, String name) {
    SchemaNode sequence = element.single("xs:complexType").single("xs:sequence");
    for (SchemaNode child : sequence.only("xs:element")) {
      if (name.equals(child.get("name"))) {
        return child;
      }
    }
    throw element.refused("has no element " + name);
  }

  private static List<String> names(SchemaNode element, String attribute) {
    String names = element.get(attribute);
    return names == null ? List.of() : List.of(names.strip().split("\\s+"));
  }

  private Particle particle(SchemaNode element, @Nullable Loop parent, int position) {
    if (parent == null) {
      element.allow("name", "minOccurs", "maxOccurs", USAGE, GUIDES, NEAR);
    } else {
      element.allow(
          "name",
          "type",
          "minOccurs",
          "maxOccurs",
          USAGE,
          ElementRules.REQUIRE,
          ElementRules.UNUSED,
          ElementRules.CODES,
          Condition.WHEN);
    }
    String name = element.need("name");
    int min = least(element);
    int max = occurs(element, "maxOccurs");
    Discriminator discriminator = Discriminator.of(element);
    String type = element.get("type");
    SchemaNode named = type == null ? null : types.get(SchemaNode.local(type));
    if (type != null && parent != null && (named == null || !isLoop(named))) {
      SegmentType segment = ElementRules.of(element, segment(SchemaNode.local(type), element));
      Qualifier qualifier = Discriminator.qualifier(discriminator, segment, element);
      return new Slot(name, parent, position, min, max, segment, qualifier);
    }
    Loop loop = new Loop(name, position, min, max);
    return loop(
        element, named == null ? element.single("xs:complexType") : named, loop, discriminator);
  }

  private static boolean isLoop(SchemaNode type) {
    if (!type.name().equals("xs:complexType")) {
      return false;
    }
    List<SchemaNode> content = type.only("xs:sequence");
    return content.size() == 1 && LOOP.equals(content.get(0).get("dfdl:ref"));
  }

  private Loop loop(
      SchemaNode element, SchemaNode type, Loop loop, @Nullable Discriminator discriminator) {
    SchemaNode sequence = type.single("xs:sequence");
    sequence.allow("dfdl:ref");
    needFormat(sequence, LOOP);
    List<SchemaNode> children = sequence.only("xs:element");
    for (int i = 0; i < children.size(); i++) {
      Particle particle = particle(children.get(i), loop, i);
      if (particle instanceof Loop inner) {
        loop.add(inner);
        Condition condition = Condition.of(children.get(i), loop);
        if (condition != null) {
          inner.onlyWhen(condition);
        }
      } else {
        Slot slot = (Slot) particle;
        loop.add(i == 0 ? opening(slot, element, discriminator) : slot);
      }
    }
    if (loop.particles().isEmpty() || !(loop.particles().get(0) instanceof Slot)) {
      throw element.refused("is a loop that does not start with a segment");
    }
    return loop;
  }

  /** A loop's first slot takes over the qualifier by which the loop itself is known. */
  private static Slot opening(Slot slot, SchemaNode loop, @Nullable Discriminator discriminator) {
    Qualifier qualifier = Discriminator.qualifier(discriminator, slot.type(), loop);
    return qualifier.codes().isEmpty() ? slot : slot.with(qualifier);
  }

  private SegmentType segment(String typeName, SchemaNode user) {
    SegmentType known = segmentTypes.get(typeName);
    if (known != null) {
      return known;
    }
    SegmentType made;
    if (typeName.equals("ISA")) {
      made = isa();
    } else {
      SchemaNode sequence = type(typeName, user, "xs:complexType").single("xs:sequence");
      sequence.allow("dfdl:ref", "dfdl:initiator", SYNTAX);
      needFormat(sequence, "x12:segment");
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
    for (String text : names(sequence, SYNTAX)) {
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
        needFormat(child, "x12:repetition");
        SchemaNode repeated = child.single("xs:element");
        elements.add(element(repeated, occurs(repeated, "maxOccurs")));
      }
    }
    return List.copyOf(elements);
  }

  private ElementType element(SchemaNode element, int repeats) {
    element.allow("name", "type", "minOccurs", "maxOccurs", USAGE, FORMAT);
    String type = SchemaNode.local(element.need("type"));
    ElementType.Usage usage = usage(element);
    SchemaNode definition = types.get(type);
    if (definition != null && definition.name().equals("xs:complexType")) {
      SchemaNode sequence = definition.single("xs:sequence");
      sequence.allow("dfdl:ref");
      needFormat(sequence, "x12:composite");
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
    if ("unused".equals(element.get(USAGE))) {
      return ElementType.Usage.UNUSED;
    }
    return least(element) > 0 ? ElementType.Usage.REQUIRED : ElementType.Usage.SITUATIONAL;
  }

  private ElementType.ValueType value(String typeName, SchemaNode user) {
    ElementType.ValueType known = valueTypes.get(typeName);
    if (known != null) {
      return known;
    }
    if (typeName.equals("string")) {
      return ElementType.ValueType.ANY;
    }
    SchemaNode restriction = type(typeName, user, "xs:simpleType").single("xs:restriction");
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
        case "xs:minLength" -> min = number(facet, value);
        case "xs:maxLength" -> max = number(facet, value);
        case "xs:length" -> {
          min = number(facet, value);
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

  private SchemaNode type(String name, SchemaNode user, String kind) {
    SchemaNode type = types.get(name);
    if (type == null || !type.name().equals(kind)) {
      throw user.refused("refers to " + name + ", which is no " + kind);
    }
    return type;
  }

  private static void needFormat(SchemaNode node, String format) {
    if (!format.equals(node.get("dfdl:ref"))) {
      throw node.refused("must have dfdl:ref=\"" + format + "\" here");
    }
  }

  /** What the guide requires, {@code x12:usage="required"}, DFDL may let pass (minOccurs 0). */
  private static int least(SchemaNode element) {
    String usage = element.get(USAGE);
    if (usage != null && !usage.equals("required")) {
      throw element.refused("has a usage that is not understood: " + usage);
    }
    return usage == null ? occurs(element, "minOccurs") : 1;
  }

  private static int occurs(SchemaNode element, String attribute) {
    String value = element.get(attribute);
    if (value == null) {
      return 1;
    }
    return value.equals("unbounded") ? UNBOUNDED : number(element, value);
  }

  private static int number(SchemaNode node, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw node.refused("has a number that is none: " + value);
    }
  }
}
