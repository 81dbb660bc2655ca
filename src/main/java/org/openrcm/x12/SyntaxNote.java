package org.openrcm.x12;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of a segment need or exclude each other, in the standard's own notation: a letter
 * and element numbers, such as {@code P0809}.
 *
 * @param kind P all or none, R at least one, E at most one, C with the first all others, L with the
 *     first at least one other
 * @param elements the elements in the order of the note
 * @param bits one for each of them, by its number
 */
record SyntaxNote(char kind, List<Integer> elements, long bits) {
  private static final Pattern NOTE = Pattern.compile("([PRECL])((?:[0-9]{2}){2,})");

  /** The note that a text is, or null when it is none. */
  static @Nullable SyntaxNote of(String text) {
    Matcher matcher = NOTE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    List<Integer> elements = new ArrayList<>();
    long bits = 0;
    for (int at = 1; at < text.length(); at += 2) {
      int element = Integer.parseInt(text.substring(at, at + 2));
      elements.add(element);
      bits |= 1L << element;
    }
    return new SyntaxNote(text.charAt(0), List.copyOf(elements), bits);
  }

  /** Whether it holds for a segment with those elements present. */
  boolean holds(long present) {
    long those = present & bits;
    long first = 1L << elements.get(0);
    return switch (kind) {
      case 'P' -> those == 0 || those == bits;
      case 'R' -> those != 0;
      case 'E' -> Long.bitCount(those) <= 1;
      case 'C' -> (those & first) == 0 || those == bits;
      default -> (those & first) == 0 || those != first;
    };
  }

  /** What it asks for, in words. */
  String asks(String tag) {
    String all = names(tag, elements);
    String first = names(tag, elements.subList(0, 1));
    String others = names(tag, elements.subList(1, elements.size()));
    return switch (kind) {
      case 'P' -> "of " + all + " all or none must be there";
      case 'R' -> "of " + all + " at least one must be there";
      case 'E' -> "of " + all + " only one may be there";
      case 'C' -> "where " + first + " is, " + others + " must be there too";
      default -> "where " + first + " is, one of " + others + " must be there too";
    };
  }

  private static String names(String tag, List<Integer> elements) {
    return String.join(", ", elements.stream().map("%02d"::formatted).map(tag::concat).toList());
  }
}
