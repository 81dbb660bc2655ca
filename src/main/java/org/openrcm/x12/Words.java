package org.openrcm.x12;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes taken eight at a time, as one number whose lowest byte is the first: short texts compare
 * and hash in a step or two, and delimiters are found without looking at each byte.
 */
final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = ~LOW_BITS;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Words() {}

  /** The eight bytes from {@code at}, all of which the array must have. */
  static long at(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** One to eight bytes; the rest of the number is zero. */
  static long at(byte[] bytes, int from, int length) {
    if (from + Long.BYTES <= bytes.length) {
      return at(bytes, from) & first(length);
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = word << Byte.SIZE | (bytes[from + i] & 0xff);
    }
    return word;
  }

  /**
   * A text of one to eight bytes as a word by which it can be told from any other; 0 for texts that
   * are empty, longer, or end in NUL.
   */
  static long key(byte[] bytes, int from, int to) {
    int length = to - from;
    return length <= 0 || length > Long.BYTES || bytes[to - 1] == 0 ? 0 : at(bytes, from, length);
  }

  /** The same for ASCII text of up to eight characters. */
  static long of(String text) {
    if (text.length() > Long.BYTES) {
      throw new IllegalArgumentException("longer than a word");
    }
    long word = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      word = word << Byte.SIZE | text.charAt(i);
    }
    return word;
  }

  /** All bits of the first one to eight bytes. */
  static long first(int length) {
    return -1L >>> (Long.SIZE - Byte.SIZE * length);
  }

  /** A word of the same byte eight times. */
  static long repeated(byte b) {
    return (b & 0xff) * EACH;
  }

  /** The high bit of each byte of {@code word} that is the byte repeated in {@code wanted}. */
  static long equal(long word, long wanted) {
    long differing = word ^ wanted;
    return ~(((differing & LOW_BITS) + LOW_BITS) | differing | LOW_BITS);
  }

  /**
   * The word, with the high bit of some byte set if one of its bytes is 0. Several of them
   * together, by "or", are what {@link #isPlain} asks for.
   */
  static long flagged(long word) {
    // only a 0 borrows from the byte above it
    return word | (word - EACH);
  }

  /** The same for a single byte. */
  static int flagged(byte b) {
    return b | (b - 1);
  }

  /** Whether all the bytes that were {@link #flagged} are ASCII, and none is 0. */
  static boolean isPlain(long flagged) {
    return (flagged & HIGH_BITS) == 0;
  }

  /** The word, with bytes that flag nothing in the place of all but the first. */
  static long padded(long word, int length) {
    long valid = first(length);
    return (word & valid) | (EACH & ~valid);
  }

  /** Spreads a word over {@code 2^bits} places of a table. */
  static int place(long word, int bits) {
    return (int) ((word * SPREAD) >>> (Long.SIZE - bits));
  }
}
