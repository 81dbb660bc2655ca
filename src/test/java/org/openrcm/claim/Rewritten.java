package org.openrcm.claim;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openrcm.x12.X12Writer;

/** 837s written from what was read, and 837s as lists of segments that can be compared. */
final class Rewritten {
  private static final LocalDateTime AT = LocalDateTime.of(2026, 1, 31, 10, 15);
  private static final Pattern DECIMAL = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)");

  private Rewritten() {}

  /** A whole file of these submissions. */
  static byte[] file(List<Submitted.Batch> batches) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    X12Writer out = new X12Writer(bytes);
    out.beginInterchange(
        new X12Writer.Interchange("ZZ", "SENDER", "ZZ", "RECEIVER", AT, 1, false, "T"));
    ClaimWriter writer = new ClaimWriter(out);
    int set = 0;
    for (Submitted.Batch batch : batches) {
      set++;
      out.beginGroup("HC", "SENDER", "RECEIVER", AT, set, batch.submission().kind().guide());
      writer.begin(batch.submission(), "%04d".formatted(set));
      batch.claims().forEach(writer::write);
      writer.end();
      out.endGroup();
    }
    out.endInterchange();
    return bytes.toByteArray();
  }

  /**
   * The segments of a file without its envelopes: {@code *} between elements, {@code :} between
   * components, {@code ^} between repetitions, nothing empty at the end, numbers and the time of
   * BHT without useless zeros.
   */
  static List<String> segments(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<String> segments = new ArrayList<>();
    String element = Pattern.quote(text.substring(3, 4));
    char component = text.charAt(104);
    char repetition = text.charAt(82);
    String terminator = Pattern.quote(text.substring(105, 106));
    for (String segment : text.split(terminator)) {
      String[] elements = segment.strip().split(element, -1);
      switch (elements[0]) {
        case "", "ISA", "GS", "ST", "SE", "GE", "IEA", "TA1" -> {
          // the envelope is the writer's own
        }
        default -> segments.add(segment(elements, component, repetition));
      }
    }
    return segments;
  }

  private static String segment(String[] elements, char component, char repetition) {
    if (elements[0].equals("BHT")) {
      // 0946, 094600 and 09460000 are one time
      elements[5] = elements[5].replaceFirst("^(\\d{4})(00)?(00)?$", "$1");
    }
    List<String> normal = new ArrayList<>();
    for (String element : elements) {
      String text = element.replace(component, ':');
      if (!Character.isLetterOrDigit(repetition)) {
        text = text.replace(repetition, '^');
      }
      String[] parts = text.split(":", -1);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = number(parts[i]);
      }
      normal.add(String.join(":", parts).replaceAll(":+$", ""));
    }
    return String.join("*", normal).replaceAll("\\*+$", "");
  }

  private static String number(String text) {
    if (!text.contains(".") || !DECIMAL.matcher(text).matches()) {
      return text;
    }
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  /** What stands in one list and not in the other, for people. */
  static List<String> differences(List<String> before, List<String> after) {
    List<String> differences = new ArrayList<>();
    List<String> left = new ArrayList<>(after);
    for (String segment : before) {
      if (!left.remove(segment)) {
        differences.add("- " + segment);
      }
    }
    left.forEach(segment -> differences.add("+ " + segment));
    if (differences.isEmpty() && !before.equals(after)) {
      for (int i = 0; i < before.size(); i++) {
        if (!before.get(i).equals(after.get(i))) {
          differences.add("moved at " + i + ": " + before.get(i) + " / " + after.get(i));
          break;
        }
      }
    }
    return differences;
  }

  static List<String> segments(String text) {
    return segments(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
