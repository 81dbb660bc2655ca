package org.openrcm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Times the contenders on one sample: each in a process of its own, warmed up, and then pass by
 * pass in turns, so that a slow moment of the machine strikes all alike.
 */
final class Timing {
  private static final int HEAP_MEGABYTES = 2_048;
  private static final long CALIBRATION_BYTES = 500_000;
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration CALIBRATION = Duration.ofMillis(1_500);
  private static final int PASSES = 3;
  private static final int PASSES_OF_THE_FAST = 5;
  private static final double FAST_SECONDS = 1.5;

  /**
   * The speed of one contender.
   *
   * @param sample what it read: the whole file, or as much of it as the time allowed
   * @param nanos the median pass
   */
  record Speed(Contender contender, Sample sample, long nanos, int passes) {
    double megabytesPerSecond() {
      return sample.bytes() * 1e3 / nanos;
    }

    double claimsPerSecond() {
      return sample.claims() * 1e9 / nanos;
    }
  }

  /** A warm process with what it is to read. */
  private record Warm(Lane lane, Sample sample, List<Long> nanos, int passes) {}

  private final Path folder;
  private final Duration longestPass;
  private final Duration warmUp;

  /**
   * @param longestPass about how long one pass may take; who is slower reads a slice
   * @param warmUp for how long, at least, it is read before the clock counts
   */
  Timing(Path folder, Duration longestPass, Duration warmUp) {
    this.folder = folder;
    this.longestPass = longestPass;
    this.warmUp = warmUp;
  }

  List<Speed> of(List<Contender> contenders, Sample sample) throws IOException {
    List<Warm> runners = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        runners.add(warm(contender, sample));
      }
      for (int round = 0; round < PASSES_OF_THE_FAST; round++) {
        for (Warm runner : runners) {
          if (round < runner.passes) {
            runner.nanos.add(pass(runner.lane, runner.sample));
          }
        }
      }
      return runners.stream().map(Timing::speed).toList();
    } finally {
      runners.forEach(runner -> runner.lane.close());
    }
  }

  private Warm warm(Contender contender, Sample whole) throws IOException {
    Lane lane = Lane.start(contender, HEAP_MEGABYTES, folder);
    if (!lane.ready(LONGEST)) {
      lane.close();
      throw new IllegalStateException(contender.name() + " did not start: see its log");
    }
    Sample small = whole.slice(CALIBRATION_BYTES);
    double bytesPerNano = small.bytes() / (double) best(lane, small, 3, CALIBRATION);
    Sample sample = whole.slice((long) (bytesPerNano * longestPass.toNanos()));
    long best = best(lane, sample, 1, warmUp);
    return new Warm(
        lane, sample, new ArrayList<>(), best < FAST_SECONDS * 1e9 ? PASSES_OF_THE_FAST : PASSES);
  }

  /** The fastest of the passes made until there are so many and so much time is spent. */
  private static long best(Lane lane, Sample sample, int passes, Duration time) {
    long spent = 0;
    long best = Long.MAX_VALUE;
    for (int made = 0; made < passes || spent < time.toNanos(); made++) {
      long nanos = pass(lane, sample);
      spent += nanos;
      best = Math.min(best, nanos);
    }
    return best;
  }

  private static long pass(Lane lane, Sample sample) {
    return lane.pass(sample, LONGEST)
        .orElseThrow(
            () -> new IllegalStateException(lane.contender().name() + " died: see its log"));
  }

  private static Speed speed(Warm runner) {
    Latencies passes = Latencies.of(runner.nanos);
    return new Speed(runner.lane.contender(), runner.sample, passes.nanos(50), passes.count());
  }
}
