package org.openrcm.x12;

import java.io.IOException;

/** Reads X12 by the mappings; both engines give the same segments in the same places. */
public sealed interface Engine permits StreamingEngine, SmooksEngine {

  /**
   * Reads a whole file.
   *
   * @param file read once, from its start
   * @param handler gets each segment
   * @param findings gets what is not as it should be, in the order of the file
   * @throws IOException when the file cannot be opened
   * @throws MappingException when a mapping cannot be used
   */
  void read(X12File file, SegmentHandler handler, FindingSink findings) throws IOException;
}
