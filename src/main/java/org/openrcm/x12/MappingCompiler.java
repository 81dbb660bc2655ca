package org.openrcm.x12;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
  private static final String LOOP = "x12:loop";
  private static final String GUIDES = "x12:guides";
  private static final String NEAR = "x12:near";

  private final SchemaFiles files;
  private final SegmentCompiler segments;

  /** A compiler that gets schema files by name from {@code files}. */
  MappingCompiler(Function<String, SchemaNode> files) {
    this.files = new SchemaFiles(files);
    this.segments = new SegmentCompiler(this.files);
  }

  /** Compiles the transaction set of a schema file; its Transaction loop hangs below no group. */
  Mapping mapping(String name, String file) {
    SchemaNode schema = files.load(file);
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
    Set<String> guides = Set.copyOf(root.names(GUIDES));
    Set<String> near = Set.copyOf(root.names(NEAR));
    return new Mapping(name, (Loop) particle(root, null, 0), guides, near);
  }

  /** Compiles one segment type of a schema file. */
  SegmentType segmentType(String file, String tag) {
    SchemaNode schema = files.load(file);
    return segments.segment(tag, schema);
  }

  /** The files that were read, in order. */
  Set<String> filesRead() {
    return files.read();
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

  private Particle particle(SchemaNode element, @Nullable Loop parent, int position) {
    if (parent == null) {
      element.allow("name", "minOccurs", "maxOccurs", SchemaNode.USAGE, GUIDES, NEAR);
    } else {
      element.allow(
          "name",
          "type",
          "minOccurs",
          "maxOccurs",
          SchemaNode.USAGE,
          ElementRules.REQUIRE,
          ElementRules.UNUSED,
          ElementRules.CODES,
          Condition.WHEN);
    }
    String name = element.need("name");
    int min = element.least();
    int max = element.occurs("maxOccurs");
    Discriminator discriminator = Discriminator.of(element);
    String type = element.get("type");
    SchemaNode named = type == null ? null : files.type(SchemaNode.local(type));
    if (type != null && parent != null && (named == null || !isLoop(named))) {
      SegmentType segment =
          ElementRules.of(element, segments.segment(SchemaNode.local(type), element));
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
    sequence.needFormat(LOOP);
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
}
