package org.openrcm.bench;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** Invented people, identifiers, dates and amounts, all drawn from one seeded {@link Random}. */
final class MadeUp {
  private static final String[] LAST_NAMES = {
    "ABERNOLT", "BRASKIN", "CALDWYN", "DORVANE", "ELLINGHAST", "FERROWAY", "GRANTLEIGH",
        "HOLVERSON",
    "IVERDALE", "JUNIPERO", "KESTRAL", "LINDQUARRY", "MARROWBY", "NORDAHLEN", "O'SHERVAN",
        "PELLAWAY",
    "QUILLFORD", "RAVENSTEAD", "SOLVANTE", "TARRINGER", "UMBERLIN", "VANDERPOLE", "WEXCOMBE",
        "YARDLOW"
  };
  private static final String[] FIRST_NAMES = {
    "ADA", "BENNO", "CLEO", "DARIA", "EWAN", "FIONA", "GIDEON", "HAZEL", "IDRIS", "JONAH", "KEIRA",
    "LEANDER", "MIRA", "NOLAN", "OTTILIE", "PIERS", "QUINN", "ROWENA", "SILAS", "THEA", "URIEL"
  };
  private static final DateTimeFormatter CCYYMMDD = DateTimeFormatter.BASIC_ISO_DATE;

  private final Random random;

  MadeUp(Random random) {
    this.random = random;
  }

  String lastName() {
    return oneOf(LAST_NAMES);
  }

  String firstName() {
    return oneOf(FIRST_NAMES);
  }

  String middleInitial() {
    return chance(40) ? letter() : "";
  }

  String letter() {
    return String.valueOf((char) ('A' + random.nextInt(26)));
  }

  String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** True in so many percent of the draws. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A whole number in the closed range. */
  int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  /** So many decimal digits, the first of them never 0. */
  String digits(int count) {
    StringBuilder text = new StringBuilder(count).append((char) ('1' + random.nextInt(9)));
    while (text.length() < count) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  /** A ten-digit provider identifier whose last digit is the Luhn check digit over 80840 + nine. */
  String npi() {
    String nine = "1" + digits(8);
    int sum = 24; // what the constant prefix 80840 adds
    for (int i = 0; i < 9; i++) {
      int digit = nine.charAt(i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return nine + (10 - sum % 10) % 10;
  }

  static String date(LocalDate day) {
    return day.format(CCYYMMDD);
  }

  /** Cents as an X12 R element: no trailing zeros, no bare point, minus only in front. */
  static String amount(long cents) {
    long whole = Math.abs(cents);
    String sign = cents < 0 ? "-" : "";
    if (whole % 100 == 0) {
      return sign + whole / 100;
    }
    if (whole % 10 == 0) {
      return sign + whole / 100 + "." + whole % 100 / 10;
    }
    return sign + whole / 100 + (whole % 100 < 10 ? ".0" : ".") + whole % 100;
  }

  /** A number padded with zeros to the width, as control numbers are. */
  static String padded(long number, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }
}
