package org.openrcm.x12;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment in its place: a window on the reader's buffer, valid until the next one is read.
 *
 * <p>Elements are counted from 1 as in the guides ({@code CLP01} is element 1); a missing element
 * is the same as an empty one. Which characters its bytes are, {@link Texts} says.
 */
public final class Segment {
  /** What {@link #scaled} answers for text that is not a number, or not one it can hold. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  // what the engine sets
  byte[] bytes = new byte[0];
  int start;
  int end;
  boolean plain = true;
  Delimiters delimiters = new Delimiters((byte) '*', (byte) '^', (byte) ':', (byte) '~');
  @Nullable Slot slot;
  Loop loop = Loop.NONE;
  boolean opensLoop;
  boolean whole = true;
  long numberInSet;
  long numberInFile;
  long byteOffset = -1;
  String file = "";
  @Nullable String transactionSet;

  /** separators[i] is where element i+1 starts less one; one more entry than elements. */
  int[] separators = new int[40];

  int count;
  private final Texts texts = new Texts();

  /** The tag as {@link Tags} has it; 0 when it is no tag. */
  int tag;

  Segment() {}

  /** The slot of the mapping that this segment fills, or null when the mapping has none for it. */
  public @Nullable Slot slot() {
    return slot;
  }

  /**
   * The slot's key, such as {@code 2100.NM1-QC}, or {@code ""} when the mapping has none: what
   * readers of a transaction set switch on.
   */
  public String key() {
    Slot current = slot;
    return current == null ? "" : current.key();
  }

  /** The loop in which it stands. */
  public Loop loop() {
    return loop;
  }

  /** Whether it is the first segment of a new occurrence of its loop. */
  public boolean opensLoop() {
    return opensLoop;
  }

  /**
   * False when its end is missing, or it was too long to be held: its content is not to be used.
   */
  public boolean isWhole() {
    return whole;
  }

  /** Counted from ST = 1, as SE01 counts; from the start of the file outside transaction sets. */
  public long number() {
    return numberInSet > 0 ? numberInSet : numberInFile;
  }

  public long numberInFile() {
    return numberInFile;
  }

  /** Offset of the tag's first byte in the file, or -1 when the engine does not know. */
  public long byteOffset() {
    return byteOffset;
  }

  /** Bytes from the tag up to, not with, the terminator. */
  public int byteLength() {
    return end - start;
  }

  public Delimiters delimiters() {
    return delimiters;
  }

  /** {@code ISA13/GS06/ST02}, or null outside a transaction set. */
  public @Nullable String transactionSet() {
    return transactionSet;
  }

  public String tag() {
    return textBetween(start, tagEnd());
  }

  /** How many elements were sent, trailing empty ones included. */
  public int elements() {
    return count;
  }

  public boolean isEmpty(int element) {
    return element > count || elementStart(element) == elementEnd(element);
  }

  /** How many bytes the element has. */
  public int length(int element) {
    return element > count ? 0 : elementEnd(element) - elementStart(element);
  }

  public boolean has(int element) {
    return !isEmpty(element);
  }

  /** The element's whole text, or {@code ""}. */
  public String text(int element) {
    return element > count ? "" : textBetween(elementStart(element), elementEnd(element));
  }

  /** Like {@link #text(int)}, but null when empty. */
  public @Nullable String textOrNull(int element) {
    return isEmpty(element) ? null : text(element);
  }

  /** One component of a composite element, counted from 1, or {@code ""}. */
  public String text(int element, int component) {
    if (element > count) {
      return "";
    }
    int from = componentStart(element, component);
    return from < 0 ? "" : textBetween(from, partEnd(from, elementEnd(element)));
  }

  /** All components of an element, empty ones too; none when the element is empty. */
  public List<String> components(int element) {
    if (isEmpty(element)) {
      return List.of();
    }
    int from = elementStart(element);
    int to = elementEnd(element);
    List<String> components = new ArrayList<>(4);
    while (from <= to) {
      int end = partEnd(from, to);
      components.add(textBetween(from, end));
      from = end + 1;
    }
    return components;
  }

