package org.openrcm.payment;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.jobs.Jobs;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives back what patients paid. The books have a refund when it is decided; card money goes back
 * through the gateway in the background, and the entries are taken back should it refuse.
 */
@Component
public class Refunds {
  private final Journal journal;
  private final PatientPaymentRows rows;
  private final PatientBalances balances;
  private final Payments payments;
  private final Jobs jobs;
  private final JdbcClient sql;
  private final Clock clock;

  Refunds(
      Journal journal,
      PatientPaymentRows rows,
      PatientBalances balances,
      Payments payments,
      Jobs jobs,
      JdbcClient sql,
      Clock clock) {
    this.journal = journal;
    this.rows = rows;
    this.balances = balances;
    this.payments = payments;
    this.jobs = jobs;
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * Gives a payment back, or a part of it: its unapplied credit first, then what it paid for visits
   * beyond what is owed for them, then what it paid for the latest visits, which are owed again.
   *
   * @param key of the sender's: sent again, it has no second effect
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public Refund refund(UUID paymentId, Money amount, String key) {
    payments.require(Action.CHANGE, paymentId);
    Wish wish = Wish.of(key, paymentId, Amounts.checked(amount).cents());
    journal.lock();
    Optional<Refund> before = rows.refunded(wish);
    if (before.isPresent()) {
      return before.get();
    }
    PatientPayment payment = payments.require(Action.CHANGE, paymentId);
    if (payment.isVoided()) {
      throw new Refused(Refused.Reason.VOIDED);
    }
    if (amount.compareTo(left(payment)) > 0) {
      throw new Refused(Refused.Reason.MORE_THAN_PAID);
    }
    boolean card = payment.method() == Method.CARD;
    Refund refund =
        new Refund(
            rows.nextRefund(),
            UUID.randomUUID(),
            payment.number(),
            amount,
            card ? Method.CARD : Method.CHEQUE,
            payments.today(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            Actor.current().name(),
            card ? Refund.State.SENDING : Refund.State.DONE,
            null);
    rows.insert(refund, wish);
    journal.post(
        "REFUNDED",
        refund.id(),
        List.of(new Entry(refund.document(), refund.madeOn(), lines(payment, amount).toList())));
    if (card) {
      jobs.enqueue(RefundJob.KIND, refund.id());
    }
    payments.record(Action.CHANGE, payment);
    return refund;
  }

  /** What of a payment was not given back. */
  @Transactional(propagation = Propagation.MANDATORY)
  Money left(PatientPayment payment) {
    return payment.isVoided()
        ? Money.ZERO
        : rows.refunds(List.of(payment.number())).stream()
            .filter(refund -> refund.state() != Refund.State.FAILED)
            .map(Refund::amount)
            .reduce(payment.amount(), Money::minus);
  }

  /** Where money can be taken from, and how much at most. */
  private record Part(Line.At at, Money most) {}

  private Lines lines(PatientPayment payment, Money amount) {
    Lines lines = new Lines().add(Places.cash(payment), amount.negated());
    Money rest = amount;
    for (Part part : parts(payment)) {
      Money some = Amounts.least(rest, part.most());
      lines.add(part.at(), some);
      rest = rest.minus(some);
    }
    if (!rest.isZero()) {
      throw new IllegalStateException("REFUND_IS_MORE_THAN_THE_BOOKS_HAVE");
    }
    return lines;
  }

  /** All that is left of a payment, what is taken first first. */
  private List<Part> parts(PatientPayment payment) {
    Applied applied =
        payments.applied(List.of(payment)).getOrDefault(payment.number(), Applied.NOTHING);
    Map<Long, Money> over = new HashMap<>();
    for (OpenVisit visit : balances.of(payment.account()).visits()) {
      Money paid = applied.visits().getOrDefault(visit.claim(), Money.ZERO);
      if (visit.owed().isNegative() && !paid.isZero()) {
        over.put(visit.claim(), Amounts.least(paid, visit.owed().negated()));
      }
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Places.credit(payment), applied.credit()));
    over.forEach((claim, most) -> parts.add(new Part(Places.visit(claim, Places.REFUND), most)));
    for (Long claim : latestFirst(applied.visits().keySet())) {
      Money paid = applied.visits().getOrDefault(claim, Money.ZERO);
      parts.add(
          new Part(
              Places.visit(claim, Places.REFUND),
              paid.minus(over.getOrDefault(claim, Money.ZERO))));
    }
    return parts;
  }

  private List<Long> latestFirst(Collection<Long> claims) {
    return sql.sql(
            """
            select n.claim from unnest(?::bigint[]) n (claim)
            left join lateral (
              select on_day from account_claim where claim_number = n.claim offset 0) c on true
            order by c.on_day desc nulls last, n.claim desc
            """)
        .param(claims.toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  /** The gateway gave it back. */
  @Transactional
  void done(UUID id, String gatewayReference) {
    Refund refund = rows.findRefund(id).orElseThrow();
    rows.change(refund, Refund.State.DONE, gatewayReference);
  }

  /** The gateway does not give it back: the payment is as it was before. */
  @Transactional
  void failed(UUID id) {
    journal.lock();
    Refund refund = rows.findRefund(id).orElseThrow();
    if (refund.state() != Refund.State.SENDING) {
      return;
    }
    Lines posted = journal.posted(List.of(refund.document())).get(refund.document());
    if (posted != null) {
      journal.post(
          "REFUND_FAILED",
          refund.id(),
          List.of(new Entry(refund.document(), payments.today(), posted.negated().toList())));
    }
    rows.change(refund, Refund.State.FAILED, null);
    payments.record(Action.CHANGE, rows.find(refund.payment()).orElseThrow());
  }
}
