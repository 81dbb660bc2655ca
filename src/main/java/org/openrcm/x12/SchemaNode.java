package org.openrcm.x12;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of a schema file with the line it starts on, for messages that name it.
 *
 * @param name with the usual prefix of its namespace, such as {@code xs:element}
 * @param attributes those of the DFDL namespace as {@code dfdl:name}
 */
record SchemaNode(
    String file,
    int line,
    String name,
    Map<String, String> attributes,
    List<SchemaNode> children,
    StringBuilder text) {

  static final String USAGE = "x12:usage";

  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final Map<String, String> PREFIXES =
      Map.of(
          "http://www.w3.org/2001/XMLSchema", "xs:",
          "http://www.ogf.org/dfdl/dfdl-1.0/", "dfdl:",
          "http://openrcm.org/x12", "x12:");

  /** Reads a whole schema file; document types and outside entities are refused. */
  static SchemaNode read(String file, InputStream in) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (in) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      int event = xml.next();
      while (event != XMLStreamConstants.START_ELEMENT) {
        if (event == XMLStreamConstants.DTD) {
          int line = xml.getLocation().getLineNumber();
          throw new MappingException(file + ":" + line + ": a document type is refused");
        }
        event = xml.next();
      }
      return element(file, xml);
    } catch (XMLStreamException e) {
      throw new MappingException(
          file + ":" + e.getLocation().getLineNumber() + ": not well-formed XML", e);
    } catch (IOException e) {
      throw new MappingException(file + ": cannot be read", e);
    }
  }

  private static SchemaNode element(String file, XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String prefix = prefix(xml.getAttributeNamespace(i));
      attributes.put(prefix + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
    }
    SchemaNode node =
        new SchemaNode(
            file,
            xml.getLocation().getLineNumber(),
            prefix(xml.getNamespaceURI()) + xml.getLocalName(),
            attributes,
            new ArrayList<>(),
            new StringBuilder());
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        node.children.add(element(file, xml));
      } else if (event == XMLStreamConstants.CHARACTERS) {
        node.text.append(xml.getText());
      }
    }
    return node;
  }

  private static String prefix(@Nullable String namespace) {
    return namespace == null || namespace.isEmpty()
        ? ""
        : PREFIXES.getOrDefault(namespace, "{" + namespace + "}");
  }

  @Nullable String get(String attribute) {
    return attributes.get(attribute);
  }

  String need(String attribute) {
    String value = attributes.get(attribute);
    if (value == null) {
      throw refused("needs the attribute " + attribute);
    }
    return value;
  }

  /** The name of something referred to, without its prefix. */
  static String local(String qualified) {
    return qualified.substring(qualified.indexOf(':') + 1);
  }

  /** Children but for annotations, each of which must be one of the names given. */
  List<SchemaNode> only(String... names) {
    List<String> allowed = List.of(names);
    List<SchemaNode> found = new ArrayList<>();
    for (SchemaNode child : children) {
      if (child.name.equals("xs:annotation")) {
        continue;
      }
      if (!allowed.contains(child.name)) {
        throw child.refused("is not understood inside " + name);
      }
      found.add(child);
    }
    return found;
  }

  /** The one child (but for annotations) of this name. */
  SchemaNode single(String childName) {
    List<SchemaNode> found = only(childName);
    if (found.size() != 1) {
      throw refused("needs exactly one " + childName);
    }
    return found.get(0);
  }

  /** Refuses attributes other than those named. */
  void allow(String... names) {
    List<String> allowed = List.of(names);
    for (String attribute : attributes.keySet()) {
      if (!allowed.contains(attribute)) {
        throw refused("has the attribute " + attribute + ", which is not understood");
      }
    }
  }

  /** The words of an attribute. */
  List<String> names(String attribute) {
    String names = get(attribute);
    return names == null ? List.of() : List.of(names.strip().split("\\s+"));
  }

  /** Refuses it unless it refers to this format of DFDL. */
  void needFormat(String format) {
    if (!format.equals(get("dfdl:ref"))) {
      throw refused("must have dfdl:ref=\"" + format + "\" here");
    }
  }

  /** What the guide requires, {@code x12:usage="required"}, DFDL may let pass (minOccurs 0). */
  int least() {
    String usage = get(USAGE);
    if (usage != null && !usage.equals("required")) {
      throw refused("has a usage that is not understood: " + usage);
    }
    return usage == null ? occurs("minOccurs") : 1;
  }

  /** {@code minOccurs} or {@code maxOccurs}, 1 where it is not said. */
  int occurs(String attribute) {
    String value = get(attribute);
    if (value == null) {
      return 1;
    }
    return value.equals("unbounded") ? UNBOUNDED : number(value);
  }

  /** A value of this element as a number. */
  int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw refused("has a number that is none: " + value);
    }
  }

  MappingException refused(String why) {
    return new MappingException(file + ":" + line + ": " + name + " " + why);
  }
}
