package org.openrcm.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.bench.Browser;
import org.openrcm.bench.Figure;
import org.openrcm.bench.Figures;
import org.openrcm.bench.Latencies;
import org.openrcm.bench.ServedPractice;
import org.openrcm.bench.Size;
import org.openrcm.bench.Table;
import org.openrcm.identity.Role;

/**
 * The manager's page over a journal of many entries: three years of claims of forty payers and
 * thirty providers, most of them decided, some denied, a ninth not answered. How many entries a
 * second the totals take in, and how long the page and the lists behind it take in a browser's
 * hands.
 */
public final class ReportBench {
  private static final List<String> TABLES =
      List.of("journal_batch", "journal_entry", "journal_line", "ledger_total", "claim");

  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  static {
    PAGES.put("/reports", "the page");
    PAGES.put("/reports?by=provider&owes=patient", "by provider, what patients owe");
    PAGES.put("/reports?by=month", "by month");
    PAGES.put("/reports?payer=PAYER%207", "of one payer");
    PAGES.put("/reports/open", "the claims behind what is open");
    PAGES.put("/reports/open?owes=patient&band=61-90", "of patients, 61 to 90 days old");
    PAGES.put("/reports/open?provider=PROVIDER%207,%20MEI", "of one provider");
    PAGES.put("/reports/decisions?denied=yes", "denials");
    PAGES.put("/reports/claims", "claims");
    PAGES.put("/reports/charges", "what was charged");
  }

  private final ServedPractice practice;

  private ReportBench(ServedPractice practice) {
    this.practice = practice;
  }

  public static void measure(Size size, Figures figures) throws Exception {
    try (ServedPractice practice = ServedPractice.start()) {
      ReportBench bench = new ReportBench(practice);
      bench.fill(size.of(10_000_000, 60_000));
      bench.catchUp(figures);
      bench.open(size.of(200, 20), figures);
    }
  }

  private void catchUp(Figures figures) throws Exception {
    long entries = practice.count("journal_entry");
    long nanos =
        Latencies.nanos(
            () -> practice.actor().run(() -> practice.bean(Totals.class).catchUp(() -> {})));
    practice.asOwner("vacuum analyze");
    figures.say(
        "%s entries of %s claims, added up at %s entries a second."
            .formatted(
                Figure.count(entries),
                Figure.count(practice.count("report_claim")),
                Figure.rate(entries * 1e9 / nanos)));
  }

