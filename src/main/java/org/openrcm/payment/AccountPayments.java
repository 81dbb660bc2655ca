package org.openrcm.payment;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an account's page shows of its payments.
 *
 * @param plans the latest first
 * @param checkout a card payment that somebody came back from; null when there is none
 * @param cards whether cards can be taken
 * @param warnings what whoever asks for money has to know: bankruptcy, death, a lawyer
 */
record AccountPayments(
    Owed owed,
    List<Receipt> payments,
    List<Plan> plans,
    @Nullable Checkout checkout,
    @Nullable PatientPayment paid,
    boolean cards,
    List<Flag> warnings) {

  private static final Set<FlagKind> WARNING =
      Set.of(FlagKind.BANKRUPTCY, FlagKind.DECEASED, FlagKind.ATTORNEY, FlagKind.ASSISTANCE);

  /**
   * Whether the gateway is still to tell what came of a card payment that somebody came back from:
   * browsers are sent back once it is paid, also when a card before was declined.
   */
  public boolean isWaiting() {
    return checkout != null && paid == null;
  }

  /** The one that is being paid; null when there is none. */
  public @Nullable Plan plan() {
    return plans.stream().filter(plan -> plan.state().isRunning()).findFirst().orElse(null);
  }

  /** Those that ended. */
  public List<Plan> ended() {
    return plans.stream().filter(plan -> !plan.state().isRunning()).toList();
  }

  /** Whether a visit is paid only when the payer names it. */
  public boolean isStayed() {
    return owed.toPay().stream().anyMatch(OpenVisit::stayed);
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
    private final Receipts receipts;
    private final Plans plans;
    private final Checkouts checkouts;
    private final Flags flags;
    private final Clock clock;

    Reader(
        PatientBalances balances,
        PatientPaymentRows rows,
        Receipts receipts,
        Plans plans,
        Checkouts checkouts,
        Flags flags,
        Clock clock) {
      this.balances = balances;
      this.rows = rows;
      this.receipts = receipts;
      this.plans = plans;
      this.checkouts = checkouts;
      this.flags = flags;
      this.clock = clock;
    }

    /**
     * Of an account.
     *
     * @param card the key of a card payment that somebody comes back from; empty for none
     */
    @Transactional
    public AccountPayments read(long account, String card) {
      Optional<Checkout> checkout =
          (card.isEmpty() ? Optional.<Checkout>empty() : checkouts.find(card))
              .filter(each -> each.account() == account);
      // first, so that what is read after it has the payment too
      PatientPayment paid = checkout.flatMap(each -> rows.ofCheckout(each.id())).orElse(null);
      return new AccountPayments(
          balances.of(account),
          receipts.ofAccount(account),
          plans.all(account),
          checkout.orElse(null),
          paid,
          checkouts.isOpen(),
          warnings(account));
    }

    private List<Flag> warnings(long account) {
      LocalDate today = LocalDate.now(clock);
      return flags.of(List.of(account)).getOrDefault(account, List.of()).stream()
          .filter(flag -> WARNING.contains(flag.kind()) && flag.holdsOn(today))
          .toList();
    }
  }
}
