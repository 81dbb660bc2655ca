package org.openrcm.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What users were told that they did, and what they tried and were told nothing of: by what it was,
 * such as a file's hash or the key of a form.
 */
final class EnduranceLedger {
  private final Map<String, Integer> told = new ConcurrentHashMap<>();
  private final Map<String, Integer> unknown = new ConcurrentHashMap<>();

  /** It was answered with success. */
  void told(String what) {
    told.merge(what, 1, Integer::sum);
  }

  /** It may have been done, or not. */
  void unknown(String what) {
    unknown.merge(what, 1, Integer::sum);
  }

  int told() {
    return told.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often it was done at least; by what. */
  Map<String, Integer> least() {
    return new TreeMap<>(told);
  }

  /** How often it was done at most. */
  int most(String what) {
    return told.getOrDefault(what, 0) + unknown.getOrDefault(what, 0);
  }
}
