package org.openrcm.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * One way of reading a document, by its name in the table.
 *
 * @param counts what its readings count, so that each can be held against the truth
 * @param open what is done once and not timed, such as compiling a schema
 */
record Contender(Document document, String name, Counts counts, Callable<Reading> open) {

  /** What a reading gives back. */
  enum Counts {
    CLAIMS,
    SEGMENTS
  }

  /** One pass over a whole file. */
  @FunctionalInterface
  interface Reading {
    /** Visits every segment of the file and returns how many claims, or segments, there were. */
    long count(Path file) throws Exception;
  }

  static Contender claims(Document document, String name, Callable<Reading> open) {
    return new Contender(document, name, Counts.CLAIMS, open);
  }
}
