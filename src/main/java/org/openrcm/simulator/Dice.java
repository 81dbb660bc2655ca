package org.openrcm.simulator;

import java.util.List;

/**
 * Chance that can be repeated: the same seed and the same parts give the same draws, on every
 * machine and in every version of Java (SplitMix64). What is drawn for one thing does not depend on
 * what else was drawn, so each claim has dice of its own.
 */
final class Dice {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** Dice for one thing: the seed and whatever tells that thing from others. */
  static Dice of(long seed, Object... parts) {
    long state = mixed(seed + STEP);
    for (Object part : parts) {
      state = mixed(state ^ (part instanceof Number number ? number.longValue() : hash(part)));
    }
    return new Dice(state);
  }

  private static long hash(Object part) {
    String text = part.toString();
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += STEP;
    return mixed(state);
  }

  /** A whole number from 0 up to, not with, {@code bound}. */
  int below(int bound) {
    return (int) Math.floorMod(next() >>> 1, (long) bound);
  }

  /** A whole number in the closed range. */
  int between(int from, int to) {
    return from + below(to - from + 1);
  }

  /** True in so many of a thousand draws. */
  boolean chance(int perMille) {
    return below(1000) < perMille;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** So many decimal digits, the first of them never 0. */
  String digits(int count) {
    StringBuilder text = new StringBuilder(count).append((char) ('1' + below(9)));
    while (text.length() < count) {
      text.append((char) ('0' + below(10)));
    }
    return text.toString();
  }
}
