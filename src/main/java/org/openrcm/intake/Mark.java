package org.openrcm.intake;

import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Delimiters;
import org.openrcm.x12.Segment;

/**
 * A place where showing segments can begin, with what a reader knows there.
 *
 * @param byteOffset of a segment's first byte in the decompressed file
 * @param numberInFile the segment's number, counted from the file's start
 * @param numberInSet counted from ST = 1; 0 outside a transaction set
 * @param transactionSet ISA13/GS06/ST02; null outside
 * @param delimiters null before the first ISA
 */
record Mark(
    long byteOffset,
    long numberInFile,
    long numberInSet,
    @Nullable String transactionSet,
    @Nullable Delimiters delimiters) {

  /** Where every file begins. */
  static final Mark START = new Mark(0, 1, 0, null, null);

  static Mark at(Segment segment) {
    String set = segment.transactionSet();
    return new Mark(
        segment.byteOffset(),
        segment.numberInFile(),
        set == null ? 0 : segment.number(),
        set,
        segment.delimiters());
  }
}
