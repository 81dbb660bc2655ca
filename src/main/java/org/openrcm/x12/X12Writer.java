package org.openrcm.x12;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes X12 segment by segment, in memory that does not grow: envelopes with their counts and
 * control numbers, and elements as they are given, without empty ones at the end of a segment.
 *
 * <p>A segment is started by {@link #tag}, gets its elements in order, and ends where the next one
 * starts. Text is UTF-8. Failures to write are {@link UncheckedIOException}s.
 */
public final class X12Writer implements Closeable {
  private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("yyMMdd");
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HHmm");

  /** What writers use unless told otherwise. */
  public static final Delimiters USUAL =
      new Delimiters((byte) '*', (byte) '^', (byte) ':', (byte) '~');

  /**
   * ISA.
   *
   * @param senderQualifier ISA05
   * @param sender ISA06, padded here
   * @param receiverQualifier ISA07
   * @param receiver ISA08, padded here
   * @param at ISA09 and ISA10
   * @param control ISA13, up to nine digits
   * @param acknowledge ISA14: whether a TA1 is asked for
   * @param usage ISA15: {@code P} production, {@code T} test
   */
  public record Interchange(
      String senderQualifier,
      String sender,
      String receiverQualifier,
      String receiver,
      LocalDateTime at,
      long control,
      boolean acknowledge,
      String usage) {}

  private final OutputStream out;
  private final Delimiters delimiters;
  private final StringBuilder segment = new StringBuilder(256);
  private String tag = "";
  private int written;
  private long interchangeControl;
  private long groupControl;
  private String setControl = "";
  private int groups;
  private int sets;
  private int segments;

  /** Writes to {@code out} with the {@link #USUAL} delimiters, a new line after each segment. */
  public X12Writer(OutputStream out) {
    this(out, USUAL);
  }

  public X12Writer(OutputStream out, Delimiters delimiters) {
    this.out = out;
    this.delimiters = delimiters;
  }

  /** ISA. */
  public void beginInterchange(Interchange interchange) {
    interchangeControl = interchange.control();
    groups = 0;
    tag("ISA");
    padded("00", 2).padded("", 10).padded("00", 2).padded("", 10);
    padded(interchange.senderQualifier(), 2).padded(interchange.sender(), 15);
    padded(interchange.receiverQualifier(), 2).padded(interchange.receiver(), 15);
    text(SHORT_DAY.format(interchange.at())).text(MINUTE.format(interchange.at()));
    raw(delimiters.repetition()).text("00501");
    text("%09d".formatted(interchange.control()));
    text(interchange.acknowledge() ? "1" : "0").text(interchange.usage());
    raw(delimiters.component());
  }

  /**
   * GS.
   *
   * @param kind GS01: {@code HC} claims, {@code HP} payments, {@code HN} claim status, {@code FA}
   *     acknowledgements
   * @param guide GS08
   */
  public void beginGroup(
      String kind, String sender, String receiver, LocalDateTime at, long control, String guide) {
    groups++;
    groupControl = control;
    sets = 0;
    tag("GS").text(kind).text(sender).text(receiver).text(DAY.format(at));
    text(MINUTE.format(at)).text(Long.toString(control)).text("X").text(guide);
  }

  /**
   * ST.
   *
   * @param set ST01
   * @param guide ST03, null where the guide has none
   */
  public void beginSet(String set, String control, @Nullable String guide) {
    sets++;
    tag("ST").text(set).text(control).text(guide);
    segments = 1;
    setControl = control;
  }

  /** SE with its count. */
  public void endSet() {
    tag("SE").text(Integer.toString(segments)).text(setControl);
  }

  /** GE with its count. */
  public void endGroup() {
    tag("GE").text(Integer.toString(sets)).text(Long.toString(groupControl));
  }

  /** IEA with its count. */
  public void endInterchange() {
    tag("IEA").text(Integer.toString(groups)).text("%09d".formatted(interchangeControl));
    finish();
  }

  /** How many segments of the open set were written, ST included. */
  public int segments() {
    return segments;
  }

  /** Starts a segment. */
  public X12Writer tag(String name) {
    finish();
    tag = name;
    segments++;
    segment.append(name);
    return this;
  }

  /** The next element; null or empty leaves it out. */
  public X12Writer text(@Nullable String value) {
    written++;
    segment.append((char) delimiters.element());
    if (value != null) {
      append(value);
    }
    return this;
  }

  /** Leaves out the next elements. */
  public X12Writer skip(int count) {
    for (int i = 0; i < count; i++) {
      text(null);
    }
    return this;
  }

  /** CCYYMMDD. */
  public X12Writer day(@Nullable LocalDate day) {
    return text(day == null ? null : DAY.format(day));
  }

  /** A composite element; empty components at its end are left out. */
  public X12Writer composite(@Nullable String... components) {
    return joined(Arrays.asList(components), (char) delimiters.component());
  }

  /** A composite element of these components. */
  public X12Writer composite(List<? extends @Nullable String> components) {
    return joined(components, (char) delimiters.component());
  }

  /** An element that repeats. */
  public X12Writer repeated(List<? extends @Nullable String> values) {
    return joined(values, (char) delimiters.repetition());
  }

  private X12Writer joined(List<? extends @Nullable String> values, char separator) {
    text(null);
    int last = values.size();
    while (last > 0 && isEmpty(values.get(last - 1))) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      if (i > 0) {
        segment.append(separator);
      }
      String value = values.get(i);
      if (value != null) {
        append(value);
      }
    }
    return this;
  }

  private static boolean isEmpty(@Nullable String value) {
    return value == null || value.isEmpty();
  }

  /**
   * Segments of a finished file or part of one, as they are: nothing is counted or checked.
   *
   * @param text complete segments in this writer's delimiters
   */
  public void verbatim(String text) {
    finish();
    write(text);
  }

  private X12Writer padded(String value, int length) {
    return text(value + " ".repeat(Math.max(0, length - value.length())));
  }

  private X12Writer raw(byte delimiter) {
    written++;
    segment.append((char) delimiters.element()).append((char) delimiter);
    return this;
  }

  private void append(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == delimiters.element()
          || c == delimiters.component()
          || c == delimiters.repetition()
          || c == delimiters.terminator()
          || c < ' ') {
        throw new IllegalArgumentException(
            tag + (written < 10 ? "0" : "") + written + " holds a character that is a delimiter");
      }
    }
    segment.append(value);
  }

  private void finish() {
    if (tag.isEmpty()) {
      return;
    }
    int end = segment.length();
    if (!tag.equals("ISA")) {
      while (segment.charAt(end - 1) == delimiters.element()) {
        end--;
      }
    }
    segment.setLength(end);
    segment.append((char) delimiters.terminator()).append('\n');
    write(segment.toString());
    segment.setLength(0);
    tag = "";
    written = 0;
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what is still open and closes the stream. */
  @Override
  public void close() throws IOException {
    finish();
    out.close();
  }
}
