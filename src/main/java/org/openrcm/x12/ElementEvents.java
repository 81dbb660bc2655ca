package org.openrcm.x12;

/**
 * X12 as nested elements: loops hold segments, segments hold elements, composites hold components.
 * Names are those of the mapping; empty elements give no event.
 */
public interface ElementEvents {

  void start(String name);

  /** The text of a simple element, whole. */
  void text(String text);

  void end(String name);

  /** A segment that the mapping has no place for, as it was sent. */
  void unmapped(String raw);

  /** The file is over. */
  void finish();
}
