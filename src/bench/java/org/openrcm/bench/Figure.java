package org.openrcm.bench;

import java.util.Locale;

/** How figures are written. */
public final class Figure {
  private Figure() {}

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Two digits or more, whatever its size: a rate, or a ratio. */
  public static String rate(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.2f" : value < 10 ? "%.1f" : "%,.0f", value);
  }

  public static String millis(long nanos) {
    return String.format(Locale.ROOT, nanos < 1e6 ? "%.2f" : "%,.1f", nanos / 1e6);
  }

  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%,.1f s", seconds);
  }

  public static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
  }

  /** How many times as fast; a fraction where it is slower. */
  public static String times(double ratio) {
    return ratio < 0.95 ? "1/" + rate(1 / ratio) : rate(ratio);
  }

  /** What was wanted, beside what came of it. */
  public static String aim(String wanted, boolean reached) {
    return "aim " + wanted + ": " + (reached ? "reached" : "not reached");
  }
}
