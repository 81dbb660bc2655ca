package org.openrcm.statement;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.bench.Browser;
import org.openrcm.bench.Figure;
import org.openrcm.bench.Figures;
import org.openrcm.bench.Latencies;
import org.openrcm.bench.ServedPractice;
import org.openrcm.bench.Size;
import org.openrcm.bench.Table;

/**
 * What patients wait for, in a practice of many: each of them signs in with the code of a bill, and
 * opens the pages that it leads to. From the request to the last byte, over HTTP.
 */
public final class PortalBench {
  private static final int IN_A_TRANSACTION = 50;
  private static final Pattern VISIT = Pattern.compile("/my/visits/[0-9a-f-]{36}");

  private final ServedPractice practice;
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  private PortalBench(ServedPractice practice) {
    this.practice = practice;
  }

  public static void measure(Size size, Figures figures) throws Exception {
    int accounts = size.of(100_000, 300);
    int patients = size.of(500, 50);
    try (ServedPractice practice = BilledPractice.start(accounts)) {
      new PortalBench(practice).run(accounts, patients, figures);
    }
  }

  private void run(int accounts, int patients, Figures figures) throws Exception {
    int warmUp = patients / 5;
    List<String> codes = bill(warmUp + patients);
    for (int i = 0; i < codes.size(); i++) {
      if (i == warmUp) {
        nanos.clear();
      }
      visit(codes.get(i));
    }
    Table table =
        Latencies.table(
            "%s accounts, %s patients".formatted(Figure.count(accounts), Figure.count(patients)));
    nanos.forEach((what, times) -> Latencies.of(times).row(table, what));
    figures.table(table);
  }

  /** Sends bills to some of them: the codes on these. */
  private List<String> bill(int count) throws Exception {
    Statements statements = practice.bean(Statements.class);
    Policies policies = practice.bean(Policies.class);
    LocalDate today = LocalDate.now(practice.bean(Clock.class));
    List<Long> accounts =
        practice.ask(
            () ->
                new ArrayList<>(
                    practice.sql().sql("select number from account").query(Long.class).list()));
    Collections.shuffle(accounts, new Random(1));
    for (int from = 0; from < count; from += IN_A_TRANSACTION) {
      List<Long> some = accounts.subList(from, Math.min(count, from + IN_A_TRANSACTION));
      practice.ask(() -> statements.issue(some, policies.current(), null, today));
    }
    return practice.ask(
        () ->
            practice
                .sql()
                .sql("select content ->> 'code' from statement order by number")
                .query(String.class)
                .list());
  }

  private void visit(String code) throws Exception {
    Browser browser = new Browser(practice.address());
    String form = time("sign-in page", () -> browser.get("/my/sign-in"));
    time(
        "signing in with a code",
        () -> {
          browser.send("/my/sign-in", form, "code=" + code + "&month=1&day=1&year=1980");
          return code;
        });
    String home = time("what I owe", () -> browser.get("/my"));
    Matcher visit = VISIT.matcher(home);
    if (!visit.find()) {
      throw new IllegalStateException("no visit on the page");
    }
    time("a visit", () -> browser.get(visit.group()));
    time("pay", () -> browser.get("/my/pay"));
    time("pay in parts", () -> browser.get("/my/plan"));
  }

  private String time(String what, Callable<String> work) throws Exception {
    long start = System.nanoTime();
    String page = work.call();
    nanos.computeIfAbsent(what, key -> new ArrayList<>()).add(System.nanoTime() - start);
    return page;
  }
}
