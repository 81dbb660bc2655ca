package org.openrcm.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The main of a process that measures one section, and prints its figures and nothing else. */
final class SectionRun {
  private SectionRun() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // figures look alike everywhere
    PrintStream answer = System.out;
    System.setOut(System.err); // logs must not get among them
    try {
      Figures figures = new Figures();
      Section.titled(args[0]).orElseThrow().bench().measure(Size.valueOf(args[1]), figures);
      answer.write(figures.toString().getBytes(StandardCharsets.UTF_8));
      answer.flush();
      System.exit(0); // whatever threads a library has left running
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