  private void open(int opened, Figures figures) throws Exception {
    Browser browser = practice.signIn(Role.MANAGER);
    Table table = Latencies.table("in a browser");
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      Latencies.of(opened / 10, opened, () -> browser.get(page.getKey()))
          .row(table, page.getValue());
    }
    figures.table(table);
  }

  /** One claim by the door, so that there is a file for all the others; the rest as rows. */
  private void fill(long entries) throws Exception {
    practice.receive("claims.837", Files.readAllBytes(Path.of("samples", "month", "claims.837")));
    practice.fill(
        TABLES,
        FILL.formatted(practice.id(), Math.max(1, entries / ENTRIES_OF_A_BATCH)),
        SUMS.formatted(practice.id()));
  }

  private static final int ENTRIES_OF_A_BATCH = 915;

  /**
   * Each batch bills four hundred claims, decides those of thirty batches ago but each ninth,
   * denies each tenth of them, and lets half of the patients of sixty batches ago pay.
   */
  private static final String FILL =
      """
      do $$
      declare
        of uuid := '%1$s';
        batches int := %2$d;
        first bigint := coalesce((select max(b.last_entry) from journal_batch b), 0);
        batch bigint := coalesce((select max(b.number) from journal_batch b), 0);
        base bigint := 1000000000;
        set_number bigint := (select min(s.number) from submission s);
        made bigint;
      begin
        create temporary table made (number bigint, kind text, claim bigint, n int) on commit drop;
        for i in 0 .. batches - 1 loop
          batch := batch + 1;
          insert into claim (practice_id, number, id, submission_number, ordinal, kind,
            patient_control_number, charged_cents, payer_name, patient_id, patient_name,
            service_from, submitted_on, lines, segment, byte_offset, byte_length, record, state,
            state_since)
          select of, base + i * 400 + n, gen_random_uuid(), set_number, n, 'PROFESSIONAL',
            'B' || i || '-' || n, 15000, 'PAYER ' || n %% 40, gen_random_uuid(), 'QUILLBY, TANSY',
            current_date - ((batches - i) * 1095 / batches), current_date, 1, 20, 0, 0,
            ('{"subscriber":{"membership":{"sequence":"P"}},"billing":{"provider":{"person":'
              || '{"lastName":"LARKMOOR FAMILY PRACTICE"}}},"providers":[{"person":{"entity":"82",'
              || '"lastName":"PROVIDER ' || n %% 30 || '","firstName":"MEI"}}]}')::json,
            'SENT', current_date
          from generate_series(1, 400) n;
          truncate made;
          insert into made
            select first + row_number() over (order by kind, claim) as number, kind, claim, n
            from (
              select 'CLAIM' as kind, base + i * 400 + n as claim, n from generate_series(1, 400) n
              union all
              select 'PAYMENT', base + (i - 30) * 400 + n, n from generate_series(1, 400) n
              where i >= 30 and n %% 9 <> 0
              union all
              select 'PATIENT_PAYMENT', base + (i - 60) * 400 + n, n from generate_series(1, 400) n
              where i >= 60 and n %% 9 <> 0 and n %% 10 <> 0 and n %% 2 = 0) m;
          select count(*) into made from made;
          insert into journal_batch (practice_id, number, posted_at, cause, actor_name,
            first_entry, last_entry)
          values (of, batch, now() - (batches - i) * interval '1095 days' / batches,
            'CLAIMS_BILLED', 'bench', first + 1, first + made);
          insert into journal_entry (practice_id, number, batch, source, source_number,
            source_place, day)
          select of, number, batch, kind, claim, 0, current_date - ((batches - i) * 1095 / batches)
          from made;
          insert into journal_line (practice_id, entry, line, account, amount_cents, claim_number,
            rank, code, segment)
          select of, m.number, l.line, l.account, l.cents,
            case when l.account <> 'CASH_CLEARING' then m.claim end,
            case l.account when 'INSURANCE_RECEIVABLE' then 1 end, l.code, 20
          from made m cross join lateral (values
            ('CLAIM', null, 1, 'INSURANCE_RECEIVABLE', 15000, null),
            ('CLAIM', null, 2, 'REVENUE', -15000, null),
            ('PAYMENT', false, 1, 'INSURANCE_RECEIVABLE', -15000, null),
            ('PAYMENT', false, 2, 'CASH_CLEARING', 9000, null),
            ('PAYMENT', false, 3, 'CONTRACTUAL_ADJUSTMENT', 3000, 'CO-45'),
            ('PAYMENT', false, 4, 'PATIENT_RECEIVABLE', 3000, 'PR-2'),
            ('PAYMENT', true, 1, 'INSURANCE_RECEIVABLE', -15000, null),
            ('PAYMENT', true, 2, 'DENIED_PENDING_REVIEW', 15000, 'CO-29'),
            ('PATIENT_PAYMENT', null, 1, 'PATIENT_RECEIVABLE', -3000, 'PAYMENT'),
            ('PATIENT_PAYMENT', null, 2, 'CASH_CLEARING', 3000, null))
            l (kind, denied, line, account, cents, code)
          where l.kind = m.kind and (l.denied is null or l.denied = (m.n %% 10 = 0));
          first := first + made;
        end loop;
      end $$
      """;

  private static final String SUMS =
      """
      insert into ledger_total (practice_id, account, batch, balance_cents, lines)
      select '%1$s', account, batch, sum(cents) over w, sum(lines) over w from (
        select l.account, e.batch, sum(l.amount_cents) as cents, count(*) as lines
        from journal_line l join journal_entry e
          on e.practice_id = l.practice_id and e.number = l.entry
        where l.practice_id = '%1$s' group by 1, 2) s
      window w as (partition by account order by batch)
      on conflict do nothing
      """;
}
