package org.openrcm.posting;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.CodeList;
import org.openrcm.ledger.AccountKind;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists what payers take back, by reference. It shows no patient. */
@Component
class TakebackList {
  static final String SUBJECT = "Takeback";

  /** Kinds (PLB03-1) that are followed until they are zero. */
  static final String[] KINDS =
      CodeList.load("provider-adjustment-posting").rows().stream()
          .filter(
              row ->
                  row.words().equals(AccountKind.PAYER_BALANCE.name())
                      || row.words().equals(AccountKind.REFUND_PAYABLE.name()))
          .map(CodeList.Row::code)
          .distinct()
          .toArray(String[]::new);

  /**
   * What each provider adjustment moved, as the journal has it; what was undone has come to
   * nothing. What is charged to a claim is on no reference, so the adjustment says which.
   */
  static final String MOVED =
      """
      with moved as (
        select a.remittance_number as remittance, a.position, a.segment, a.reason,
          coalesce(
            max(l.reference) filter (where l.account in ('PAYER_BALANCE', 'REFUND_PAYABLE')),
            a.reason || coalesce(' ' || a.reference, '')) as reference,
          sum(l.amount_cents)::bigint as cents,
          coalesce(sum(l.amount_cents) filter (where l.account = 'INSURANCE_RECEIVABLE'), 0)::bigint
            as explained,
          max(e.day) as day, max(e.number) as entry
        from provider_adjustment a
        join journal_entry e on e.source_number = a.remittance_number
          and e.source = 'PROVIDER_ADJUSTMENT' and e.source_place = a.position
        join journal_line l on l.entry = e.number
        where a.reason = any (:kinds)
          and l.account in ('PAYER_BALANCE', 'REFUND_PAYABLE', 'INSURANCE_RECEIVABLE')
        group by a.remittance_number, a.position, a.segment, a.reason, a.reference
        having sum(l.amount_cents) <> 0
      ), takeback as (
        select m.reference, sum(m.cents - m.explained)::bigint as balance,
          sum(m.explained)::bigint as explained, max(r.payer_name) as payer_name,
          min(m.day) as since, max(m.day) as last, count(*) as steps, max(m.entry) as entry
        from moved m join remittance r on r.number = m.remittance
        group by m.reference
      )
      """;

  private final JdbcClient sql;
  private final AuditTrail audit;

  TakebackList(JdbcClient sql, AuditTrail audit) {
    this.sql = sql;
    this.audit = audit;
  }

  /** Which takebacks to list. */
  enum Which {
    OPEN("Open", "balance <> 0"),
    SETTLED("Settled", "balance = 0"),
    ALL("All", "true");

    private final String label;
    private final String where;

    Which(String label, String where) {
      this.label = label;
      this.where = where;
    }

    public String label() {
      return label;
    }

    /** As addresses have it. */
    public String slug() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Which of(String text) {
      for (Which which : values()) {
        if (which.name().equalsIgnoreCase(text)) {
          return which;
        }
      }
      return OPEN;
    }
  }

  /**
   * How many there are.
   *
   * @param owed what is still payers', as credit
   * @param taken what payers took and never told of
   */
  record Totals(long open, long settled, long owed, long taken) {

    public long of(Which which) {
      return switch (which) {
        case OPEN -> open;
        case SETTLED -> settled;
        case ALL -> open + settled;
      };
    }
  }

  /** Takebacks that were found; {@code totals} is of all that there are. */
  record Found(Slice<Takeback> rows, Totals totals) {}

  /**
   * A part of the list: open ones first, those of the most money before others.
   *
   * @param after where the part before ended; empty at the beginning
   * @param sent the search as it was sent, for the record
   */
  @Transactional
  public Found list(Which which, String after, String sent, int limit) {
    audit.record(Action.QUERY, Subject.search(SUBJECT, sent));
    Map<String, Object> values = new HashMap<>();
    values.put("kinds", KINDS);
    values.put("limit", limit + 1);
    String beyond = beyond(after, values);
    List<Takeback> rows =
        sql.sql(
                MOVED
                    + "select * from takeback where "
                    + which.where
                    + beyond
                    + " order by balance = 0, -abs(balance), -entry limit :limit")
            .params(values)
            .query(Takeback.class)
            .list();
    return new Found(Slice.of(rows, limit, TakebackList::key), totals());
  }

  private Totals totals() {
    return sql.sql(
            MOVED
                + """
                select count(*) filter (where balance <> 0) as open,
                  count(*) filter (where balance = 0) as settled,
                  coalesce(sum(balance) filter (where balance < 0), 0)::bigint as owed,
                  coalesce(sum(balance) filter (where balance > 0), 0)::bigint as taken
                from takeback
                """)
        .param("kinds", KINDS)
        .query(Totals.class)
        .single();
  }

  private static String key(Takeback row) {
    return Math.abs(row.balance()) + "_" + row.entry();
  }

  private static String beyond(String after, Map<String, Object> values) {
    int at = after.indexOf('_');
    try {
      long balance = at < 0 ? -1 : Long.parseLong(after.substring(0, at));
      if (balance < 0) {
        return "";
      }
      values.put("lastEntry", -Long.parseLong(after.substring(at + 1)));
      values.put("last", -balance);
      values.put("settled", balance == 0);
      return " and (balance = 0, -abs(balance), -entry) > (:settled, :last, :lastEntry)";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  /** The takeback of an address. */
  @Transactional
  public Optional<Takeback> find(UUID id) {
    return sql
        .sql(MOVED + "select * from takeback")
        .param("kinds", KINDS)
        .query(Takeback.class)
        .list()
        .stream()
        .filter(each -> each.id().equals(id))
        .findFirst();
  }
}
