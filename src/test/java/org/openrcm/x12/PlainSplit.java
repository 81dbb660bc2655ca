package org.openrcm.x12;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file's segments by cutting its text at the delimiters of its first ISA, with nothing of the
 * reader that is tested; for files of well-formed interchanges that share their delimiters.
 */
final class PlainSplit {
  private static final int ISA = 106;

  /** Each segment's elements, the tag first. */
  final List<List<String>> segments = new ArrayList<>();

  PlainSplit(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String all = text.substring(text.indexOf("ISA"));
    String element = Pattern.quote(all.substring(3, 4));
    for (String segment : all.split(Pattern.quote(all.substring(ISA - 1, ISA)))) {
      if (!segment.isBlank()) {
        segments.add(Arrays.asList(segment.strip().split(element, -1)));
      }
    }
  }

  long count(String tag) {
    return segments.stream().filter(segment -> segment.get(0).equals(tag)).count();
  }

  /** The sum of an element of all segments of a tag, such as 2 of CLM; empty ones count nothing. */
  BigDecimal sum(String tag, int element) {
    return segments.stream()
        .filter(segment -> segment.get(0).equals(tag) && segment.size() > element)
        .map(segment -> segment.get(element))
        .filter(amount -> !amount.isBlank())
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
