package org.openrcm.billing;

import java.util.List;

/**
 * A segment as it was sent.
 *
 * @param number in its transaction set, ST being 1
 * @param byteOffset of its first byte in the decompressed file
 * @param elements the tag first
 */
public record SegmentText(long number, long byteOffset, List<Element> elements) {

  /**
   * An element, or the tag.
   *
   * @param designator such as {@code CLP03}; the tag's is the tag
   * @param separator that stands before it; empty before the tag
   */
  public record Element(String designator, String separator, String text) {}

  /** All of it, without the terminator. */
  public String text() {
    StringBuilder text = new StringBuilder();
    elements.forEach(each -> text.append(each.separator()).append(each.text()));
    return text.toString();
  }
}
