package org.openrcm.payment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows a card's number when somebody types one where none belongs: it must not be kept (PCI DSS
 * 3.2), so what has one in it is refused before it is.
 */
public final class CardNumbers {
  private static final Pattern FIGURES = Pattern.compile("(?<!\\d)\\d(?:[ -]?\\d){12,18}(?!\\d)");
  private static final int NINE = 9;

  private CardNumbers() {}

  /** Whether there is one in a text: 13 to 19 figures with the check digit of ISO/IEC 7812. */
  public static boolean isIn(String text) {
    Matcher figures = FIGURES.matcher(text);
    while (figures.find()) {
      if (checks(figures.group().replaceAll("[ -]", ""))) {
        return true;
      }
    }
    return false;
  }

  private static boolean checks(String figures) {
    int sum = 0;
    for (int i = 0; i < figures.length(); i++) {
      int figure = figures.charAt(figures.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? figure : 2 * figure;
      sum += weighed > NINE ? weighed - NINE : weighed;
    }
    return sum % 10 == 0 && sum > 0;
  }
}
