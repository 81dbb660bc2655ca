package org.openrcm.x12;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into segments and elements by the delimiters of each ISA. Knows nothing of
 * what the segments mean. Holds one segment and a buffer in memory, whatever the stream's length.
 */
final class SegmentReader {
  /** Longest segment that is held in memory. */
  static final int LONGEST = 1 << 20;

  private static final int BUFFER = 1 << 16;
  private static final int ISA_SEPARATORS = 16;
  private static final int ISA_BYTES = 106;

  /** ISA11, which a terminator of the interchange before may cut, ends here. */
  private static final int SHORTEST_BROKEN = 82;

  /** Where the element separators of an ISA of fixed width stand. */
  private static final int[] ISA_SHAPE = {
    3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103
  };

  private static final int LONGEST_ISA = 300;
  private static final String REPETITION_SINCE = "00402";

  /** Bytes behind the limit that may be read, so that the last word needs no care. */
  private static final int SLACK = Long.BYTES;

  private long separatorWord;
  private long terminatorWord;
  private final InputStream in;
  private final Segment segment;
  private byte[] buffer = new byte[BUFFER + SLACK];
  private int position;
  private int limit;
  private long bufferOffset;
  private boolean ended;
  private boolean started;

  /** What {@link #next} came upon. */
  enum Found {
    SEGMENT,
    /** An ISA; the delimiters are new. */
    ISA,
    /** An ISA that can be read but is not 106 bytes long; the delimiters are new. */
    ODD_ISA,
    /** Bytes that no interchange holds; they were passed over. */
    JUNK,
    /** A segment longer than {@link #LONGEST}; its bytes were passed over. */
    TOO_LONG,
    /** A last segment without a terminator. */
    CUT_OFF,
    /** A segment in the middle of which another interchange starts: its end is lost. */
    BROKEN_OFF,
    END
  }

  SegmentReader(InputStream in, Segment segment) {
    this.in = in;
    this.segment = segment;
  }

  /** Reads on, outside an interchange: finds the next ISA. */
  Found nextInterchange() throws IOException {
    skipBlanks();
    if (!started) {
      started = true;
      skipByteOrderMark();
    }
    long from = bufferOffset + position;
    boolean junk = false;
    while (ensure(4)) {
      if (isIsa(position)) {
        if (junk) {
          return passedOver(from);
        }
        Found isa = isa();
        if (isa != Found.JUNK) {
          return isa;
        }
      }
      junk = true;
      position++;
    }
    if (limit > position) {
      junk = true;
      position = limit;
    }
    return junk ? passedOver(from) : Found.END;
  }

  private Found passedOver(long from) {
    segment.start = position;
    segment.end = position;
    segment.bytes = buffer;
    segment.byteOffset = from;
    segment.separators[0] = position;
    segment.count = 0;
    segment.tag = 0;
    return Found.JUNK;
  }

  /** Reads the next segment of an interchange. */
  Found next() throws IOException {
    skipBlanks();
    if (position == limit && !fill(position)) {
      return Found.END;
    }
    if (ensure(4) && isIsa(position)) {
      Found isa = isa();
      if (isa != Found.JUNK) {
        return isa;
      }
    }
    byte terminator = segment.delimiters.terminator();
    int at = position;
    int found = 0;
    long or = 0;
    while (true) {
      byte[] bytes = buffer;
      int to = limit;
      int[] separators = segment.separators;
      for (; at < to; at += Long.BYTES) {
        long word = Words.at(bytes, at);
        long marked = Words.equal(word, separatorWord) | Words.equal(word, terminatorWord);
        if (to - at < Long.BYTES) {
          word = Words.padded(word, to - at);
          marked &= Words.first(to - at);
        }
        or |= Words.flagged(word);
        for (; marked != 0; marked &= marked - 1) {
          int here = at + Long.numberOfTrailingZeros(marked) / Byte.SIZE;
          if (bytes[here] != terminator) {
            if (found + 1 == separators.length) {
              separators = segment.growSeparators();
            }
            separators[found++] = here;
          } else if (here - position >= SHORTEST_BROKEN && breaksOff(here)) {
            return Found.BROKEN_OFF;
          } else {
            deliver(here, found, or);
            position = here + 1;
            return Found.SEGMENT;
          }
        }
      }
      at = to;
      if (at - position >= LONGEST) {
        return breaksOff(at) ? Found.BROKEN_OFF : skipTooLong();
      }
      int before = position;
      boolean more = fill(position);
      int moved = before - position;
      at -= moved;
      for (int i = 0; i < found && moved != 0; i++) {
        segment.separators[i] -= moved;
      }
      if (!more) {
        if (breaksOff(at)) {
          return Found.BROKEN_OFF;
        }
        deliver(trimmedEnd(at), found, or);
        position = limit;
        return Found.CUT_OFF;
      }
    }
  }

  private void deliver(int end, int found, long or) {
    segment.bytes = buffer;
    segment.start = position;
    segment.end = end;
    segment.byteOffset = bufferOffset + position;
    segment.endAt(found, or);
  }

  private int trimmedEnd(int end) {
    int trimmed = end;
    while (trimmed > position && isBlank(buffer[trimmed - 1])) {
      trimmed--;
    }
    return trimmed;
  }

  /** Ends the segment where another interchange starts inside it, if one does. */
  private boolean breaksOff(int end) throws IOException {
    int isa = innerIsa(end - position);
    if (isa < 0) {
      return false;
    }
    int broken = position + isa;
    deliver(trimmedEnd(broken), 0, 0);
    segment.split();
    position = broken;
    return true;
  }

