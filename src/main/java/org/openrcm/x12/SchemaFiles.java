package org.openrcm.x12;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Schema files with those that they include, and the types that they name. */
final class SchemaFiles {
  private final Function<String, SchemaNode> files;
  private final Map<String, SchemaNode> read = new LinkedHashMap<>();
  private final Map<String, SchemaNode> types = new HashMap<>();

  /** Gets files by name from {@code files}. */
  SchemaFiles(Function<String, SchemaNode> files) {
    this.files = files;
  }

  /** Those that were read, in order. */
  Set<String> read() {
    return read.keySet();
  }

  /** The file of this name; its types, and those of what it includes, are known from then on. */
  SchemaNode load(String file) {
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

  /** The type of this name in all files that were read, or null. */
  @Nullable SchemaNode type(String name) {
    return types.get(name);
  }

  /**
   * The type of this name, which must be there.
   *
   * @param user what refers to it
   * @param kind {@code xs:complexType} or {@code xs:simpleType}
   */
  SchemaNode type(String name, SchemaNode user, String kind) {
    SchemaNode type = types.get(name);
    if (type == null || !type.name().equals(kind)) {
      throw user.refused("refers to " + name + ", which is no " + kind);
    }
    return type;
  }
}
