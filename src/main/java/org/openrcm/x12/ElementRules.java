package org.openrcm.x12;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a slot says of its own segment's elements, beyond what all segments of the tag share: {@code
 * x12:require="NM103 NM108"}, {@code x12:unused="NM110..12"} and {@code x12:codes="NM108=XX
 * SV101-1=HC|ER"}. Other processors of DFDL pass these attributes over.
 */
final class ElementRules {
  static final String REQUIRE = "x12:require";
  static final String UNUSED = "x12:unused";
  static final String CODES = "x12:codes";

  /** An element such as NM103, a component such as SV101-2, or several such as HI02..12-3..9. */
  private static final Pattern DESIGNATOR =
      Pattern.compile(
          "([A-Z][A-Z0-9]{1,2})([0-9]{2})(?:\\.\\.([0-9]{2}))?(?:-([0-9]{1,2})(?:\\.\\.([0-9]{1,2}))?)?");

  private final SchemaNode slot;
  private final SegmentType type;
  private final List<ElementType> elements;

  private ElementRules(SchemaNode slot, SegmentType type) {
    this.slot = slot;
    this.type = type;
    this.elements = new ArrayList<>(type.elements());
  }

  /** The segment type as it is in this slot; the very same where the slot has no rules. */
  static SegmentType of(SchemaNode slot, SegmentType type) {
    ElementRules rules = new ElementRules(slot, type);
    for (String designator : words(slot, REQUIRE)) {
      rules.change(designator, ElementType.Usage.REQUIRED, null);
    }
    for (String designator : words(slot, UNUSED)) {
      rules.change(designator, ElementType.Usage.UNUSED, null);
    }
    for (String rule : words(slot, CODES)) {
      int equals = rule.indexOf('=');
      if (equals < 0) {
        throw slot.refused("has codes without an equals sign: " + rule);
      }
      Set<String> codes = Set.copyOf(List.of(rule.substring(equals + 1).split("\\|")));
      rules.change(rule.substring(0, equals), null, codes);
    }
    return rules.elements.equals(type.elements())
        ? type
        : new SegmentType(type.tag(), List.copyOf(rules.elements), type.notes());
  }

  private static List<String> words(SchemaNode slot, String attribute) {
    String words = slot.get(attribute);
    return words == null
        ? List.of()
        : List.of(words.strip().replaceAll("\\|\\s+", "|").split("\\s+"));
  }

  private void change(
      String designator, ElementType.@Nullable Usage usage, @Nullable Set<String> codes) {
    Matcher matcher = DESIGNATOR.matcher(designator);
    if (!matcher.matches() || !matcher.group(1).equals(type.tag())) {
      throw slot.refused("has a rule for what is no element of " + type.tag() + ": " + designator);
    }
    int first = Integer.parseInt(matcher.group(2));
    int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
    if (first < 1 || last < first || last > elements.size()) {
      throw slot.refused("has a rule for an element that is not there: " + designator);
    }
    for (int i = first - 1; i < last; i++) {
      ElementType element = elements.get(i);
      elements.set(
          i,
          matcher.group(4) == null
              ? changed(element, usage, codes)
              : components(element, matcher, usage, codes));
    }
  }

  private ElementType components(
      ElementType composite,
      Matcher designator,
      ElementType.@Nullable Usage usage,
      @Nullable Set<String> codes) {
    int first = Integer.parseInt(designator.group(4));
    int last = designator.group(5) == null ? first : Integer.parseInt(designator.group(5));
    List<ElementType> components = new ArrayList<>(composite.components());
    if (first < 1 || last < first || last > components.size()) {
      throw slot.refused("has a rule for a component that is not there: " + designator.group());
    }
    for (int i = first - 1; i < last; i++) {
      components.set(i, changed(components.get(i), usage, codes));
    }
    return new ElementType(
        composite.name(),
        composite.usage(),
        composite.repeats(),
        composite.value(),
        List.copyOf(components),
        composite.formatBy());
  }

  private ElementType changed(
      ElementType element, ElementType.@Nullable Usage usage, @Nullable Set<String> codes) {
    if (codes != null && element.isComposite()) {
      throw slot.refused("has codes for a composite: " + element.name());
    }
    return new ElementType(
        element.name(),
        usage == null ? element.usage() : usage,
        element.repeats(),
        codes == null ? element.value() : element.value().of(codes),
        element.components(),
        element.formatBy());
  }
}
