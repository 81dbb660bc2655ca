package org.openrcm.x12;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of X12's data element dictionary by reference designator, such as 1028 for {@code
 * CLM01}: the names of the types in {@code x12-segments.dfdl.xsd}.
 */
final class DataElements {
  private static final String FILE = "x12-segments" + Mappings.SUFFIX;
  private static final String FOLDER = "/edi-mappings/";
  private static final Pattern NUMBERED = Pattern.compile("E([0-9]{1,4})");

  /**
   * Designators, and composites' components such as {@code C023-1}, to the names of their types.
   */
  private final Map<String, String> types = new HashMap<>();

  private DataElements(SchemaNode schema) {
    for (SchemaNode type : schema.children()) {
      if (type.name().equals("xs:complexType")) {
        collect(type);
      }
    }
  }

  /** Read at first use and kept. */
  private static final class Bundled {
    static final DataElements ELEMENTS = read();

    private static DataElements read() {
      try (InputStream in = DataElements.class.getResourceAsStream(FOLDER + FILE)) {
        if (in == null) {
          throw new IllegalStateException(FILE + ": not found on the classpath");
        }
        return new DataElements(SchemaNode.read(FILE, in));
      } catch (IOException e) {
        throw new IllegalStateException(FILE + ": cannot be read", e);
      }
    }
  }

  private void collect(SchemaNode node) {
    for (SchemaNode child : node.children()) {
      if (child.name().equals("xs:element")) {
        types.put(child.need("name"), SchemaNode.local(child.need("type")));
      } else if (child.name().equals("xs:sequence")) {
        collect(child);
      }
    }
  }

  /**
   * The number of an element, or of a component of it.
   *
   * @param element its designator, such as {@code CLM05}
   * @param component from 1, or 0 for the element itself
   * @return null when it is not known; composites have none
   */
  static @Nullable String number(String element, int component) {
    Map<String, String> known = Bundled.ELEMENTS.types;
    String type = known.get(element);
    if (type != null && component > 0 && known.containsKey(type + "-" + component)) {
      type = known.get(type + "-" + component);
    }
    Matcher number = type == null ? null : NUMBERED.matcher(type);
    return number != null && number.matches() ? number.group(1) : null;
  }
}
