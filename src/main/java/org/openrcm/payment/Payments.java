package org.openrcm.payment;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what patients pay, and brings it into the books: each payment once, however often it is
 * sent. One at a time in a practice, since all of it holds the journal's lock.
 */
@Component
public class Payments {
  static final String SUBJECT = "PatientPayment";

  private final Journal journal;
  private final PatientPaymentRows rows;
  private final PatientBalances balances;
  private final Applied.Reader applied;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;

  Payments(
      Journal journal,
      PatientPaymentRows rows,
      PatientBalances balances,
      Applied.Reader applied,
      Accounts accounts,
      AuditTrail audit,
      Clock clock) {
    this.journal = journal;
    this.rows = rows;
    this.balances = balances;
    this.applied = applied;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Takes cash or a cheque.
   *
   * @return the payment; that of before when it was sent before
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public PatientPayment take(Receiving wanted) {
    if (!wanted.method().isAtDesk()) {
      throw new Refused(Refused.Reason.NOT_AT_DESK);
    }
    Amounts.checked(wanted.amount());
    journal.lock();
    Wish wish = wanted.wish();
    Optional<PatientPayment> before = rows.taken(wish);
    if (before.isPresent()) {
      return before.get();
    }
    checkVisits(balances.of(wanted.account()), wanted.amount(), wanted.visits(), wanted.keepRest());
    return post(wanted, null, null);
  }

  /**
   * What a payer wishes, against what is owed.
   *
   * @throws Refused when a visit is not open, or it is more than is owed and the rest not to be
   *     kept
   */
  static void checkVisits(Owed owed, Money amount, List<Long> visits, boolean keepRest) {
    List<OpenVisit> open = owed.toPay();
    for (Long visit : visits) {
      if (open.stream().noneMatch(each -> each.claim() == visit)) {
        throw new Refused(Refused.Reason.NO_SUCH_VISIT);
      }
    }
    if (!keepRest && Allocation.of(amount, open, visits).rest().cents() > 0) {
      boolean stayed =
          visits.isEmpty()
              && open.stream().anyMatch(OpenVisit::stayed)
              && amount.compareTo(owed.owed()) <= 0;
      throw new Refused(stayed ? Refused.Reason.STAYED : Refused.Reason.MORE_THAN_OWED);
    }
  }

  /** Posts money that is here; the journal's lock is held. What is not owed is kept as credit. */
  @Transactional(propagation = Propagation.MANDATORY)
  PatientPayment post(
      Receiving wanted, @Nullable UUID checkout, @Nullable String gatewayReference) {
    PatientPayment payment =
        new PatientPayment(
            rows.nextPayment(),
            UUID.randomUUID(),
            wanted.account(),
            wanted.amount(),
            wanted.method(),
            wanted.chequeNumber(),
            today(),
            // as the database keeps it, so that the answer is the same when it is read again
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            Actor.current().name(),
            gatewayReference,
            null,
            null);
    Allocation allocation =
        Allocation.of(
            wanted.amount(), balances.of(wanted.account()).toPay(), new HashSet<>(wanted.visits()));
    Lines lines = new Lines().add(Places.cash(payment), wanted.amount());
    allocation
        .visits()
        .forEach((claim, part) -> lines.add(Places.visit(claim, Places.PAYMENT), part.negated()));
    lines.add(Places.credit(payment), allocation.rest().negated());
    rows.insert(payment, wanted.wish(), checkout);
    journal.post(
        "PATIENT_PAID",
        payment.id(),
        List.of(new Entry(payment.document(), payment.receivedOn(), lines.toList())));
    record(Action.ADD, payment);
    return payment;
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  void record(Action action, PatientPayment payment) {
    audit.record(
        action, Subject.of(SUBJECT, payment.id()), accounts.patients(List.of(payment.account())));
  }

  /**
   * Voids what was taken at the desk today: as if it had never been taken, with both entries in the
   * books. What is voided stays voided, also when it is asked for twice.
   *
   * @throws Refused when it is of another day, a card payment, or partly given back
   */
  @Transactional
  public PatientPayment voidToday(UUID id) {
    require(Action.CHANGE, id);
    journal.lock();
    PatientPayment payment = rows.find(id).orElseThrow();
    if (payment.isVoided()) {
      return payment;
    }
    Refused.Reason reason = whyNotVoid(payment);
    if (reason != null) {
      throw new Refused(reason);
    }
    Lines posted = journal.posted(List.of(payment.document())).get(payment.document());
    if (posted == null) {
      throw new IllegalStateException("PAYMENT_IS_NOT_IN_THE_BOOKS");
    }
    journal.post(
        "PAYMENT_VOIDED",
        payment.id(),
        List.of(new Entry(payment.document(), today(), posted.negated().toList())));
    rows.voided(payment, clock.instant());
    record(Action.CHANGE, payment);
    return rows.find(id).orElseThrow();
  }

  /** Null when it can be voided now. */
  Refused.@Nullable Reason whyNotVoid(PatientPayment payment) {
    if (!payment.method().isAtDesk()) {
      return Refused.Reason.CARD_IS_REFUNDED;
    }
    if (payment.isVoided()) {
      return Refused.Reason.VOIDED;
    }
    if (!payment.receivedOn().equals(today())) {
      return Refused.Reason.NOT_TODAY;
    }
    boolean refunded =
        rows.refunds(List.of(payment.number())).stream()
            .anyMatch(refund -> refund.state() != Refund.State.FAILED);
    return refunded ? Refused.Reason.REFUNDED_ALREADY : null;
  }

  /**
   * Applies the account's credit to what is owed, the oldest credit and the oldest visit first.
   * What was paid for a visit beyond what is owed for it counts as credit.
   *
   * @param visits the only ones that it is for; empty: all
   * @return what was applied
   * @throws Refused when there is nothing to apply, or nothing to apply it to
   */
  @Transactional
  public Money applyCredit(long account, List<Long> visits) {
    journal.lock();
    List<PatientPayment> payments =
        rows.ofAccount(account).stream().filter(payment -> !payment.isVoided()).toList();
    Crediting crediting =
        Crediting.of(payments, applied.of(payments), balances.of(account), new HashSet<>(visits));
    if (crediting.applied().isZero()) {
      throw new Refused(Refused.Reason.NOTHING_TO_APPLY);
    }
    LocalDate today = today();
    journal.post(
        "CREDIT_APPLIED",
        null,
        crediting.lines().entrySet().stream()
            .map(each -> new Entry(each.getKey().document(), today, each.getValue().toList()))
            .toList());
    crediting.lines().keySet().forEach(payment -> record(Action.CHANGE, payment));
    return crediting.applied();
  }

  /** What has become of payments, by their numbers. */
  @Transactional(propagation = Propagation.MANDATORY)
  Map<Long, Applied> applied(List<PatientPayment> payments) {
    return applied.of(payments);
  }

  /**
   * The payment of this id.
   *
   * @throws NoSuchPayment when the practice has none; on record
   */
  @Transactional(propagation = Propagation.MANDATORY)
  PatientPayment require(Action action, UUID id) {
    return rows.find(id).orElseThrow(() -> NoSuchPayment.denied(audit, action, id));
  }
}
