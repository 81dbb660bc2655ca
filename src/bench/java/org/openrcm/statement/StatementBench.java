package org.openrcm.statement;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practices;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.openrcm.money.Money;
import org.openrcm.posting.Posting;
import org.openrcm.server.Server;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A run over a practice: statements a second, each with its tagged PDF, beside the PDF library
 * alone rendering the very same pages on the same cores; and how long it takes to work out what one
 * account owes and why, as pages do that show it.
 *
 * <p>Arguments: accounts (10,000), questions (2,000).
 */
public final class StatementBench {
  private static final int IN_A_FILE = 2_000;
  private static final int LIMIT = 1_000;
  private static final int WARMUP = 200;

  private final ConfigurableApplicationContext server;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Actor actor;
  private final int accounts;

  private StatementBench(ConfigurableApplicationContext server, int accounts) {
    this.server = server;
    this.sql = server.getBean(JdbcClient.class);
    this.transaction = server.getBean(TransactionTemplate.class);
    this.actor =
        Actor.job(
            "bench", server.getBean(Practices.class).create("Larkmoor Family Practice", true));
    this.accounts = accounts;
  }

  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of("target", "bench", "bill-" + UUID.randomUUID()));
    int accounts = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
    int questions = args.length < 2 ? 2_000 : Integer.parseInt(args[1]);
    try (ConfigurableApplicationContext server =
        Server.start(
            "--openrcm.data=" + data,
            "--server.port=0",
            "--management.server.port=-1",
            "--logging.level.root=warn")) {
      StatementBench bench = new StatementBench(server, accounts);
      bench.load();
      bench.run();
      bench.ask(questions);
    }
    System.exit(0);
  }

  private void load() throws Exception {
    for (int from = 1; from <= accounts; from += IN_A_FILE) {
      int until = Math.min(accounts, from + IN_A_FILE - 1);
      receive("claims.837", claims(from, until));
      receive("remit.835", remittance(from, until));
      for (UUID check :
          ask(
              () ->
                  sql.sql(
                          """
                          select r.id from remittance r
                          join remittance_posting p on p.remittance_number = r.number
                          where p.state = 'WAITING'
                          """)
                      .query(UUID.class)
                      .list())) {
        actor.call(() -> server.getBean(Posting.class).post(check, List.of()));
      }
      settled();
    }
    ask(
        () -> {
          server
              .getBean(Policies.class)
              .set(
                  new Policy(
                      new Policy.Letterhead(
                          "Larkmoor Family Practice",
                          List.of("9 Heron Way", "Larkmoor VT 05999"),
                          "802 555 0100",
                          "Monday to Friday, 8 am to 5 pm",
                          null,
                          null),
                      Money.of("5.00"),
                      30,
                      21,
                      "larkmoor.example/my",
                      new Policy.Help(true, "802 555 0111", "larkmoor.example/help")));
          return true;
        });
  }

  private void run() throws Exception {
    Runs runs = server.getBean(Runs.class);
    long start = System.nanoTime();
    UUID run = ask(runs::make);
    settled();
    long prepared = System.nanoTime() - start;
    long statements = ask(() -> runs.find(run).orElseThrow()).passing();
    start = System.nanoTime();
    ask(() -> runs.send(run));
    settled();
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
    Paper paper = server.getBean(Paper.class);
    Statements statements = server.getBean(Statements.class);
    List<Content> contents =
        ask(
            () ->
                sql
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

  private void ask(int questions) throws Exception {
    Decisions decisions = server.getBean(Decisions.class);
    Policy policy = ask(() -> server.getBean(Policies.class).current());
    List<Long> numbers = ask(() -> sql.sql("select number from account").query(Long.class).list());
    Random random = new Random(1);
    long[] nanos = new long[questions];
    for (int i = -WARMUP; i < questions; i++) {
      long account = numbers.get(random.nextInt(numbers.size()));
      long start = System.nanoTime();
      ask(() -> decisions.of(List.of(account), policy, LocalDate.of(2026, 5, 4)));
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "what an account owes and why, among %,d: p50 %.1f ms, p99 %.1f ms%n",
        numbers.size(),
        nanos[questions / 2] / 1e6,
        nanos[questions * 99 / 100] / 1e6);
  }

  private static double rate(long count, long nanos) {
    return count * 1e9 / Math.max(1, nanos);
  }

  private static void row(String what, double rate) {
    System.out.printf(Locale.ROOT, "| %s | %,.0f |%n", what, rate);
  }

  private void receive(String name, byte[] x12) throws Exception {
    actor.call(
        () -> server.getBean(Intake.class).receive(name, Via.API, new ByteArrayInputStream(x12)));
    settled();
  }

  private void settled() throws InterruptedException {
    while (sql.sql("select exists (select from job)").query(Boolean.class).single()) {
      Thread.sleep(5);
    }
  }

  private <T> T ask(Callable<T> question) throws Exception {
    return actor.call(
        () ->
            transaction.execute(
                status -> {
                  try {
                    return question.call();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }

  private static byte[] interchange(String kind, String guide, int control, List<String> set) {
    String text =
        """
        ISA*00*          *00*          *ZZ*LARKMOOR       *ZZ*BFERN          *260302*0615*^*00501*%1$09d*0*P*:~
        GS*%2$s*LARKMOOR*BFERN*20260302*0615*%1$d*X*%3$s~
        %4$s~
        SE*%5$d*0001~
        GE*1*%1$d~
        IEA*1*%1$09d~
        """
            .formatted(control, kind, guide, String.join("~\n", set), set.size() + 1);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Everybody is somebody else, and was seen once, for two services. */
  private static byte[] claims(int from, int until) {
    List<String> set = new ArrayList<>();
    set.addAll(
        List.of(
            "ST*837*0001*005010X222A1",
            "BHT*0019*00*B" + from + "*20260302*0615*CH",
            "NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220",
            "PER*IC*WREN ASHDOWN*TE*5550100100",
            "NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110",
            "HL*1**20*1",
            "NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010",
            "N3*9 HERON WAY",
            "N4*LARKMOOR*VT*059990001",
            "REF*EI*990000220"));
    for (int i = from; i <= until; i++) {
      set.addAll(
          List.of(
              "HL*" + (i - from + 2) + "*1*22*0",
              "SBR*P*18*******CI",
              "NM1*IL*1*QUILLBY" + i + "*TANSY****MI*BFH" + i,
              "N3*" + i + " MILL LANE",
              "N4*LARKMOOR*VT*059990001",
              "DMG*D8*19800101*F",
              "NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110",
              "CLM*BILL" + i + "*240***11:B:1*Y*A*Y*Y",
              "HI*ABK:J069",
              "NM1*82*1*LIN*DANA****XX*2400102028",
              "LX*1",
              "SV1*HC:99213*180*UN*1***1",
              "DTP*472*D8*20260224",
              "LX*2",
              "SV1*HC:80053*60*UN*1***1",
              "DTP*472*D8*20260224"));
    }
    return interchange("HC", "005010X222A1", from, set);
  }

  private static byte[] remittance(int from, int until) {
    int count = until - from + 1;
    List<String> set = new ArrayList<>();
    set.addAll(
        List.of(
            "ST*835*0001",
            "BPR*I*"
                + 144 * count
                + "*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260313",
            "TRN*1*BENCH" + from + "*1890000101",
            "DTM*405*20260313",
            "N1*PR*BLUEFERN HEALTH PLAN",
            "N3*100 HERON WAY",
            "N4*MILLHOLT*OH*439990001",
            "PER*BL*ERA DESK*TE*8005550101",
            "N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010",
            "LX*1"));
    for (int i = from; i <= until; i++) {
      set.addAll(
          List.of(
              "CLP*BILL" + i + "*1*240*144*36*12*BF" + i + "*11*1",
              "NM1*QC*1*QUILLBY" + i + "*TANSY****MI*BFH" + i,
              "SVC*HC:99213*180*112**1",
              "DTM*472*20260224",
              "CAS*CO*45*40",
              "CAS*PR*2*28",
              "SVC*HC:80053*60*32**1",
              "DTM*472*20260224",
              "CAS*CO*45*20",
              "CAS*PR*2*8"));
    }
    return interchange("HP", "005010X221A1", from, set);
  }
}
