package org.openrcm.x12;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pattern by which a segment is known to belong to a slot or loop, such as {@code REF.(1L|F8).}
 *
 * @param tag the segment's tag
 * @param element which element tells, from 1
 * @param codes its values, or of a composite those of its first component; empty for any
 */
record Discriminator(String tag, int element, Set<String> codes) {
  private static final String SKIPPED = "\\w*\\W";
  private static final Pattern PATTERN =
      Pattern.compile(
          "([A-Z][A-Z0-9]{1,2})\\."
              + ("((?:" + Pattern.quote(SKIPPED) + ")*)")
              + "(?:\\(([^()]+)\\)\\.|([A-Za-z0-9]+)\\.)?");

  /** That of an element of a schema; null when it has none. */
  static @Nullable Discriminator of(SchemaNode element) {
    Discriminator found = null;
    for (SchemaNode annotation : element.children()) {
      if (!annotation.name().equals("xs:annotation")) {
        continue;
      }
      for (SchemaNode appinfo : annotation.only("xs:appinfo", "xs:documentation")) {
        for (SchemaNode statement : appinfo.children()) {
          found = statement(statement);
        }
      }
    }
    return found;
  }

  private static Discriminator statement(SchemaNode statement) {
    if (!statement.name().equals("dfdl:discriminator")
        || !"pattern".equals(statement.get("testKind"))) {
      throw statement.refused("is not understood; only a pattern discriminator is");
    }
    statement.allow("testKind", "testPattern", "message");
    Matcher matcher = PATTERN.matcher(statement.need("testPattern"));
    if (!matcher.matches()) {
      throw statement.refused("has a testPattern that is not TAG. or TAG.(A|B).");
    }
    Set<String> codes = Set.of();
    if (matcher.group(3) != null) {
      codes = Set.copyOf(List.of(matcher.group(3).split("\\|")));
    } else if (matcher.group(4) != null) {
      codes = Set.of(matcher.group(4));
    }
    if (codes.stream().anyMatch(code -> code.length() > Long.BYTES)) {
      throw statement.refused("has a code of more than 8 characters");
    }
    int element = matcher.group(2).length() / SKIPPED.length() + 1;
    return new Discriminator(matcher.group(1), element, codes);
  }

  /** What tells segments of {@code type} apart by a discriminator, if there is one. */
  static Qualifier qualifier(
      @Nullable Discriminator discriminator, SegmentType type, SchemaNode element) {
    if (discriminator == null) {
      return Qualifier.NONE;
    }
    if (!type.tag().equals(discriminator.tag)) {
      throw element.refused("has a discriminator for another segment than " + type.tag());
    }
    if (discriminator.codes.isEmpty()) {
      return Qualifier.NONE;
    }
    int at = discriminator.element;
    if (at > type.elements().size()) {
      throw element.refused("has a discriminator behind the last element");
    }
    return new Qualifier(at, type.elements().get(at - 1).isComposite(), discriminator.codes);
  }
}
