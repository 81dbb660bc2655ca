package org.openrcm.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a claim is like what is looked for: points, and the reasons for them in words. */
final class Likeness {
  /** Numbers that are shorter are alike by chance. */
  static final int LONG_ENOUGH = 5;

  private final List<String> fitting = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private int score;

  void fits(int points, String what) {
    score += points;
    fitting.add(what);
  }

  /** Something that is near, or not the same, in a clause of its own. */
  void remark(int points, String clause) {
    score += points;
    others.add(clause);
  }

  int score() {
    return score;
  }

  /** Such as {@code Member number, name and day fit; the charge differs by 10.00}. */
  String words() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < fitting.size(); i++) {
      words.append(i == 0 ? "" : i == fitting.size() - 1 ? " and " : ", ").append(fitting.get(i));
    }
    if (!fitting.isEmpty()) {
      words.append(fitting.size() == 1 ? " fits" : " fit");
    }
    for (String other : others) {
      words.append(words.isEmpty() ? "" : "; ").append(other);
    }
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** A number without what people and programs change in it: case, punctuation, leading zeros. */
  static String plain(@Nullable String number) {
    return number == null
        ? ""
        : number
            .toUpperCase(Locale.ROOT)
            .replaceAll("(?<![0-9])0+(?=[0-9])", "")
            .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Whether one plain number is the other's beginning. */
  static boolean isCutOff(String one, String other) {
    return Math.min(one.length(), other.length()) >= LONG_ENOUGH
        && (one.startsWith(other) || other.startsWith(one));
  }

  /** Whether plain numbers differ by one character: changed, added, or left out. */
  static boolean isOneApart(String one, String other) {
    if (one.length() > other.length()) {
      return isOneApart(other, one);
    }
    if (one.length() < LONG_ENOUGH || other.length() - one.length() > 1) {
      return false;
    }
    int same = 0;
    while (same < one.length() && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    String rest =
        one.substring(one.length() == other.length() ? Math.min(same + 1, one.length()) : same);
    return rest.equals(other.substring(Math.min(same + 1, other.length())));
  }
}