  /** Where in that many bytes behind the position an ISA of fixed width starts, or -1. */
  private int innerIsa(int bytes) throws IOException {
    int i = indexOf((byte) 'I', position + 1, position + bytes) - position;
    while (i + 4 <= bytes) {
      if (isIsa(position + i) && hasIsaShape(position + i)) {
        return i;
      }
      i = indexOf((byte) 'I', position + i + 1, position + bytes) - position;
    }
    return -1;
  }

  /** Where the first such byte of {@code [from, to)} stands, or {@code to}. */
  private int indexOf(byte wanted, int from, int to) {
    long word = Words.repeated(wanted);
    for (int at = from; at < to; at += Long.BYTES) {
      long marked = Words.equal(Words.at(buffer, at), word);
      if (marked != 0) {
        return Math.min(to, at + Long.numberOfTrailingZeros(marked) / Byte.SIZE);
      }
    }
    return to;
  }

  private boolean hasIsaShape(int at) throws IOException {
    while (limit - at < ISA_BYTES) {
      if (!fill(0)) {
        return false;
      }
    }
    byte separator = buffer[at + 3];
    for (int offset : ISA_SHAPE) {
      if (buffer[at + offset] != separator) {
        return false;
      }
    }
    byte component = buffer[at + ISA_BYTES - 2];
    return new Delimiters(separator, (byte) 0, component, buffer[at + ISA_BYTES - 1]).areUsable();
  }

  private Found skipTooLong() throws IOException {
    byte terminator = segment.delimiters.terminator();
    segment.bytes = Arrays.copyOfRange(buffer, position, position + 4);
    segment.start = 0;
    segment.end = 4;
    segment.byteOffset = bufferOffset + position;
    segment.split();
    position = limit - ISA_BYTES;
    while (fill(position)) {
      int end = indexOf(terminator, position, limit);
      int bytes = end - position;
      boolean terminated = end < limit;
      int isa = innerIsa(bytes);
      if (isa >= 0 || terminated) {
        position += isa >= 0 ? isa : bytes + 1;
        return Found.TOO_LONG;
      }
      position = Math.max(position, limit - ISA_BYTES);
    }
    position = limit;
    return Found.TOO_LONG;
  }

  private boolean isIsa(int at) {
    return buffer[at] == 'I'
        && buffer[at + 1] == 'S'
        && buffer[at + 2] == 'A'
        && !Character.isLetterOrDigit(buffer[at + 3] & 0xff);
  }

  /** Reads the ISA at the position, or answers JUNK and stays when it is none. */
  private Found isa() throws IOException {
    ensure(LONGEST_ISA);
    byte separator = buffer[position + 3];
    int found = 0;
    int or = 0;
    int at = position;
    int stop = Math.min(limit, position + LONGEST_ISA);
    for (; at < stop && found < ISA_SEPARATORS; at++) {
      or |= Words.flagged(buffer[at]);
      if (buffer[at] == separator) {
        segment.mark(found++, at);
      }
    }
    // ISA16 is one byte, the terminator the one after it
    if (found < ISA_SEPARATORS || at + 1 >= limit) {
      return Found.JUNK;
    }
    or |= Words.flagged(buffer[at]);
    Delimiters delimiters =
        new Delimiters(separator, repetition(segment.separators), buffer[at], buffer[at + 1]);
    if (!delimiters.areUsable()) {
      return Found.JUNK;
    }
    segment.delimiters = delimiters;
    separatorWord = Words.repeated(separator);
    terminatorWord = Words.repeated(delimiters.terminator());
    deliver(at + 1, found, or);
    position = at + 2;
    return segment.end - segment.start == ISA_BYTES - 1 ? Found.ISA : Found.ODD_ISA;
  }

  /** ISA11, where the version (ISA12) has it and it is not the letter of the older meaning. */
  private byte repetition(int[] separators) {
    int from = separators[11] + 1;
    String version = new String(buffer, from, separators[12] - from, StandardCharsets.ISO_8859_1);
    boolean one = separators[11] - separators[10] == 2;
    byte found = buffer[separators[10] + 1];
    return one
            && version.compareTo(REPETITION_SINCE) >= 0
            && !Character.isLetterOrDigit(found & 0xff)
        ? found
        : 0;
  }

  private void skipBlanks() throws IOException {
    while (true) {
      while (position < limit) {
        if (!isBlank(buffer[position])) {
          return;
        }
        position++;
      }
      if (!fill(position)) {
        return;
      }
    }
  }

  private static boolean isBlank(byte b) {
    return b == '\n' || b == '\r' || b == ' ' || b == '\t' || b == 0x0b || b == 0x0c;
  }

  private void skipByteOrderMark() throws IOException {
    if (ensure(3)
        && buffer[position] == (byte) 0xef
        && buffer[position + 1] == (byte) 0xbb
        && buffer[position + 2] == (byte) 0xbf) {
      position += 3;
      skipBlanks();
    }
  }

  /** Whether so many bytes stand at the position, after reading on if need be. */
  private boolean ensure(int bytes) throws IOException {
    while (limit - position < bytes) {
      if (!fill(position)) {
        return false;
      }
    }
    return true;
  }

  /** Reads more, keeping the bytes from {@code keep} on; they move to the front if need be. */
  private boolean fill(int keep) throws IOException {
    if (ended) {
      return false;
    }
    int room = buffer.length - SLACK;
    if (keep > 0 && room - limit < room / 2) {
      System.arraycopy(buffer, keep, buffer, 0, limit - keep);
      bufferOffset += keep;
      position -= keep;
      limit -= keep;
    }
    if (limit == room) {
      room *= 2;
      buffer = Arrays.copyOf(buffer, room + SLACK);
    }
    int read = in.read(buffer, limit, room - limit);
    if (read < 0) {
      ended = true;
      return false;
    }
    limit += read;
    return true;
  }
}
