package org.openrcm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Finds the smallest of the usual heaps in which one cold pass succeeds. */
final class HeapSearch {
  private static final int[] MEGABYTES = {16, 32, 64, 128, 256, 512, 1_024, 2_048};
  private static final Duration START = Duration.ofSeconds(20);

  private final Path folder;
  private final Map<Contender, Integer> known = new ConcurrentHashMap<>();

  HeapSearch(Path folder) {
    this.folder = folder;
  }

  /**
   * The -Xmx in MB that sufficed each, one search to a core: nothing is timed here. What an earlier
   * call found for a contender is where its search starts, so call it for the shorter file first.
   */
  List<OptionalInt> of(List<Timing.Speed> speeds) throws InterruptedException, ExecutionException {
    ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<OptionalInt>> searches = new ArrayList<>();
      for (Timing.Speed speed : speeds) {
        searches.add(cores.submit(() -> of(speed)));
      }
      List<OptionalInt> heaps = new ArrayList<>();
      for (Future<OptionalInt> search : searches) {
        heaps.add(search.get());
      }
      return heaps;
    } finally {
      cores.shutdownNow();
    }
  }

  /**
   * Tries upward; empty where no heap sufficed. A pass that takes far longer than it did with room
   * counts as failed: it only collects garbage.
   */
  private OptionalInt of(Timing.Speed speed) throws IOException {
    int from = known.getOrDefault(speed.contender(), 0);
    Duration limit = START.plusNanos(5 * speed.nanos());
    for (int megabytes : IntStream.of(MEGABYTES).filter(size -> size >= from).toArray()) {
      try (Lane lane = Lane.start(speed.contender(), megabytes, folder)) {
        if (lane.ready(limit) && lane.pass(speed.sample(), limit).isPresent()) {
          known.put(speed.contender(), megabytes);
          return OptionalInt.of(megabytes);
        }
      }
    }
    return OptionalInt.empty();
  }
}
