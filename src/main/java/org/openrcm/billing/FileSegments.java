package org.openrcm.billing;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Finds segments as they stand in received files: what a figure comes from, word by word. Here,
 * because who shows figures need not know how files are kept ({@code intake} has the bytes).
 */
@FunctionalInterface
public interface FileSegments {

  /** The segments by their numbers; without those that cannot be read. Leaves no record. */
  Map<Long, SegmentText> find(Wanted wanted);

  /**
   * Which segments.
   *
   * @param file id of the received file
   * @param byteOffset a place in the transaction set, or before it
   * @param transactionSet ISA13/GS06/ST02
   * @param numbers in the transaction set, ST being 1
   */
  record Wanted(UUID file, long byteOffset, String transactionSet, Set<Long> numbers) {}
}
