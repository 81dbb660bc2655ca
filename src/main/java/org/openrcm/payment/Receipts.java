package org.openrcm.payment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what became of payments, from the journal. It writes no audit rows: who shows them does.
 */
@Component
public class Receipts {
  private final JdbcClient sql;
  private final PatientPaymentRows rows;
  private final Applied.Reader applied;

  Receipts(JdbcClient sql, PatientPaymentRows rows, Applied.Reader applied) {
    this.sql = sql;
    this.rows = rows;
    this.applied = applied;
  }

  /** Of a payment; whose account it is of is for the caller to see to. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Receipt> find(UUID payment) {
    return rows.find(payment).map(this::of);
  }

  Receipt of(PatientPayment payment) {
    return of(List.of(payment)).get(0);
  }

  /** By the numbers of the payments: of many in as many queries as of one. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Receipt> numbered(Collection<Long> payments) {
    return of(rows.find(payments)).stream()
        .collect(Collectors.toMap(receipt -> receipt.payment().number(), receipt -> receipt));
  }

  /** Of all payments of an account, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Receipt> ofAccount(long account) {
    return of(rows.ofAccount(account));
  }

  private List<Receipt> of(List<PatientPayment> payments) {
    Map<Long, Applied> become = applied.of(payments);
    Map<Long, List<Refund>> refunds =
        rows.refunds(payments.stream().map(PatientPayment::number).toList()).stream()
            .collect(Collectors.groupingBy(Refund::payment));
    Set<Long> claims = new HashSet<>();
    become.values().forEach(each -> claims.addAll(each.visits().keySet()));
    Map<Long, Receipt.Visit> visits = visits(claims);
    List<Receipt> receipts = new ArrayList<>();
    for (PatientPayment payment : payments) {
      Applied one = become.getOrDefault(payment.number(), Applied.NOTHING);
      receipts.add(
          new Receipt(
              payment,
              paid(one, visits),
              one.credit(),
              refunds.getOrDefault(payment.number(), List.of())));
    }
    return receipts;
  }

  private static List<Receipt.Visit> paid(Applied applied, Map<Long, Receipt.Visit> visits) {
    List<Receipt.Visit> paid = new ArrayList<>();
    visits.forEach(
        (claim, visit) -> {
          Money part = applied.visits().get(claim);
          if (part != null) {
            paid.add(new Receipt.Visit(visit.id(), visit.control(), visit.day(), part));
          }
        });
    return paid;
  }

  /** By claim number, the oldest first. */
  private Map<Long, Receipt.Visit> visits(Set<Long> claims) {
    Map<Long, Receipt.Visit> visits = new LinkedHashMap<>();
    sql.sql(
            """
            select claim_number, claim_id, control, on_day from account_claim
            where claim_number = any (?) order by on_day, claim_number
            """)
        .param(claims.toArray(Long[]::new))
        .query(
            row -> {
              visits.put(
                  row.getLong("claim_number"),
                  new Receipt.Visit(
                      PatientPaymentRows.uuid(row, "claim_id"),
                      row.getString("control"),
                      PatientPaymentRows.day(row, "on_day"),
                      Money.ZERO));
            });
    return visits;
  }
}
