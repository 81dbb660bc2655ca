package org.openrcm.x12;

/**
 * Repeats in an acknowledgement what somebody else wrote, so that it cannot break it.
 *
 * @param delimiters of the acknowledgement
 */
record AcknowledgedText(Delimiters delimiters) {

  /** The text, cut to a length, with blanks where it has what no element may have. */
  String of(String text, int longest) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && clean.length() < longest; i++) {
      char c = text.charAt(i);
      clean.append(isAllowed(c) ? c : ' ');
    }
    return clean.toString().stripTrailing();
  }

  /** Digits only, so many at most; 0 when there are none. */
  static long number(String text, int longest) {
    String digits = text.replaceAll("[^0-9]", "");
    return digits.isEmpty()
        ? 0
        : Long.parseLong(digits.substring(Math.max(0, digits.length() - longest)));
  }

  /** Whether it can be repeated as it is. */
  boolean isClean(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && text.chars().allMatch(c -> isAllowed((char) c));
  }

  private boolean isAllowed(char c) {
    return c >= ' '
        && c < 0x7f
        && c != delimiters.element()
        && c != delimiters.component()
        && c != delimiters.repetition()
        && c != delimiters.terminator();
  }
}
