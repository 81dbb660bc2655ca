package org.openrcm.statement;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.openrcm.bench.Figure;
import org.openrcm.bench.Figures;
import org.openrcm.bench.Latencies;
import org.openrcm.bench.ServedPractice;
import org.openrcm.bench.Size;
import org.openrcm.bench.Table;

/**
 * A run over a practice: statements a second, each with its tagged PDF, beside the PDF library
 * alone rendering the very same pages on the same cores.
 */
public final class StatementBench {
  private static final int LIMIT = 1_000;

  private final ServedPractice practice;
  private long bytes;

  private StatementBench(ServedPractice practice) {
    this.practice = practice;
  }

  public static void measure(Size size, Figures figures) throws Exception {
    int accounts = size.of(5_000, 100);
    try (ServedPractice practice = BilledPractice.start(accounts)) {
      new StatementBench(practice).run(accounts, figures);
    }
  }

  private void run(int accounts, Figures figures) throws Exception {
    Runs runs = practice.bean(Runs.class);
    UUID[] run = new UUID[1];
    long prepared =
        Latencies.nanos(
            () -> {
              run[0] = practice.ask(runs::make);
              practice.settled();
            });
    long statements = practice.ask(() -> runs.find(run[0]).orElseThrow()).passing();
    long sent =
        Latencies.nanos(
            () -> {
              practice.ask(() -> runs.send(run[0]));
              practice.settled();
            });
    double each = statements * 1e9 / sent;
    List<String> pages = pages(run[0]);
    long drawn = Latencies.nanos(() -> bytes = draw(pages));
    double limit = pages.size() * 1e9 / drawn;
    figures.table(
        new Table(
                "a run of %s accounts, %s statements"
                    .formatted(Figure.count(accounts), Figure.count(statements)),
                "a second",
                "of the library")
            .row(
                "accounts decided on, with every reason",
                Figure.rate(accounts * 1e9 / prepared),
                "")
            .row(
                "statements sent: decided anew, drawn, printed, kept",
                Figure.rate(each),
                Figure.percent(each / limit))
            .row("the PDF library alone, the same pages", Figure.rate(limit), ""));
    figures.say(
        "A PDF takes %s KB; all of it in a heap of %s MB."
            .formatted(
                Figure.rate(bytes / 1e3 / pages.size()),
                Figure.count(Runtime.getRuntime().maxMemory() >> 20)));
  }

  /** What paper shows, before it is a PDF. */
  private List<String> pages(UUID run) throws Exception {
    Paper paper = practice.bean(Paper.class);
    Statements statements = practice.bean(Statements.class);
    return practice.ask(
        () ->
            practice
                .sql()
                .sql("select id from statement where run_id = ? order by number limit ?")
                .params(run, LIMIT)
                .query(UUID.class)
                .list()
                .stream()
                .map(id -> paper.page(statements.find(id).orElseThrow().content()))
                .toList());
  }

  /** Bytes of the PDFs of these pages, made on all processors and nothing else. */
  private static long draw(List<String> pages) {
    return pages.parallelStream()
        .mapToLong(page -> Paper.pdf(page, LocalDate.of(2026, 3, 2), 1).pdf().length)
        .sum();
  }
}
