package org.openrcm.bench;

import java.util.Arrays;
import java.util.Collection;

/** How long each of many took, in nanoseconds. */
public final class Latencies {
  private final long[] sorted;
  private final double perSecond;

  /** Something that takes time. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /**
   * What was done by many at once.
   *
   * @param seconds in which all of it was done
   */
  public Latencies(long[] nanos, double seconds) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    this.sorted = nanos.clone();
    Arrays.sort(sorted);
    this.perSecond = sorted.length / seconds;
  }

  /** What was done one after the other. */
  public static Latencies of(Collection<Long> nanos) {
    long[] each = nanos.stream().mapToLong(Long::longValue).toArray();
    return new Latencies(each, Arrays.stream(each).sum() / 1e9);
  }

  /** Does the work one time after the other; the first times do not count. */
  public static Latencies of(int warmUp, int count, Work work) throws Exception {
    long[] nanos = new long[count];
    for (int i = -warmUp; i < count; i++) {
      long took = nanos(work);
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    return new Latencies(nanos, Arrays.stream(nanos).sum() / 1e9);
  }

  /** How long it takes once. */
  public static long nanos(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return Math.max(1, System.nanoTime() - start);
  }

  public int count() {
    return sorted.length;
  }

  /** So many percent took no longer. */
  public long nanos(int percent) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)];
  }

  public double perSecond() {
    return perSecond;
  }

  /** A table that {@link #row} writes the rows of. */
  public static Table table(String first) {
    return new Table(first, "p50 ms", "p95 ms", "p99 ms", "a second");
  }

  public void row(Table table, String what) {
    table.row(
        what,
        Figure.millis(nanos(50)),
        Figure.millis(nanos(95)),
        Figure.millis(nanos(99)),
        Figure.rate(perSecond));
  }
}
