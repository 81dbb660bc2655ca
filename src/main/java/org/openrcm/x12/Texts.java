package org.openrcm.x12;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as characters. What is not ASCII is read as UTF-8 where it is valid UTF-8, as ISO 8859-1
 * otherwise; character 0, for which neither FHIR's texts nor PostgreSQL's have a place, as its
 * symbol.
 */
final class Texts {
  private static final int SHARED_BITS = 12;
  private static final char SYMBOL_FOR_NULL = '\u2400';

  private final @Nullable String[] shared = new @Nullable String[1 << SHARED_BITS];
  private final long[] sharedWords = new long[1 << SHARED_BITS];

  /** The text of one or more bytes that are {@link Words#isPlain plain}. */
  String plain(byte[] bytes, int from, int length) {
    return length <= Long.BYTES ? shared(bytes, from, length) : latin(bytes, from, length);
  }

  /** Codes and short amounts come again and again: one String for each serves. */
  private String shared(byte[] bytes, int from, int length) {
    long word = Words.at(bytes, from, length);
    int index = Words.place(word, SHARED_BITS);
    String known = shared[index];
    if (sharedWords[index] == word && known != null) {
      return known;
    }
    String made = latin(bytes, from, length);
    sharedWords[index] = word;
    shared[index] = made;
    return made;
  }

  /** The text of any bytes. */
  static String decoded(byte[] bytes, int from, int length) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, length))
              .toString();
    } catch (CharacterCodingException notUtf8) {
      text = latin(bytes, from, length);
    }
    return text.replace('\0', SYMBOL_FOR_NULL);
  }

  private static String latin(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }
}
