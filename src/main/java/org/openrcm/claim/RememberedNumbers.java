package org.openrcm.claim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The claim numbers of a submission, as 64-bit hashes: memory for a million of them is bounded, and
 * what comes after is not remembered. Two numbers in a million million million share a hash.
 */
final class RememberedNumbers {
  private static final int MOST = 1 << 20;
  private static final int LEAST = 1 << 8;

  private long[] hashes = new long[LEAST];
  private int size;

  /** Remembers a number and frequency; false when they were there before. */
  boolean add(String number, @Nullable String frequency) {
    long hash = hash(number, frequency);
    int mask = hashes.length - 1;
    int at = (int) hash & mask;
    while (hashes[at] != 0) {
      if (hashes[at] == hash) {
        return false;
      }
      at = at + 1 & mask;
    }
    if (size < MOST) {
      hashes[at] = hash;
      size++;
      if (size * 2 > hashes.length) {
        grow();
      }
    }
    return true;
  }

  void clear() {
    if (hashes.length > LEAST) {
      hashes = new long[LEAST];
    } else if (size > 0) {
      Arrays.fill(hashes, 0);
    }
    size = 0;
  }

  private void grow() {
    long[] old = hashes;
    long[] grown = new long[old.length * 2];
    int mask = grown.length - 1;
    for (long hash : old) {
      if (hash != 0) {
        int at = (int) hash & mask;
        while (grown[at] != 0) {
          at = at + 1 & mask;
        }
        grown[at] = hash;
      }
    }
    hashes = grown;
  }

  private static long hash(String number, @Nullable String frequency) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < number.length(); i++) {
      hash = (hash ^ number.charAt(i)) * 0x100000001b3L;
    }
    String rest = frequency == null ? "" : frequency;
    hash = (hash ^ '/') * 0x100000001b3L;
    for (int i = 0; i < rest.length(); i++) {
      hash = (hash ^ rest.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
