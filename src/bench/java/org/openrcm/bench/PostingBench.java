package org.openrcm.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.openrcm.identity.Role;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.posting.Posting;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A day of claims through the books: five 837s, then a check for each, all posted. Prints claims a
 * second from the upload of a file to the end of what follows from it, beside a plain COPY of the
 * journal's very rows; how long the preview of the last check takes to open; and balances as of a
 * moment in a journal that is filled up to so many entries.
 *
 * <p>Arguments: claims of the day (100,000), entries of the journal (10,000,000).
 */
public final class PostingBench {
  private static final int CHECKS = 5;
  private static final int OPENED = 200;
  private static final int ASKED = 2_000;
  private static final List<String> TABLES =
      List.of("journal_batch", "journal_entry", "journal_line", "ledger_total");

  private final ServedPractice practice;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final int claims;

  private PostingBench(ServedPractice practice, int claims) {
    this.practice = practice;
    this.sql = practice.bean(JdbcClient.class);
    this.transaction = practice.bean(TransactionTemplate.class);
    this.claims = claims;
  }

  public static void main(String[] args) throws Exception {
    int claims = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    long entries = args.length < 2 ? 10_000_000 : Long.parseLong(args[1]);
    try (ServedPractice practice = ServedPractice.start("post")) {
      PostingBench bench = new PostingBench(practice, claims);
      bench.post();
      bench.open();
      bench.asOf(entries);
    }
    System.exit(0);
  }

  private void post() throws Exception {
    int each = claims / CHECKS;
    long billed = 0;
    long read = 0;
    long posted = 0;
    for (int check = 0; check < CHECKS; check++) {
      byte[] bills = Day.claims(check, each);
      byte[] remittance = Day.remittance(check, each);
      billed += time(() -> practice.receive("claims.837", bills));
      read += time(() -> practice.receive("remit.835", remittance));
      posted += time(this::postAll);
    }
    long all = billed + read + posted;
    System.out.println("| a day of " + claims + " claims, in " + CHECKS + " checks | claims/s |");
    System.out.println("|---|---:|");
    row("837 received, read, charged to the ledger", billed);
    row("835 received, read, previewed", read);
    row("posted", posted);
    row("end to end", all);
    long copy = copy();
    row("plain COPY of the journal's rows", copy);
    System.out.printf(
        Locale.ROOT,
        "journal rows: %,d; posting / COPY %d %%, end to end / COPY %d %%%n",
        ask(() -> sql.sql("select count(*) from journal_line").query(Long.class).single()),
        100 * copy / posted,
        100 * copy / all);
  }

  private void row(String what, long nanos) {
    System.out.printf(
        Locale.ROOT, "| %s | %,d |%n", what, claims * 1_000_000_000L / Math.max(1, nanos));
  }

  private void postAll() throws Exception {
    for (UUID check : checks("WAITING")) {
      practice.actor().call(() -> practice.bean(Posting.class).post(check, List.of()));
    }
    practice.settled();
  }

  private List<UUID> checks(String state) {
    return ask(
        () ->
            sql.sql(
                    """
                    select r.id from remittance r
                    join remittance_posting p on p.remittance_number = r.number
                    where p.state = ? order by r.number
                    """)
                .param(state)
                .query(UUID.class)
                .list());
  }

