package org.openrcm.intake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Delimiters;

/**
 * Cuts bytes into segments as the reader of {@code x12} does, but keeps them as they stand and asks
 * nothing of them: for showing a file, whatever is wrong with it.
 */
final class RawSegments {
  /** As much of a segment as is shown, in bytes. */
  static final int SHOWN = 4_096;

  private static final int BUFFER = 1 << 16;
  private static final int ISA_SEPARATORS = 16;
  private static final int LONGEST_ISA = 300;
  private static final int BEGINNING = 4;

  private final BufferedInputStream in;
  private long offset;
  private long numberInFile;
  private long numberInSet;
  private @Nullable String transactionSet;
  private @Nullable Delimiters delimiters;
  private String interchange = "";
  private String group = "";

  /** Begins at {@code mark}, where {@code in} stands. */
  RawSegments(InputStream in, Mark mark) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.offset = mark.byteOffset();
    this.numberInFile = mark.numberInFile();
    this.numberInSet = mark.numberInSet();
    this.transactionSet = mark.transactionSet();
    this.delimiters = mark.delimiters();
    if (transactionSet != null) {
      String[] controls = transactionSet.split("/", -1);
      interchange = controls[0];
      group = controls.length > 1 ? controls[1] : "";
    }
  }

  /** The next segment; null at the end, or when no interchange starts at all. */
  @Nullable RawSegment next() throws IOException {
    RawSegment isa = isa();
    if (isa != null) {
      return isa;
    }
    Delimiters current = delimiters;
    while (current == null) {
      if (read() < 0) {
        return null;
      }
      isa = isa();
      if (isa != null) {
        return isa;
      }
    }
    int terminator = current.terminator() & 0xff;
    long start = offset;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int read = read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != terminator) {
      if (text.size() < SHOWN) {
        text.write(read);
      }
      read = read();
    }
    long length = offset - start - (read < 0 ? 0 : 1);
    return placed(start, length, decode(text.toByteArray()), current);
  }

  private int read() throws IOException {
    int read = in.read();
    offset += read < 0 ? 0 : 1;
    return read;
  }

  /** Passes over blanks, and reads an ISA if one starts there. */
  private @Nullable RawSegment isa() throws IOException {
    while (true) {
      in.mark(1);
      int read = in.read();
      if (read < 0 || !isBlank(read)) {
        in.reset();
        break;
      }
      offset++;
    }
    in.mark(LONGEST_ISA);
    byte[] bytes = in.readNBytes(LONGEST_ISA);
    in.reset();
    int end = isaEnd(bytes);
    if (end < 0) {
      return null;
    }
    byte separator = bytes[BEGINNING - 1];
    delimiters = new Delimiters(separator, (byte) 0, bytes[end - 1], bytes[end]);
    long start = offset;
    in.skipNBytes(end + 1L);
    offset += end + 1L;
    String text = decode(Arrays.copyOf(bytes, end));
    return placed(start, end, text, delimiters);
  }

  /** Where the terminator of the ISA that these bytes start with stands, or -1. */
  private static int isaEnd(byte[] bytes) {
    if (bytes.length < BEGINNING
        || bytes[0] != 'I'
        || bytes[1] != 'S'
        || bytes[2] != 'A'
        || Character.isLetterOrDigit(bytes[BEGINNING - 1] & 0xff)) {
      return -1;
    }
    byte separator = bytes[BEGINNING - 1];
    int found = 0;
    for (int at = BEGINNING - 1; at < bytes.length; at++) {
      if (bytes[at] == separator) {
        found++;
      }
      if (found == ISA_SEPARATORS) {
        return at + 2 < bytes.length ? at + 2 : -1;
      }
    }
    return -1;
  }

  private static boolean isBlank(int b) {
    return b == '\n' || b == '\r' || b == ' ' || b == '\t' || b == 0x0b || b == 0x0c;
  }

  private RawSegment placed(long start, long length, String text, Delimiters current) {
    String[] elements = text.split(Pattern.quote(separator(current)), -1);
    switch (elements[0]) {
      case "ISA" -> interchange = element(elements, 13);
      case "GS" -> group = element(elements, 6);
      case "ST" -> {
        transactionSet = interchange + "/" + group + "/" + element(elements, 2);
        numberInSet = 1;
      }
      default -> {}
    }
    if (isEnvelope(elements[0])) {
      transactionSet = null;
      numberInSet = 0;
    }
    RawSegment segment =
        new RawSegment(start, length, numberInFile, numberInSet, transactionSet, text, current);
    numberInFile++;
    numberInSet += numberInSet > 0 ? 1 : 0;
    if (elements[0].equals("SE")) {
      transactionSet = null;
      numberInSet = 0;
    }
    return segment;
  }

  private static boolean isEnvelope(String tag) {
    return tag.equals("ISA") || tag.equals("GS") || tag.equals("GE") || tag.equals("IEA");
  }

  private static String separator(Delimiters delimiters) {
    return String.valueOf((char) (delimiters.element() & 0xff));
  }

  private static String element(String[] elements, int number) {
    return number < elements.length ? elements[number] : "";
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
