package org.openrcm.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.money.Money;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists what patients paid, on record for each patient who is shown. */
@Component
class PaymentList {
  private static final int AT_ONCE = 1000;

  private static final String SHOWN =
      """
      select %s from (
        select p.*, a.id as account_id, a.last_name, a.first_name,
          coalesce(r.cents, 0) as refunded_cents, coalesce(c.cents, 0) as credit_cents
        from patient_payment p
        left join account a on a.number = p.account_number
        left join lateral (
          select sum(amount_cents)::bigint as cents from patient_refund
          where payment_number = p.number and state <> 'FAILED') r on true
        left join lateral (
          select -sum(l.amount_cents)::bigint as cents from journal_line l
          join journal_entry e on e.number = l.entry
          where l.reference = 'PP-' || p.number and l.account = 'UNAPPLIED_CREDIT'
            and e.source in ('PATIENT_PAYMENT', 'REFUND')) c on true) shown
      %s
      """;

  private final JdbcClient sql;
  private final Accounts accounts;
  private final AuditTrail audit;

  PaymentList(JdbcClient sql, Accounts accounts, AuditTrail audit) {
    this.sql = sql;
    this.accounts = accounts;
    this.audit = audit;
  }

  /** A payment as the list shows it. */
  record Row(PatientPayment payment, UUID account, String patient, Money refunded, Money credit) {

    public PaymentState state() {
      return PaymentState.of(
          payment.isVoided(), payment.amount(), payment.amount().minus(refunded), credit);
    }
  }

  /**
   * What a filter finds.
   *
   * @param count of all that it finds, {@code taken} what they come to without those voided
   */
  record Found(Slice<Row> rows, long count, Money taken) {}

  /**
   * A part of what the filter finds.
   *
   * @param sent the search as it was sent, for the record
   */
  @Transactional
  public Found search(PaymentFilter filter, String sent, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values);
    Map<String, Object> all = Map.copyOf(values);
    Slice<Row> slice = rows(where + filter.beyond(values), values, limit);
    if (!slice.isEmpty() || !filter.isAll()) {
      record(Action.QUERY, sent, slice.rows());
    }
    String sums =
        "count(*), coalesce(sum(amount_cents) filter (where voided_at is null), 0)::bigint";
    // what became of each is looked up only where it is asked for
    boolean plain = filter.state().isEmpty();
    return sql.sql(
            plain
                ? "select " + sums + " from patient_payment " + where
                : SHOWN.formatted(sums, where))
        .params(all)
        .query((row, index) -> new Found(slice, row.getLong(1), Money.ofCents(row.getLong(2))))
        .single();
  }

  private Slice<Row> rows(String where, Map<String, Object> values, int limit) {
    List<Row> rows =
        sql.sql(SHOWN.formatted("*", where + " order by number desc limit :limit"))
            .params(values)
            .param("limit", limit + 1)
            .query(PaymentList::row)
            .list();
    return Slice.of(rows, limit, row -> Long.toString(row.payment().number()));
  }

  private void record(Action action, String sent, List<Row> rows) {
    Set<Long> shown = new LinkedHashSet<>();
    rows.forEach(row -> shown.add(row.payment().account()));
    audit.record(action, Subject.search(Payments.SUBJECT, sent), accounts.patients(shown));
  }

  /** All that the filter finds, in parts; that it was copied out is on record. */
  @Transactional
  public List<Row> copy(PaymentFilter filter, String sent) {
    List<Row> all = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values);
    String beyond = "";
    Slice<Row> slice;
    do {
      slice = rows(where + beyond, values, AT_ONCE);
      record(Action.COPY, sent, slice.rows());
      all.addAll(slice.rows());
      if (slice.next() != null) {
        values.put("after", Long.parseLong(slice.next()));
        beyond = " and number < :after";
      }
    } while (slice.next() != null);
    return all;
  }

  private static Row row(ResultSet row, int index) throws SQLException {
    String name =
        Stream.of(row.getString("last_name"), row.getString("first_name"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    UUID account = row.getObject("account_id", UUID.class);
    return new Row(
        PatientPaymentRows.payment(row, index),
        account == null ? new UUID(0, 0) : account,
        name.isEmpty() ? "(no name)" : name,
        Money.ofCents(row.getLong("refunded_cents")),
        Money.ofCents(row.getLong("credit_cents")));
  }
}
