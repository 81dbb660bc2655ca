package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.openrcm.ledger.Journal;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold of any books, whatever happened to them. */
public final class SoundBooks {
  private final JdbcClient sql;
  private final Journal journal;
  private final Settling settling;
  private final TestBooks books;

  private SoundBooks(ApplicationContext server, TestBooks books) {
    this.sql = server.getBean(JdbcClient.class);
    this.journal = server.getBean(Journal.class);
    this.settling = server.getBean(Settling.class);
    this.books = books;
  }

  /** Of books that nobody works on any more. */
  public static void check(ApplicationContext server, TestBooks books) {
    SoundBooks sound = new SoundBooks(server, books);
    sound.nothingIsUnderWay();
    sound.everyBatchComesToZero();
    sound.totalsAreSumsOfLines();
    sound.checksAreThereOrNot();
    sound.settlingAgainPostsNothing();
  }

  private List<String> texts(String query) {
    return books.ask(() -> sql.sql(query).query(String.class).list());
  }

  private void nothingIsUnderWay() {
    assertThat(
            texts(
                """
                select p.state from remittance_posting p
                where p.state in ('PREPARING', 'POSTING', 'UNDOING')
                """))
        .as("checks that stand half way")
        .isEmpty();
    assertThat(texts("select family from posting_due")).as("families not settled").isEmpty();
    assertThat(texts("select done::text from posting_progress")).as("progress left").isEmpty();
    assertThat(
            texts(
                """
                select p.ordinal::text from payment_posting p
                join remittance_posting r on r.remittance_number = p.remittance_number
                where p.outcome is null and r.postable limit 10
                """))
        .as("payments of which nobody worked out what becomes of them")
        .isEmpty();
  }

  private void everyBatchComesToZero() {
    assertThat(
            texts(
                """
                select b.number::text from journal_batch b
                left join journal_entry e on e.batch = b.number
                left join journal_line l on l.entry = e.number
                group by b.number having sum(l.amount_cents) is distinct from 0
                """))
        .as("batches that do not balance")
        .isEmpty();
    assertThat(
            texts(
                """
                select e.number::text from journal_entry e
                left join journal_line l on l.entry = e.number
                group by e.number having sum(l.amount_cents) is distinct from 0 or count(*) < 2
                """))
        .as("entries that do not balance")
        .isEmpty();
  }

  private void totalsAreSumsOfLines() {
    assertThat(
            texts(
                """
                select batch || ' ' || account from (
                  select l.account, e.batch, sum(sum(l.amount_cents))
                    over (partition by l.account order by e.batch) as cents
                  from journal_entry e join journal_line l on l.entry = e.number
                  group by l.account, e.batch) s
                full join ledger_total t using (account, batch)
                where s.cents is distinct from t.balance_cents
                """))
        .as("totals that are not what the lines come to")
        .isEmpty();
    assertThat(
            texts(
                """
                select b.number::text from journal_batch b
                cross join (select distinct account from ledger_total) a
                left join lateral (select balance_cents from ledger_total t
                  where t.account = a.account and t.batch <= b.number
                  order by t.batch desc limit 1) t on true
                group by b.number having coalesce(sum(t.balance_cents), 0) <> 0
                """))
        .as("trial balances that are not zero")
        .isEmpty();
  }

  private void checksAreThereOrNot() {
    assertThat(books.cashThatIsNotThePayment()).as("cash that is not BPR02").isEmpty();
    assertThat(
            texts(
                """
                select distinct e.source_number || ' ' || e.source || ' ' || e.source_place
                from journal_entry e
                join remittance_posting p on p.remittance_number = e.source_number
                join journal_line l on l.entry = e.number
                where e.source in ('PAYMENT', 'PROVIDER_ADJUSTMENT', 'CHECK') and p.state <> 'POSTED'
                group by e.source_number, e.source, e.source_place, l.account, l.claim_number,
                  l.rank, l.service_line, l.code, l.reference, l.segment
                having sum(l.amount_cents) <> 0
                """))
        .as("documents of checks that are not posted and have lines")
        .isEmpty();
    assertThat(
            texts(
                """
                select p.remittance_number || ' ' || p.ordinal from payment_posting p
                join remittance_posting r on r.remittance_number = p.remittance_number
                join claim_payment c on c.remittance_number = p.remittance_number
                  and c.ordinal = p.ordinal
                where r.state = 'POSTED' and c.paid_cents <> coalesce((
                  select sum(l.amount_cents) from journal_entry e
                  join journal_line l on l.entry = e.number
                  where e.source = 'PAYMENT' and e.source_number = p.remittance_number
                    and e.source_place = p.ordinal and l.account = 'CASH_CLEARING'), 0)
                """))
        .as("payments of posted checks whose cash is not CLP04")
        .isEmpty();
  }

  /** The books are a function of the facts: there is nothing left to do. */
  private void settlingAgainPostsNothing() {
    String balances = books.balances();
    String exceptions = books.exceptions();
    String outcomes = outcomes();
    long entries = books.count("select count(*) from journal_entry");
    books.ask(
        () -> {
          journal.lock();
          settling.families(
              sql.sql(
                      """
                      select patient_control_number from claim
                      union select family from payment_posting
                      """)
                  .query(String.class)
                  .list(),
              Cause.DECIDED,
              null);
          sql.sql("select remittance_number from remittance_posting")
              .query(Long.class)
              .list()
              .forEach(number -> settling.check(number, Cause.DECIDED, null));
          return true;
        });
    assertThat(books.count("select count(*) from journal_entry")).isEqualTo(entries);
    assertThat(books.balances()).isEqualTo(balances);
    assertThat(books.exceptions()).isEqualTo(exceptions);
    assertThat(outcomes()).isEqualTo(outcomes);
  }

  private String outcomes() {
    return String.join(
        "\n",
        texts(
            """
            select concat_ws(' ', remittance_number, ordinal, family, claim_number, rank, held,
              outcome, paid_cents, unapplied_cents, insurance_after_cents, patient_after_cents)
            from payment_posting order by remittance_number, ordinal
            """));
  }
}
