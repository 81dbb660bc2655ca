package org.openrcm.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The main of a process that runs one contender: for each path on standard input, one pass, and on
 * standard output its nanoseconds and its count.
 */
final class Runner {
  private Runner() {}

  public static void main(String[] args) {
    PrintStream answers = System.out;
    System.setOut(System.err); // a library that chatters must not be taken for an answer
    try {
      run(Contenders.named(Document.valueOf(args[0]), args[1]), answers);
      System.exit(0); // whatever threads a library has left running
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(Contender contender, PrintStream answers) throws Exception {
    Contender.Reading reading = contender.open().call();
    answers.println("ready");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      Path file = Path.of(order);
      long start = System.nanoTime();
      long count = reading.count(file);
      answers.println("pass " + (System.nanoTime() - start) + " " + count);
    }
  }
}
