package org.openrcm.intake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Delimiters;

/**
 * A segment as it stands in the file, to be shown.
 *
 * @param byteOffset of its first byte in the decompressed file
 * @param length in bytes, without the terminator
 * @param numberInFile counted from the file's start
 * @param numberInSet counted from ST = 1; 0 outside a transaction set
 * @param transactionSet ISA13/GS06/ST02; null outside
 * @param text as much of it as is shown
 */
record RawSegment(
    long byteOffset,
    long length,
    long numberInFile,
    long numberInSet,
    @Nullable String transactionSet,
    String text,
    Delimiters delimiters) {

  /**
   * An element, or the tag, of a segment.
   *
   * @param designator such as {@code CLP03}; the tag's is the tag
   * @param separator that stands before it; empty before the tag
   */
  record Element(String designator, String separator, String text) {}

  /** The number that findings have: in the set, or outside of any in the file. */
  public long number() {
    return numberInSet > 0 ? numberInSet : numberInFile;
  }

  long end() {
    return byteOffset + length;
  }

  /** Whether not all of its text is here. */
  public boolean isShortened() {
    return text.length() < length && length > RawSegments.SHOWN;
  }

  public List<Element> elements() {
    String separator = String.valueOf((char) (delimiters.element() & 0xff));
    List<Element> elements = new ArrayList<>();
    String tag = "";
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf(separator, from);
      end = end < 0 ? text.length() : end;
      String part = text.substring(from, end);
      if (elements.isEmpty()) {
        tag = part;
        elements.add(new Element(tag, "", part));
      } else {
        String designator = String.format("%s%02d", tag, elements.size());
        elements.add(new Element(designator, separator, part));
      }
      from = end + 1;
    }
    return elements;
  }
}
