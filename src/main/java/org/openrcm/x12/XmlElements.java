package org.openrcm.x12;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes {@link ElementEvents} as XML, UTF-8, a line for each segment. */
public final class XmlElements implements ElementEvents {
  private final XMLStreamWriter xml;
  private final Deque<String> open = new ArrayDeque<>();

  /** How many elements are open inside a segment. */
  private int inSegment;

  public XmlElements(OutputStream out) {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written here", e);
    }
  }

  /** What the JDK's writer may throw. */
  private interface Writing {
    void run() throws XMLStreamException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written further", e);
    }
  }

  @Override
  public void start(String name) {
    write(
        () -> {
          if (isLine(name)) {
            xml.writeCharacters("\n");
          } else if (!open.isEmpty()) {
            inSegment++;
          }
          xml.writeStartElement(name);
        });
    open.push(name);
  }

  /** Loops and segments start a line; elements (CLP01) and components (C003-1) do not. */
  private boolean isLine(String name) {
    String outer = open.peek();
    if (outer == null || inSegment > 0) {
      return false;
    }
    int dash = outer.indexOf('-');
    String tag = dash < 0 ? outer : outer.substring(0, dash);
    return !(name.length() == tag.length() + 2
        && name.startsWith(tag)
        && Character.isDigit(name.charAt(tag.length())));
  }

  @Override
  public void text(String text) {
    write(() -> xml.writeCharacters(printable(text)));
  }

  /** Control characters have no place in XML 1.0; each becomes the replacement character. */
  private static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' && "\t\n\r".indexOf(text.charAt(i)) < 0) {
        return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "\ufffd");
      }
    }
    return text;
  }

  @Override
  public void end(String name) {
    open.pop();
    inSegment = Math.max(0, inSegment - 1);
    write(xml::writeEndElement);
  }

  @Override
  public void unmapped(String raw) {
    write(
        () -> {
          xml.writeCharacters("\n");
          xml.writeStartElement("Unmapped");
          xml.writeCharacters(printable(raw));
          xml.writeEndElement();
        });
  }

  @Override
  public void finish() {
    write(
        () -> {
          xml.writeEndDocument();
          xml.flush();
        });
  }
}
