package org.openrcm.collections;

import java.util.List;
import java.util.Locale;
import org.openrcm.money.Money;

/**
 * Where an account stands in the queue, and why.
 *
 * @param priority expected recovery in cents per minute of work, rounded down
 * @param first whether it comes before all that are not
 * @param expectedCents what is likely to be paid
 * @param seconds that it takes to ask
 * @param parts in the order in which they were reckoned
 */
record Score(long priority, boolean first, long expectedCents, int seconds, List<Part> parts) {

  /** Added to the priority of those that come first: more than any priority. */
  private static final long FIRST = 1_000_000_000_000_000L;

  /**
   * A part of it.
   *
   * @param permille that the expectation is multiplied by; 1000 changes nothing
   * @param seconds that it adds to the work
   * @param cents what is expected after it
   */
  record Part(String words, int permille, int seconds, long cents) {

    /** Whether it changes anything. */
    public boolean counts() {
      return permille != 1000 || seconds != 0;
    }

    /** What it does, such as {@code × 1.4} or {@code + 4 min}. */
    public String effect() {
      if (seconds != 0) {
        return "+ " + minutes(seconds);
      }
      String decimals = String.format(Locale.ROOT, "%d.%03d", permille / 1000, permille % 1000);
      return "× " + decimals.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    public Money expected() {
      return Money.ofCents(cents);
    }
  }

  /** By which the queue is sorted. */
  long rank() {
    return first ? Math.addExact(FIRST, priority) : priority;
  }

  public Money expected() {
    return Money.ofCents(expectedCents);
  }

  public Money perMinute() {
    return Money.ofCents(priority);
  }

  /** The work, such as {@code 5 min 30 s}. */
  public String work() {
    return minutes(seconds);
  }

  private static String minutes(int seconds) {
    String minutes = seconds / 60 == 0 ? "" : seconds / 60 + " min";
    String rest = seconds % 60 == 0 ? "" : seconds % 60 + " s";
    return (minutes + " " + rest).strip();
  }
}
