package org.openrcm.remittance;

import java.util.List;
import java.util.Random;

/** Spoils a file in ways that files are spoilt, and in some that they are not; by a seed. */
final class Spoiler {
  private static final List<String> TOKENS =
      List.of(
          "*",
          ":",
          "~",
          "^",
          "\n",
          "\0",
          "\u00ff",
          "|",
          " ",
          "ISA",
          "ISA*00*",
          "\nISA",
          "ST*835*",
          "SE*1*0001~",
          "GS*HP*A*B*20260101*0000*1*X*005010X221A1~",
          "GE*1*1~",
          "IEA*1*000000001~",
          "CLP*",
          "CLP*A*1*1*1~",
          "LX*1~",
          "SVC*",
          "CAS*CO*45*1~",
          "PLB*1*20261231*WO:X*1~",
          "N1*PR*A~",
          "HL*1~",
          "~~~");
  private static final List<String> NUMBERS =
      List.of(
          "-",
          ".",
          "",
          "1e9",
          "-0",
          "00000000000000000001",
          "99999999999999999999",
          "9223372036854775807",
          "0.001",
          "99999999999.99",
          "1.",
          ".5",
          "+1",
          "1,000");

  private final Random random;
  private final List<String> others;

  /** A spoiler that takes parts of {@code others}. */
  Spoiler(Random random, List<String> others) {
    this.random = random;
    this.others = others;
  }

  String spoil(String text) {
    StringBuilder out = new StringBuilder(text);
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && !out.isEmpty(); i++) {
      once(out);
    }
    return out.toString();
  }

  private void once(StringBuilder out) {
    int at = random.nextInt(out.length());
    int end = Math.min(out.length(), at + 1 + random.nextInt(60));
    switch (random.nextInt(12)) {
      case 0 -> out.setCharAt(at, (char) (out.charAt(at) ^ 1 << random.nextInt(8)));
      case 1 -> out.delete(at, end);
      case 2 -> out.insert(at, out.substring(at, end));
      case 3 -> out.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
      case 4 -> out.setLength(at);
      case 5 -> out.insert(at, slice(others.get(random.nextInt(others.size())), 600));
      case 6 -> out.insert(at, junk());
      case 7 -> number(out, at);
      case 8 -> out.delete(segment(out, at), segmentEnd(out, at));
      case 9 -> out.insert(segment(out, at), out.substring(segment(out, at), segmentEnd(out, at)));
      case 10 -> swap(out, at, random.nextInt(out.length()));
      default -> out.setCharAt(at, (char) random.nextInt(256));
    }
  }

  private String slice(String text, int longest) {
    int from = random.nextInt(text.length());
    return text.substring(from, Math.min(text.length(), from + random.nextInt(longest)));
  }

  private String junk() {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(200); i >= 0; i--) {
      out.append((char) random.nextInt(256));
    }
    return out.toString();
  }

  /** Puts an odd number in place of the digits at or behind a place. */
  private void number(StringBuilder out, int at) {
    int from = at;
    while (from < out.length() && !Character.isDigit(out.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < out.length() && "0123456789.".indexOf(out.charAt(to)) >= 0) {
      to++;
    }
    out.replace(from, to, NUMBERS.get(random.nextInt(NUMBERS.size())));
  }

  private static int segment(StringBuilder out, int at) {
    return out.lastIndexOf("~", at - 1) + 1;
  }

  private static int segmentEnd(StringBuilder out, int at) {
    int end = out.indexOf("~", at);
    return end < 0 ? out.length() : end + 1;
  }

  private static void swap(StringBuilder out, int one, int other) {
    int from = segment(out, Math.min(one, other));
    int to = segment(out, Math.max(one, other));
    String moved = out.substring(to, segmentEnd(out, to));
    String first = out.substring(from, Math.min(to, segmentEnd(out, from)));
    if (from < to) {
      out.replace(to, to + moved.length(), first);
      out.replace(from, from + first.length(), moved);
    }
  }
}
