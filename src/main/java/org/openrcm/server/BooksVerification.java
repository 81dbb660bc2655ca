package org.openrcm.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether the books of a practice hold: each entry comes to zero and is for a document that is
 * there, and each sum that is kept beside the journal is the sum of its lines. The database adds
 * up; of what is wrong each row is a sentence.
 */
final class BooksVerification {
  private static final String ENTRIES =
      """
      select 'entry ' || entry || case
        when not there then ' is gone, and its lines are not'
        when lines < 2 then ' has lost its lines'
        else ' does not come to zero' end
      from (
        select coalesce(e.number, l.entry) as entry, e.number is not null as there,
          count(l.line) as lines, sum(l.amount_cents) as cents
        from (select number from journal_entry where %1$s) e
        full join (select entry, line, amount_cents from journal_line where %1$s) l
          on l.entry = e.number
        group by 1, 2) s
      where not there or lines < 2 or cents <> 0
      order by entry
      """;

  /** Of each account the first batch: what is wrong there is wrong in all that follow. */
  private static final String BALANCES =
      """
      with moved as (
        select l.account, e.batch, sum(l.amount_cents) as cents, count(*) as lines
        from (select * from journal_line where %1$s) l
        join (select * from journal_entry where %1$s) e on e.number = l.entry
        group by 1, 2
      ), summed as (
        select account, batch, sum(cents) over up_to as cents, sum(lines) over up_to as lines
        from moved window up_to as (partition by account order by batch)
      ), wrong as (
        select account, min(batch) as batch
        from summed s
        full join (
          select account, batch, balance_cents, lines as counted from ledger_total where %1$s) t
          using (account, batch)
        where s.cents is distinct from t.balance_cents or s.lines is distinct from t.counted
        group by account)
      select format('the balance of %%s is not the sum of its lines from batch %%s on (entries %%s'
        ' to %%s)', w.account, w.batch, b.first_entry, b.last_entry)
      from wrong w left join (select * from journal_batch where %1$s) b on b.number = w.batch
      order by w.batch, w.account
      """;

  private static final String DOCUMENTS =
      """
      select format('entry %%s is posted for %%s %%s, which is not there', e.entry,
        lower(replace(e.source, '_', ' ')), e.source_number)
      from (
        select source, source_number, min(number) as entry from journal_entry where %1$s
        group by 1, 2) e
      left join (
        select 'CLAIM' as source, number from claim where %1$s
        union all
        select unnest(array['PAYMENT', 'PROVIDER_ADJUSTMENT', 'CHECK']), number from remittance
        where %1$s
        union all
        select 'PATIENT_PAYMENT', number from patient_payment where %1$s
        union all
        select 'REFUND', number from patient_refund where %1$s
        union all
        select 'WRITE_OFF', number from write_off where %1$s) d
        on d.source = e.source and d.number = e.source_number
      where d.number is null
      order by e.entry
      """;

  private static final String OPEN_OF_CLAIMS =
      """
      select 'what is open of claim ' || claim_number || ' is not the sum of its lines'
      from (
        select claim_number,
          coalesce(sum(amount_cents) filter (where account = 'INSURANCE_RECEIVABLE'), 0) as insurance,
          coalesce(sum(amount_cents) filter (where account = 'PATIENT_RECEIVABLE'), 0) as patient
        from journal_line
        where %1$s and claim_number is not null
          and entry <= coalesce((select entry from claim_owing_mark where %1$s), 0)
        group by claim_number) j
      full join (select * from claim_owing where %1$s) o using (claim_number)
      where coalesce(insurance, 0) <> coalesce(insurance_cents, 0)
        or coalesce(patient, 0) <> coalesce(patient_cents, 0)
      order by claim_number
      """;

  private static final String REPORT_OF_CLAIMS =
      """
      select 'the report of claim ' || claim_number || ' is not what its lines come to'
      from (
        select claim_number,
          -coalesce(sum(amount_cents) filter (where account = 'REVENUE'), 0) as charged,
          -sum(amount_cents) as collected,
          coalesce(sum(amount_cents) filter (where account in ('INSURANCE_RECEIVABLE',
            'DENIED_PENDING_REVIEW', 'PATIENT_RECEIVABLE', 'AGENCY_PLACED')), 0) as open
        from journal_line
        where %1$s and claim_number is not null
          and entry <= coalesce((select entry from report_mark where %1$s), 0)
        group by claim_number) j
      full join (select * from report_claim where %1$s) r using (claim_number)
      where (coalesce(charged, 0), coalesce(collected, 0), coalesce(open, 0))
        <> (coalesce(charged_cents, 0), coalesce(collected_cents, 0), coalesce(open_cents, 0))
      order by claim_number
      """;

  private static final String REPORT =
      """
      select 'the report of what was charged in ' || month || ' is not the sum of its claims'
      from (
        select payer, provider, date_trunc('month', day)::date as month, count(*) as n,
          sum(charged_cents) as charged, sum(collected_cents) as collected, sum(open_cents) as open
        from report_claim where %1$s group by 1, 2, 3) j
      full join (select * from report_claim_total where %1$s and claims <> 0) t
        using (payer, provider, month)
      where (coalesce(n, 0), coalesce(charged, 0), coalesce(collected, 0), coalesce(open, 0))
        <> (coalesce(claims, 0), coalesce(charged_cents, 0), coalesce(collected_cents, 0),
          coalesce(open_cents, 0))
      union
      select 'the report of what is open since ' || day || ' is not the sum of its claims'
      from (
        select owes, payer, provider, day, count(*) as n, sum(cents) as open
        from report_open where %1$s group by 1, 2, 3, 4) j
      full join (
        select owes, payer, provider, day, claims, cents from report_open_total
        where %1$s and claims <> 0 and clock = 'SERVICE' and grain = 'DAY') t
        using (owes, payer, provider, day)
      where (coalesce(n, 0), coalesce(open, 0)) <> (coalesce(claims, 0), coalesce(cents, 0))
      order by 1
      """;

  private static final List<String> CHECKS =
      List.of(ENTRIES, BALANCES, DOCUMENTS, OPEN_OF_CLAIMS, REPORT_OF_CLAIMS, REPORT);

  private static final String COUNTS =
      "select (select count(*) from journal_entry where %1$s),"
          + " (select count(*) from journal_line where %1$s)";

  private BooksVerification() {}

  /**
   * Verifies the books of the practice that {@code app.practice} names.
   *
   * @return how many entries and lines there are
   */
  static long[] of(Connection connection, Consumer<String> fault) throws SQLException {
    try (Statement query = connection.createStatement()) {
      for (String check : CHECKS) {
        try (ResultSet rows = query.executeQuery(ofThePractice(check))) {
          while (rows.next()) {
            fault.accept(rows.getString(1));
          }
        }
      }
      try (ResultSet row = query.executeQuery(ofThePractice(COUNTS))) {
        row.next();
        return new long[] {row.getLong(1), row.getLong(2)};
      }
    }
  }

  private static String ofThePractice(String check) {
    return check.formatted("practice_id = current_setting('app.practice')::uuid");
  }
}
