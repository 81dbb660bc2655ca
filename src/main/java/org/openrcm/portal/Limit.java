package org.openrcm.portal;

import java.time.Duration;

/** How many wrong tries of a code and a birth date are borne, by what they have in common. */
enum Limit {
  /** Of one code: whoever found a letter guesses the birth date. */
  CODE(5, Duration.ofHours(1)),
  /** Of one code as long as it opens anything: patience does not help either. */
  LETTER(20, CodeSignIn.VALID),
  /** From one network address: whoever guesses codes. */
  ADDRESS(20, Duration.ofHours(1)),
  /** With codes of one practice: whoever has many letters and many addresses. */
  PRACTICE(100, Duration.ofHours(1));

  private final int tries;
  private final Duration window;

  Limit(int tries, Duration window) {
    this.tries = tries;
    this.window = window;
  }

  int tries() {
    return tries;
  }

  /** From the first wrong try on, for so long they are counted together. */
  Duration window() {
    return window;
  }
}