  /** Like {@link #text(int, int)}, but null when empty. */
  public @Nullable String textOrNull(int element, int component) {
    String text = text(element, component);
    return text.isEmpty() ? null : text;
  }

  /** Whether the element is exactly this ASCII text; allocates nothing. */
  public boolean is(int element, String text) {
    if (element > count) {
      return text.isEmpty();
    }
    int from = elementStart(element);
    if (elementEnd(element) - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A decimal element as a whole number of {@code 10^-scale}, exact: {@code "-12.5"} at scale 2 is
   * -1250.
   *
   * @return {@link #NOT_A_NUMBER} when it is empty, is not a number, has more decimals than the
   *     scale (other than zeros) or does not fit
   */
  public long scaled(int element, int scale) {
    return element > count
        ? NOT_A_NUMBER
        : Decimals.scaled(bytes, elementStart(element), elementEnd(element), scale);
  }

  /**
   * A day written CCYYMMDD as that number, such as 20260131, or -1 when it is no such number; not
   * checked against the calendar.
   */
  public int day(int element) {
    int from = element > count ? 0 : elementStart(element);
    if (element > count || elementEnd(element) - from != 8) {
      return -1;
    }
    int day = 0;
    for (int at = from; at < from + 8; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      day = day * 10 + digit;
    }
    return day;
  }

  /** The segment's text from tag to last element, with its own delimiters, no terminator. */
  public String raw() {
    return textBetween(start, end);
  }

  /**
   * Where this segment stands. Its bytes may be gone from the buffer: what has no proper tag is
   * named by none.
   */
  public Place place() {
    String known = Tags.text(tag);
    return new Place(file, transactionSet, number(), known, loop.id(), null, byteOffset);
  }

  int tagEnd() {
    return separators[0];
  }

  int elementStart(int element) {
    return separators[element - 1] + 1;
  }

  int elementEnd(int element) {
    return separators[element];
  }

  /** Where a component starts, or -1 when there are fewer. */
  int componentStart(int element, int component) {
    int from = elementStart(element);
    int to = elementEnd(element);
    for (int seen = 1; seen < component; seen++) {
      from = partEnd(from, to) + 1;
      if (from > to) {
        return -1;
      }
    }
    return from;
  }

  /** Where the component that starts at {@code from} ends. */
  int partEnd(int from, int to) {
    int at = from;
    while (at < to && bytes[at] != delimiters.component()) {
      at++;
    }
    return at;
  }

  String textBetween(int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return "";
    }
    return plain ? texts.plain(bytes, from, length) : Texts.decoded(bytes, from, length);
  }

  /** The {@link Words#key} of an element, or of its first component. */
  long qualifier(int element, boolean composite) {
    if (element > count) {
      return 0;
    }
    int from = elementStart(element);
    int to = elementEnd(element);
    return Words.key(bytes, from, composite ? partEnd(from, to) : to);
  }

  /** Cuts {@code bytes[start, end)} into elements. */
  void split() {
    byte separator = delimiters.element();
    int found = 0;
    int or = 0;
    for (int at = start; at < end; at++) {
      byte b = bytes[at];
      or |= Words.flagged(b);
      if (b == separator) {
        mark(found++, at);
      }
    }
    endAt(found, or);
  }

  void mark(int index, int at) {
    if (index + 1 >= separators.length) {
      growSeparators();
    }
    separators[index] = at;
  }

  /** Doubles the room for separators. */
  int[] growSeparators() {
    separators = Arrays.copyOf(separators, separators.length * 2);
    return separators;
  }

  /**
   * Ends the cutting: {@code found} separators were marked; {@code or} is all bytes together,
   * {@link Words#flagged}.
   */
  void endAt(int found, long or) {
    separators[found] = end;
    count = found;
    plain = Words.isPlain(or);
    tag = Tags.of(bytes, start, separators[0]);
  }
}
