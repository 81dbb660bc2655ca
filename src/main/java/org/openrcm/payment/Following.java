package org.openrcm.payment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.EntriesPosted;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.context.event.EventListener;
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
  private static final String HAS_PAYMENTS =
      "exists (select from patient_payment where account_number = a.account_number)";

  private final Journal journal;
  private final PatientPaymentRows rows;
  private final Applied.Reader applied;
  private final SentClaims claims;
  private final Clock clock;

  Following(
      Journal journal,
      PatientPaymentRows rows,
      Applied.Reader applied,
      SentClaims claims,
      Clock clock) {
    this.journal = journal;
    this.rows = rows;
    this.applied = applied;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Moves what is paid too much for a claim to another claim of its visit that the patient owes
   * for. What is left on one without charges, which is on no bill, goes to the one that carries
   * them; where the visit was taken back and none does, it is credit.
   */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void entriesPosted(EntriesPosted event) {
    List<Long> accounts = claims.touched(event, HAS_PAYMENTS);
    if (accounts.isEmpty()) {
      return;
    }
    List<SentClaims.Sent> sent = claims.of(accounts);
    List<SentClaims.Sent> over = sent.stream().filter(each -> each.owed().isNegative()).toList();
    if (over.isEmpty()) {
      return;
    }
    List<PatientPayment> payments =
        rows.ofAccounts(over.stream().map(SentClaims.Sent::account).distinct().toList()).stream()
            .filter(payment -> !payment.isVoided())
            .toList();
    Map<Long, List<PatientPayment>> byAccount =
        payments.stream().collect(Collectors.groupingBy(PatientPayment::account));
    Map<Long, Applied> paid = applied.of(payments);
    Moving moving = new Moving(sent);
    for (SentClaims.Sent claim : over) {
      for (PatientPayment payment : byAccount.getOrDefault(claim.account(), List.of())) {
        Money on = paid.getOrDefault(payment.number(), Applied.NOTHING).on(claim.number());
        moving.move(payment, claim.number(), on);
      }
    }
    LocalDate today = LocalDate.now(clock);
    journal.post(
        "PAYMENT_FOLLOWED",
        null,
        moving.lines.entrySet().stream()
            .map(each -> new Entry(each.getKey().document(), today, each.getValue().toList()))
            .toList());
  }

  /** What is owed for each claim, and what is moved between them. */
  private static final class Moving {
    private final SameVisit visits;
    private final Set<Long> carrying = new HashSet<>();
    private final Map<Long, Money> owed = new HashMap<>();
    private final Map<PatientPayment, Lines> lines = new LinkedHashMap<>();

    Moving(List<SentClaims.Sent> sent) {
      visits = SameVisit.of(sent);
      for (SentClaims.Sent claim : sent) {
        owed.put(claim.number(), claim.owed());
        if (claim.charged()) {
          carrying.add(claim.number());
        }
      }
    }

    /** Of a payment that so much of is on the claim. */
    void move(PatientPayment payment, long from, Money on) {
      Money rest = Amounts.least(on, owed.getOrDefault(from, Money.ZERO).negated());
      if (rest.cents() <= 0) {
        return;
      }
      List<Long> visit = visits.of(from);
      for (Long to : visit) {
        Money part = Amounts.least(rest, owed.getOrDefault(to, Money.ZERO));
        if (part.cents() > 0) {
          move(payment, part, from, to);
          rest = rest.minus(part);
        }
      }
      if (rest.cents() > 0 && !carrying.contains(from)) {
        move(
            payment,
            rest,
            from,
            visit.stream().filter(carrying::contains).findFirst().orElse(null));
      }
    }

    private void move(PatientPayment payment, Money part, long from, @Nullable Long to) {
      Line.At there = to == null ? Places.credit(payment) : Places.visit(to, Places.PAYMENT);
      lines
          .computeIfAbsent(payment, key -> new Lines())
          .move(part, Places.visit(from, Places.PAYMENT), there);
      owed.merge(from, part, Money::plus);
      if (to != null) {
        owed.merge(to, part.negated(), Money::plus);
      }
    }
  }
}
