package org.openrcm.payment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an account's page shows of its payments.
 *
 * @param plans the latest first
 * @param checkout a card payment that somebody came back from; null when there is none
 * @param cards whether cards can be taken
 */
record AccountPayments(
    Owed owed,
    List<Row> payments,
    List<Plan> plans,
    @Nullable Checkout checkout,
    @Nullable PatientPayment paid,
    boolean cards) {

  /** A payment with what became of it. */
  record Row(PatientPayment payment, Applied applied) {

    public PaymentState state() {
      Money left = applied.onVisits().plus(applied.credit());
      return PaymentState.of(payment.isVoided(), payment.amount(), left, applied.credit());
    }

    public Money refunded() {
      return payment.isVoided()
          ? Money.ZERO
          : payment.amount().minus(applied.onVisits()).minus(applied.credit());
    }
  }

  /** The one that is being paid; null when there is none. */
  public @Nullable Plan plan() {
    return plans.stream().filter(plan -> plan.state().isRunning()).findFirst().orElse(null);
  }

  /** Those that ended. */
  public List<Plan> ended() {
    return plans.stream().filter(plan -> !plan.state().isRunning()).toList();
  }

  /** Whether credit could pay for something that is owed. */
  public boolean mayApply() {
    return owed.owed().cents() > 0 && owed.credit().plus(owed.overpaid()).cents() > 0;
  }

  /** Reads it; who shows it records it. */
  @Component
  static class Reader {
    private final PatientBalances balances;
    private final PatientPaymentRows rows;
    private final Applied.Reader applied;
    private final Plans plans;
    private final Checkouts checkouts;

    Reader(
        PatientBalances balances,
        PatientPaymentRows rows,
        Applied.Reader applied,
        Plans plans,
        Checkouts checkouts) {
      this.balances = balances;
      this.rows = rows;
      this.applied = applied;
      this.plans = plans;
      this.checkouts = checkouts;
    }

    /**
     * Of an account.
     *
     * @param card the key of a card payment that somebody comes back from; empty for none
     */
    @Transactional
    public AccountPayments read(long account, String card) {
      List<PatientPayment> payments = rows.ofAccount(account);
      Map<Long, Applied> become = applied.of(payments);
      Optional<Checkout> checkout =
          (card.isEmpty() ? Optional.<Checkout>empty() : checkouts.find(card))
              .filter(each -> each.account() == account);
      return new AccountPayments(
          balances.of(account),
          payments.stream()
              .map(each -> new Row(each, become.getOrDefault(each.number(), Applied.NOTHING)))
              .toList(),
          plans.all(account),
          checkout.orElse(null),
          checkout.flatMap(each -> rows.ofCheckout(each.id())).orElse(null),
          checkouts.isOpen());
    }
  }
}
