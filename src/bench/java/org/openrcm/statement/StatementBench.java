package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A run over a practice: statements a second, each with its tagged PDF, beside the PDF library
 * alone rendering the very same pages on the same cores.
 *
 * <p>Arguments: accounts (10,000).
 */
public final class StatementBench {
  private static final int LIMIT = 1_000;

  private final BilledPractice practice;
  private final int accounts;

  private StatementBench(BilledPractice practice, int accounts) {
    this.practice = practice;
    this.accounts = accounts;
  }

  public static void main(String[] args) throws Exception {
    int accounts = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
    try (BilledPractice practice = new BilledPractice(accounts)) {
      new StatementBench(practice, accounts).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    Runs runs = practice.server.getBean(Runs.class);
    long start = System.nanoTime();
    UUID run = practice.ask(runs::make);
    practice.settled();
    long prepared = System.nanoTime() - start;
    long statements = practice.ask(() -> runs.find(run).orElseThrow()).passing();
    start = System.nanoTime();
    practice.ask(() -> runs.send(run));
    practice.settled();
    long sent = System.nanoTime() - start;
    double limit = limit(run);
    double each = rate(statements, sent);
    System.out.println("| a run of " + accounts + " accounts | a second |");
    System.out.println("|---|---:|");
    row("accounts decided on, with every reason", rate(accounts, prepared));
    row("statements sent: decided anew, drawn, printed, kept", each);
    row("the PDF library alone, the same pages", limit);
    System.out.printf(
        Locale.ROOT,
        "%,d statements; %.0f %% of the library's speed; heap at most %,d MB%n",
        statements,
        100 * each / limit,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  /** Pages that are there already, to PDF and nothing else, on all processors. */
  private double limit(UUID run) throws Exception {
    Paper paper = practice.server.getBean(Paper.class);
    Statements statements = practice.server.getBean(Statements.class);
    List<Content> contents =
        practice.ask(
            () ->
                practice
                    .sql
                    .sql("select id from statement where run_id = ? order by number limit ?")
                    .params(run, LIMIT)
                    .query(UUID.class)
                    .list()
                    .stream()
                    .map(id -> statements.find(id).orElseThrow().content())
                    .toList());
    List<String> pages = contents.stream().map(paper::page).toList();
    long start = System.nanoTime();
    pages.parallelStream().forEach(page -> Paper.pdf(page, LocalDate.of(2026, 3, 2), 1));
    return rate(pages.size(), System.nanoTime() - start);
  }

  private static double rate(long count, long nanos) {
    return count * 1e9 / Math.max(1, nanos);
  }

  private static void row(String what, double rate) {
    System.out.printf(Locale.ROOT, "| %s | %,.0f |%n", what, rate);
  }
}
