package org.openrcm.simulator;

/**
 * National provider identifiers that pass their check digit and that nobody has: those given out
 * start with 1, these with 2.
 */
final class Npi {
  /** What the constant prefix 80840 adds to the sum. */
  private static final int PREFIX = 24;

  private Npi() {}

  /** One of a hundred million. */
  static String of(Dice dice) {
    StringBuilder nine = new StringBuilder("2");
    while (nine.length() < 9) {
      nine.append((char) ('0' + dice.below(10)));
    }
    return nine.append(checkDigit(nine)).toString();
  }

  /** Whether the tenth digit is the Luhn digit over 80840 and the other nine. */
  static boolean isValid(String npi) {
    return npi.matches("\\d{10}") && npi.charAt(9) - '0' == checkDigit(npi.substring(0, 9));
  }

  private static int checkDigit(CharSequence nine) {
    int sum = PREFIX;
    for (int i = 0; i < 9; i++) {
      int digit = nine.charAt(i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return (10 - sum % 10) % 10;
  }
}
