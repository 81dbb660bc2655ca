package org.openrcm.x12;

import org.jspecify.annotations.Nullable;

/**
 * Where in a file something stands; made of control numbers and positions, never of data.
 *
 * @param file the file's name as the user gave it
 * @param transactionSet {@code ISA13/GS06/ST02}, as far as known
 * @param segmentNumber counted from ST = 1 within a transaction set, from 1 in the file outside
 * @param segment the tag, such as {@code CLP}
 * @param loop the loop's id, such as {@code 2100}
 * @param element the element's reference designator, such as {@code SVC01-2}
 * @param byteOffset of the segment's first byte in the (decompressed) file, -1 when not known
 */
public record Place(
    String file,
    @Nullable String transactionSet,
    long segmentNumber,
    @Nullable String segment,
    @Nullable String loop,
    @Nullable String element,
    long byteOffset) {

  /** The same place, narrowed to one element. */
  public Place at(@Nullable String elementDesignator) {
    return new Place(
        file, transactionSet, segmentNumber, segment, loop, elementDesignator, byteOffset);
  }

  /**
   * One line, such as {@code remit.835 set 905/1/112233 segment 14 CLP loop 2100 CLP03 byte 812}.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(file);
    if (transactionSet != null) {
      out.append(" set ").append(transactionSet);
    }
    if (segmentNumber > 0) {
      out.append(" segment ").append(segmentNumber);
    }
    append(out, " ", segment);
    append(out, " loop ", loop);
    append(out, " ", element);
    if (byteOffset >= 0) {
      out.append(" byte ").append(byteOffset);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String label, @Nullable String value) {
    if (value != null) {
      out.append(label).append(value);
    }
  }
}
