package org.openrcm.server;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What all have in common who use the server at once. While something is killed, and until it
 * answers again, an answer may be cut off or be a 503: then one tries again, as people do. At any
 * other time that is a fault, as a 500 is always, and what takes longer than a minute.
 */
final class EnduranceLoad {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long PATIENCE_MINUTES = 10;
  private static final long PAUSE_MILLIS = 200;
  private static final int MOST_FAULTS = 20;

  /** Odd while something is killed. */
  private final AtomicInteger troubles = new AtomicInteger();

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** How often each was seen. */
  private final Map<String, Integer> faults = new ConcurrentSkipListMap<>();

  private final Map<String, String> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> working = new ArrayList<>();
  private volatile boolean over;

  /** There were faults: it makes no sense to go on. */
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Begins to use the server, until it is over. */
  void start(String name, Runnable user) {
    working.add(
        threads.submit(
            () -> {
              Thread.currentThread().setName(name);
              try {
                user.run();
              } catch (GivenUp e) {
                // said elsewhere
              } catch (RuntimeException | AssertionError e) {
                fault(name + " ends with " + e.getClass().getName() + at(e));
              }
            }));
  }

  /** Where it happened, without what it says: that may hold a page. */
  private static String at(Throwable e) {
    StringBuilder at = new StringBuilder();
    for (StackTraceElement each : e.getStackTrace()) {
      if (each.getClassName().startsWith("org.openrcm")) {
        at.append(" at ").append(each);
      }
    }
    return at.toString();
  }

  /** Lets everybody finish what they are at. */
  void end() throws Exception {
    over = true;
    for (Future<?> each : working) {
      try {
        each.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      } catch (TimeoutException e) {
        fault("waits for ever: " + underWay.values());
      }
    }
    threads.shutdownNow();
  }

  boolean isOver() {
    return over || isHopeless();
  }

  private boolean isHopeless() {
    return faults.size() >= MOST_FAULTS || (over && !faults.isEmpty());
  }

  void troubleBegins() {
    troubles.incrementAndGet();
  }

  void troubleEnds() {
    troubles.incrementAndGet();
  }

  private boolean isCalmSince(int before) {
    return before % 2 == 0 && troubles.get() == before;
  }

  /** Each once, with how often it was seen. */
  List<String> faults() {
    List<String> all = new ArrayList<>();
    faults.forEach((fault, times) -> all.add(times + " x " + fault));
    return all;
  }

  void fault(String fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  /** How many of each kind were answered. */
  Map<String, Long> counts() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((kind, count) -> sums.put(kind, count.sum()));
    return sums;
  }

  void count(String kind) {
    counts.computeIfAbsent(kind, any -> new LongAdder()).increment();
  }

  /**
   * Asks once.
   *
   * @param kind of request, for the count
   * @return empty when nobody knows what came of it
   */
  Optional<HttpResponse<String>> once(
      String kind, String method, String path, Supplier<HttpResponse<String>> call) {
    String what = method + " " + pattern(path);
    String me = Thread.currentThread().getName();
    int before = troubles.get();
    long start = System.nanoTime();
    underWay.put(me, what);
    HttpResponse<String> answer;
    try {
      answer = call.get();
    } catch (UncheckedIOException | AssertionError e) {
      if (isCalmSince(before)) {
        fault(what + " gets no answer: " + (e.getCause() == null ? e : e.getCause()).getClass());
      }
      return Optional.empty();
    } finally {
      underWay.remove(me);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    boolean calm = isCalmSince(before);
    if (calm && took.compareTo(LONGEST) > 0) {
      fault(what + " takes longer than a minute");
    }
    int status = answer.statusCode();
    if (status >= 500 && (calm || status != 503)) {
      fault(what + " answers " + status + (calm ? "" : " while something is killed"));
    }
    if (status >= 500) {
      return Optional.empty();
    }
    count(kind);
    return Optional.of(answer);
  }

  /** Asks until there is an answer. */
  HttpResponse<String> insist(
      String kind, String method, String path, Supplier<HttpResponse<String>> call) {
    while (true) {
      Optional<HttpResponse<String>> answer = once(kind, method, path, call);
      if (answer.isPresent()) {
        return answer.get();
      }
      pause(PAUSE_MILLIS);
    }
  }

  /** Notes an answer that is none of those that are meant, and answers how to end. */
  GivenUp unexpected(String method, String path, HttpResponse<String> answer) {
    String to =
        answer.headers().firstValue("Location").map(each -> " to " + pattern(each)).orElse("");
    fault(method + " " + pattern(path) + " answers " + answer.statusCode() + to);
    return new GivenUp();
  }

  void pause(long millis) {
    if (isHopeless()) {
      throw new GivenUp();
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new GivenUp();
    }
  }

  /** An address without whose it is, and without what is searched for. */
  static String pattern(String path) {
    return path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}")
        .replaceAll("/\\d+", "/{number}")
        .replaceAll("=[^&]*", "");
  }

  /** The path of a Location, which may be a whole address. */
  static String path(String location) {
    return location.replaceFirst("^https?://[^/]+", "");
  }
}