  private <T> T ask(Callable<T> question) {
    try {
      return practice
          .actor()
          .call(
              () ->
                  transaction.execute(
                      status -> {
                        try {
                          return question.call();
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      }));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something that takes time. */
  private interface Work {
    void run() throws Exception;
  }

  private static long time(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /** The journal's rows into tables of the same columns and indexes, without its checks. */
  private long copy() throws Exception {
    try (Connection connection = practice.asOwner();
        Statement statement = connection.createStatement()) {
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      byte[][] rows = new byte[TABLES.size()][];
      for (int i = 0; i < rows.length; i++) {
        String table = TABLES.get(i);
        statement.execute("create table plain_%1$s (like %1$s including all)".formatted(table));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy.copyOut("copy (select * from " + table + ") to stdout", out);
        rows[i] = out.toByteArray();
      }
      return time(
          () -> {
            connection.setAutoCommit(false);
            for (int i = 0; i < rows.length; i++) {
              copy.copyIn(
                  "copy plain_" + TABLES.get(i) + " from stdin",
                  new ByteArrayInputStream(rows[i]),
                  1 << 16);
            }
            connection.commit();
          });
    }
  }

  /** The preview of a check of a fifth of the day's claims, as a browser gets it. */
  private void open() throws Exception {
    List<UUID> posted = checks("POSTED");
    UUID last = posted.get(posted.size() - 1);
    practice.actor().call(() -> practice.bean(Posting.class).undo(last));
    practice.settled();
    ServedPractice.Browser browser = practice.signIn(Role.POSTER);
    long[] nanos = new long[OPENED];
    for (int i = -20; i < OPENED; i++) {
      long took = time(() -> browser.get("/remittances/" + last + "/posting"));
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    print("preview of a check of " + claims / CHECKS + " claims", nanos);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 95 / 100] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }

  /** Fills the journal up, claim after claim, and asks for balances of moments at random. */
  private void asOf(long entries) throws Exception {
    long there =
        ask(() -> sql.sql("select count(*) from journal_entry").query(Long.class).single());
    fill(entries - there);
    Balances balances = practice.bean(Balances.class);
    List<Instant> moments =
        ask(
            () ->
                sql.sql("select posted_at from journal_batch order by random() limit 1000")
                    .query((row, at) -> row.getTimestamp(1).toInstant())
                    .list());
    long known =
        ask(() -> sql.sql("select max(claim_number) from journal_line").query(Long.class).single());
    Random random = new Random(1);
    long[] trial = new long[ASKED];
    long[] claim = new long[ASKED];
    for (int i = -200; i < ASKED; i++) {
      Instant moment = moments.get(random.nextInt(moments.size()));
      long number = 1 + random.nextLong(known);
      long first = time(() -> ask(() -> balances.trial(moment).on(AccountKind.REVENUE)));
      long second = time(() -> ask(() -> balances.claims(List.of(number), moment)));
      if (i >= 0) {
        trial[i] = first;
        claim[i] = second;
      }
    }
    System.out.printf(Locale.ROOT, "as of a moment, at %,d entries%n", Math.max(entries, there));
    print("  trial balance, all accounts", trial);
    print("  a claim's balances", claim);
  }

  /** Entries of two lines in batches of a thousand, as the journal writes them. */
  private void fill(long entries) throws Exception {
    if (entries <= 0) {
      return;
    }
    try (Connection connection = practice.asOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String table : TABLES) {
        statement.execute("alter table " + table + " disable trigger user");
      }
      statement.execute(FILL.formatted(practice.id(), entries));
      for (String table : TABLES) {
        statement.execute("alter table " + table + " enable trigger user");
      }
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("analyze");
    }
  }

  private static final String FILL =
      """
      do $$
      declare
        of uuid := '%1$s';
        first bigint := (select max(b.last_entry) from journal_batch b);
        batch bigint := (select max(b.number) from journal_batch b);
        owed bigint := (select t.balance_cents from ledger_total t
          where t.account = 'INSURANCE_RECEIVABLE' order by t.batch desc limit 1);
      begin
        for i in 0 .. (%2$d / 1000) - 1 loop
          batch := batch + 1;
          insert into journal_batch (practice_id, number, posted_at, cause, actor_name,
            first_entry, last_entry)
          values (of, batch, clock_timestamp(), 'CLAIMS_BILLED', 'bench', first + 1, first + 1000);
          insert into journal_entry (practice_id, number, batch, source, source_number,
            source_place, day)
          select of, first + n, batch, 'CLAIM', 1000000 + i * 1000 + n, 0, date '2026-03-02'
          from generate_series(1, 1000) n;
          insert into journal_line (practice_id, entry, line, account, amount_cents, claim_number,
            rank, segment)
          select of, first + n, line, case line when 1 then 'INSURANCE_RECEIVABLE' else 'REVENUE' end,
            case line when 1 then 15000 else -15000 end, 1000000 + i * 1000 + n,
            case line when 1 then 1 end, 20
          from generate_series(1, 1000) n, generate_series(1, 2) line;
          insert into ledger_total (practice_id, account, batch, balance_cents, lines)
          values (of, 'INSURANCE_RECEIVABLE', batch, owed + (i + 1)::bigint * 15000000, (i + 1) * 1000),
            (of, 'REVENUE', batch, -owed - (i + 1)::bigint * 15000000, (i + 1) * 1000);
          first := first + 1000;
        end loop;
      end $$
      """;

  /** The files of a day. */
  private static final class Day {
    private Day() {}

    private static byte[] interchange(
        String kind, String guide, int control, StringBuilder set, long segments) {
      String text =
          """
          ISA*00*          *00*          *ZZ*LARKMOOR       *ZZ*BFERN          *260302*0615*^*00501*%1$09d*0*P*:~
          GS*%2$s*LARKMOOR*BFERN*20260302*0615*%1$d*X*%3$s~
          %4$sSE*%5$d*0001~
          GE*1*%1$d~
          IEA*1*%1$09d~
          """
              .formatted(control, kind, guide, set, segments + 1);
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] claims(int check, int count) {
      StringBuilder set = new StringBuilder(count * 420);
      set.append(
          """
          ST*837*0001*005010X222A1~
          BHT*0019*00*B%1$d*20260302*0615*CH~
          NM1*41*2*LARKMOOR FAMILY PRACTICE*****46*990000220~
          PER*IC*WREN ASHDOWN*TE*5550100100~
          NM1*40*2*BLUEFERN HEALTH PLAN*****46*990000110~
          HL*1**20*1~
          NM1*85*2*LARKMOOR FAMILY PRACTICE*****XX*2400102010~
          N3*9 HERON WAY~
          N4*LARKMOOR*VT*059990001~
          REF*EI*990000220~
          """
              .formatted(check));
      for (int i = 1; i <= count; i++) {
        set.append(
            """
            HL*%1$d*1*22*0~
            SBR*P*18*******CI~
            NM1*IL*1*QUILLBY%2$d*TANSY****MI*BFH%2$d~
            N3*1 MILL LANE~
            N4*LARKMOOR*VT*059990001~
            DMG*D8*19800101*F~
            NM1*PR*2*BLUEFERN HEALTH PLAN*****PI*990000110~
            CLM*DAY%3$d-%2$d*150***11:B:1*Y*A*Y*Y~
            HI*ABK:J069~
            LX*1~
            SV1*HC:99213*100*UN*1***1~
            DTP*472*D8*20260224~
            REF*6R*DAY%3$d-%2$d-1~
            LX*2~
            SV1*HC:87880*50*UN*1***1~
            DTP*472*D8*20260224~
            REF*6R*DAY%3$d-%2$d-2~
            """
                .formatted(i + 1, i, check));
      }
      return interchange("HC", "005010X222A1", 500 + check, set, 10 + 17L * count);
    }

    static byte[] remittance(int check, int count) {
      StringBuilder set = new StringBuilder(count * 330);
      set.append(
          """
          ST*835*0001~
          BPR*I*%1$d*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260302~
          TRN*1*DAY%2$d*1890000101~
          N1*PR*BLUEFERN HEALTH PLAN~
          N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
          LX*1~
          """
              .formatted(100L * count, check));
      for (int i = 1; i <= count; i++) {
        set.append(
            """
            CLP*DAY%1$d-%2$d*1*150*100*20*12*BF%1$d%2$d*11*1~
            NM1*QC*1*QUILLBY%2$d*TANSY****MI*BFH%2$d~
            SVC*HC:99213*100*70**1~
            DTM*472*20260224~
            CAS*CO*45*10~
            CAS*PR*3*20~
            REF*6R*DAY%1$d-%2$d-1~
            SVC*HC:87880*50*30**1~
            DTM*472*20260224~
            CAS*CO*45*20~
            REF*6R*DAY%1$d-%2$d-2~
            """
                .formatted(check, i));
      }
      return interchange("HP", "005010X221A1", 700 + check, set, 6 + 11L * count);
    }
  }
}
