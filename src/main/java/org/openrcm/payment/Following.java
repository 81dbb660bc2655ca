package org.openrcm.payment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openrcm.ledger.EntriesPosted;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets what a patient paid go with the visit that they paid for. A claim that replaces another, or
 * is the same sent again, takes its charges and what insurers decide; what was paid for the visit
 * would stay behind, and be asked for once more.
 */
@Component
class Following {
  private final JdbcClient sql;
  private final Journal journal;
  private final PatientPaymentRows rows;
  private final Applied.Reader applied;
  private final SentClaims claims;
  private final Clock clock;

  Following(
      JdbcClient sql,
      Journal journal,
      PatientPaymentRows rows,
      Applied.Reader applied,
      SentClaims claims,
      Clock clock) {
    this.sql = sql;
    this.journal = journal;
    this.rows = rows;
    this.applied = applied;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Moves what is paid too much for a claim to another claim of its visit that the patient owes
   * for. What then is left on one that carries no charges, and is on no bill, is credit.
   */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void entriesPosted(EntriesPosted event) {
    List<Long> accounts = accounts(event);
    if (accounts.isEmpty()) {
      return;
    }
    List<SentClaims.Sent> sent = claims.of(accounts);
    List<SentClaims.Sent> over = sent.stream().filter(each -> each.owed().isNegative()).toList();
    if (over.isEmpty()) {
      return;
    }
    SameVisit visits = SameVisit.of(sent);
    Map<Long, Money> owed = new HashMap<>();
    sent.forEach(claim -> owed.put(claim.number(), claim.owed()));
    Map<Long, List<PatientPayment>> payments =
        over.stream()
            .map(SentClaims.Sent::account)
            .distinct()
            .flatMap(account -> rows.ofAccount(account).stream())
            .filter(payment -> !payment.isVoided())
            .collect(Collectors.groupingBy(PatientPayment::account));
    Map<Long, Applied> paid = applied.of(payments.values().stream().flatMap(List::stream).toList());
    Map<PatientPayment, Lines> moved = new LinkedHashMap<>();
    for (SentClaims.Sent claim : over) {
      for (PatientPayment payment : payments.getOrDefault(claim.account(), List.of())) {
        Lines lines = moved.computeIfAbsent(payment, key -> new Lines());
        Money most = paid.getOrDefault(payment.number(), Applied.NOTHING).on(claim.number());
        move(claim, most, payment, visits.of(claim.number()), owed, lines);
      }
    }
    LocalDate today = LocalDate.now(clock);
    List<Entry> entries = new ArrayList<>();
    moved.forEach(
        (payment, lines) -> {
          if (!lines.isEmpty()) {
            entries.add(new Entry(payment.document(), today, lines.toList()));
          }
        });
    journal.post("PAYMENT_FOLLOWED", null, entries);
  }

  /** Moves at most so much of a payment, and no more to any claim than is owed for it. */
  private static void move(
      SentClaims.Sent from,
      Money most,
      PatientPayment payment,
      List<Long> visit,
      Map<Long, Money> owed,
      Lines lines) {
    Line.At here = Places.visit(from.number(), Places.PAYMENT);
    Money over = owed.getOrDefault(from.number(), Money.ZERO).negated();
    Money rest = Amounts.least(most, over);
    for (Long to : visit) {
      Money part = Amounts.least(rest, owed.getOrDefault(to, Money.ZERO));
      if (part.cents() > 0) {
        lines.move(part, here, Places.visit(to, Places.PAYMENT));
        owed.merge(to, part.negated(), Money::plus);
        owed.merge(from.number(), part, Money::plus);
        rest = rest.minus(part);
      }
    }
    if (!from.charged() && rest.cents() > 0) {
      lines.move(rest, here, Places.credit(payment));
      owed.merge(from.number(), rest, Money::plus);
    }
  }

  /** That have payments, and of which these entries change what the patient owes. */
  private List<Long> accounts(EntriesPosted posted) {
    return sql.sql(
            """
            select distinct a.account_number
            from (select distinct claim_number from journal_line
              where entry between ? and ? and account = 'PATIENT_RECEIVABLE'
                and claim_number is not null) c
            cross join lateral (
              select account_number from account_claim
              where claim_number = c.claim_number offset 0) a
            where exists (
              select from patient_payment where account_number = a.account_number)
            """)
        .params(posted.first(), posted.last())
        .query(Long.class)
        .list();
  }
}
