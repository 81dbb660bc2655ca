package org.openrcm.statement;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What patients wait for, in a practice of many: each of them signs in with the code of a bill, and
 * opens the pages that it leads to. From the request to the last byte, over HTTP.
 *
 * <p>Arguments: accounts (100,000), patients who come (1,000).
 */
public final class PortalBench {
  private static final int WARMUP = 100;
  private static final int IN_A_TRANSACTION = 50;
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern VISIT = Pattern.compile("/my/visits/[0-9a-f-]{36}");

  private final BilledPractice practice;
  private final URI address;
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  private PortalBench(BilledPractice practice) {
    this.practice = practice;
    this.address =
        URI.create(
            "http://localhost:"
                + practice.server.getEnvironment().getRequiredProperty("local.server.port"));
  }

  public static void main(String[] args) throws Exception {
    int accounts = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    int patients = args.length < 2 ? 1_000 : Integer.parseInt(args[1]);
    try (BilledPractice practice = new BilledPractice(accounts)) {
      PortalBench bench = new PortalBench(practice);
      List<String> codes = bench.bill(WARMUP + patients);
      for (int i = 0; i < codes.size(); i++) {
        if (i == WARMUP) {
          bench.nanos.clear();
        }
        bench.visit(codes.get(i));
      }
      bench.print(accounts, patients);
    }
    System.exit(0);
  }

  /** Sends bills to some of them: the codes on these. */
  private List<String> bill(int count) throws Exception {
    Statements statements = practice.server.getBean(Statements.class);
    List<Long> accounts =
        practice.ask(
            () ->
                new ArrayList<>(
                    practice.sql.sql("select number from account").query(Long.class).list()));
    java.util.Collections.shuffle(accounts, new Random(1));
    for (int from = 0; from < count; from += IN_A_TRANSACTION) {
      List<Long> some = accounts.subList(from, Math.min(count, from + IN_A_TRANSACTION));
      practice.ask(
          () ->
              statements.issue(
                  some,
                  practice.server.getBean(Policies.class).current(),
                  null,
                  LocalDate.now(java.time.ZoneOffset.UTC)));
    }
    return practice.ask(
        () ->
            practice
                .sql
                .sql("select content ->> 'code' from statement order by number")
                .query(String.class)
                .list());
  }

  private void visit(String code) throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    String form = get(browser, "/my/sign-in", "sign-in page");
    Matcher token = CSRF.matcher(form);
    if (!token.find()) {
      throw new IllegalStateException("no form to sign in with");
    }
    String fields =
        "code=%s&month=1&day=1&year=1980&_csrf=%s"
            .formatted(code, URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
    HttpResponse<String> signedIn =
        time(
            browser,
            "sign in",
            HttpRequest.newBuilder(address.resolve("/my/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields))
                .build());
    if (signedIn.statusCode() != 302) {
      throw new IllegalStateException("not signed in: " + signedIn.statusCode());
    }
    String home = get(browser, "/my", "what I owe");
    Matcher visit = VISIT.matcher(home);
    if (!visit.find()) {
      throw new IllegalStateException("no visit on the page");
    }
    get(browser, visit.group(), "a visit");
    get(browser, "/my/pay", "pay");
    get(browser, "/my/plan", "pay in parts");
  }

  private String get(HttpClient browser, String path, String what) throws Exception {
    HttpResponse<String> answer =
        time(browser, what, HttpRequest.newBuilder(address.resolve(path)).build());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpResponse<String> time(HttpClient browser, String what, HttpRequest request)
      throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
    nanos.computeIfAbsent(what, key -> new ArrayList<>()).add(System.nanoTime() - start);
    return answer;
  }

  private void print(int accounts, int patients) {
    System.out.printf(
        Locale.ROOT, "| %,d accounts, %,d patients | p50 ms | p99 ms |%n", accounts, patients);
    System.out.println("|---|---:|---:|");
    nanos.forEach(
        (what, times) -> {
          long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
          Arrays.sort(sorted);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.1f | %.1f |%n",
              what,
              sorted[sorted.length / 2] / 1e6,
              sorted[sorted.length * 99 / 100] / 1e6);
        });
  }
}
