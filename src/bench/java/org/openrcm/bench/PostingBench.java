package org.openrcm.bench;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.openrcm.identity.Role;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.posting.Posting;

/**
 * A day of claims through the books: five 837s, then a check for each, all posted; from the upload
 * of a file to the end of what follows from it, beside a plain COPY of the journal's very rows.
 * Then how long the preview of the last check takes to open, and balances as of a moment in a
 * journal that is filled up.
 */
final class PostingBench {
  private static final int CHECKS = 5;
  private static final List<String> TABLES =
      List.of("journal_batch", "journal_entry", "journal_line", "ledger_total");

  private final ServedPractice practice;
  private final Visits visits;
  private int billed;

  private PostingBench(ServedPractice practice, Visits visits) {
    this.practice = practice;
    this.visits = visits;
  }

  static void measure(Size size, Figures figures) throws Exception {
    int claims = size.of(100_000, 2_000);
    try (ServedPractice practice = ServedPractice.start()) {
      PostingBench bench = new PostingBench(practice, new Visits(claims / CHECKS));
      bench.post(claims, figures);
      bench.preview(claims / CHECKS, size.of(200, 20), figures);
      bench.balances(size.of(10_000_000, 50_000), size.of(2_000, 200), figures);
    }
  }

  /** A tenth of the day first, which shows whether what a check takes grows with it. */
  private void post(int claims, Figures figures) throws Exception {
    Day tenth = day(claims / 10);
    Day day = day(claims);
    double limit = (tenth.claims + day.claims) * 1e9 / PlainCopy.nanos(practice, TABLES);
    Table table =
        new Table(
            "claims/s, in " + CHECKS + " checks",
            "a day of " + Figure.count(tenth.claims),
            "a day of " + Figure.count(day.claims),
            "of the COPY");
    row(
        table,
        "837 received, read, charged to the ledger",
        tenth,
        tenth.billed,
        day,
        day.billed,
        limit);
    row(table, "835 received, read, previewed", tenth, tenth.read, day, day.read, limit);
    row(table, "posted", tenth, tenth.posted, day, day.posted, limit);
    row(table, "end to end", tenth, tenth.all(), day, day.all(), limit);
    table.row("plain COPY of the journal's rows", "", Figure.rate(limit), "");
    figures.table(table);
  }

  /** What a day took, in nanoseconds. */
  private record Day(int claims, long billed, long read, long posted) {
    long all() {
      return billed + read + posted;
    }
  }

  private Day day(int claims) throws Exception {
    long charged = 0;
    long read = 0;
    long posted = 0;
    for (int check = 0; check < CHECKS; check++) {
      int from = billed + 1;
      billed += claims / CHECKS;
      byte[] bills = visits.claims(from, billed);
      byte[] remittance = visits.remittance(from, billed);
      charged += Latencies.nanos(() -> practice.receive("claims.837", bills));
      read += Latencies.nanos(() -> practice.receive("remit.835", remittance));
      posted += Latencies.nanos(practice::postAll);
    }
    return new Day(claims, charged, read, posted);
  }

  private static void row(
      Table table, String what, Day tenth, long ofTenth, Day day, long ofDay, double limit) {
    double rate = day.claims * 1e9 / ofDay;
    table.row(
        what,
        Figure.rate(tenth.claims * 1e9 / ofTenth),
        Figure.rate(rate),
        Figure.percent(rate / limit));
  }

  /** The preview of the last check, as a browser gets it. */
  private void preview(int claims, int opened, Figures figures) throws Exception {
    List<UUID> posted = practice.checks("POSTED");
    UUID last = posted.get(posted.size() - 1);
    practice.actor().call(() -> practice.bean(Posting.class).undo(last));
    practice.settled();
    Browser browser = practice.signIn(Role.POSTER);
    Table table = Latencies.table("in a browser");
    Latencies.of(opened / 10, opened, () -> browser.get("/remittances/" + last + "/posting"))
        .row(table, "preview of a check of " + Figure.count(claims) + " claims");
    figures.table(table);
  }

  /** Fills the journal up, claim after claim, and asks for balances of moments at random. */
  private void balances(int entries, int asked, Figures figures) throws Exception {
    long there = practice.count("journal_entry");
    if (entries > there) {
      practice.fill(TABLES, FILL.formatted(practice.id(), entries - there));
    }
    Balances balances = practice.bean(Balances.class);
    List<Instant> moments =
        practice.ask(
            () ->
                practice
                    .sql()
                    .sql("select posted_at from journal_batch order by random() limit 1000")
                    .query((row, at) -> row.getTimestamp(1).toInstant())
                    .list());
    long known =
        practice.ask(
            () ->
                practice
                    .sql()
                    .sql("select max(claim_number) from journal_line")
                    .query(Long.class)
                    .single());
    Random random = new Random(1);
    Table table =
        Latencies.table(
            "as of a moment, of %s entries".formatted(Figure.count(Math.max(entries, there))));
    Latencies.of(
            asked / 10,
            asked,
            () -> {
              Instant moment = moments.get(random.nextInt(moments.size()));
              practice.ask(() -> balances.trial(moment).on(AccountKind.REVENUE));
            })
        .row(table, "trial balance, all accounts");
    Latencies.of(
            asked / 10,
            asked,
            () -> {
              Instant moment = moments.get(random.nextInt(moments.size()));
              long number = 1 + random.nextLong(known);
              practice.ask(() -> balances.claims(List.of(number), moment));
            })
        .row(table, "a claim's balances");
    figures.table(table);
  }

  /** Entries of two lines in batches of a thousand, as the journal writes them. */
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
}
