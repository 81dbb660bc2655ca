package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.openrcm.posting.Trouble;

/** A visit put together amount by amount, as the journal would have it. */
final class MadeUpVisit {
  static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private final long number;
  private final Sums sums = new Sums();
  private final List<Decision> decisions = new ArrayList<>();
  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private final Set<String> protections = new TreeSet<>();
  private boolean medicaid;
  private long entry;

  private MadeUpVisit(long number) {
    this.number = number;
  }

  /** Charged to the primary insurer, who has yet to decide. */
  static MadeUpVisit charged(long number, String amount) {
    MadeUpVisit visit = new MadeUpVisit(number);
    visit.entry++;
    visit.post(AccountKind.INSURANCE_RECEIVABLE, amount, Source.CLAIM, 0, null);
    visit.post(AccountKind.REVENUE, "-" + amount, Source.CLAIM, 0, null);
    return visit;
  }

  /**
   * Decided by an insurer.
   *
   * @param shares code and amount by turns, such as {@code PR-1}, {@code 20.00}
   */
  MadeUpVisit decided(int rank, String paid, String discount, String... shares) {
    entry++;
    Money rest = Money.of(paid).plus(Money.of(discount));
    post(AccountKind.CONTRACTUAL_ADJUSTMENT, discount, Source.PAYMENT, rank, "CO-45");
    Money share = Money.ZERO;
    for (int i = 0; i < shares.length; i += 2) {
      post(AccountKind.PATIENT_RECEIVABLE, shares[i + 1], Source.PAYMENT, rank, shares[i]);
      rest = rest.plus(Money.of(shares[i + 1]));
      share = shares[i].startsWith("PR-") ? share.plus(Money.of(shares[i + 1])) : share;
    }
    post(AccountKind.INSURANCE_RECEIVABLE, rest.negated().toString(), Source.PAYMENT, rank, null);
    decisions.add(
        new Decision(
            true,
            rank,
            "Bluefern Health Plan",
            DAY.plusDays(20),
            Money.of(paid),
            new UUID(number, rank),
            share,
            "CI",
            Set.of(),
            null));
    return this;
  }

  MadeUpVisit post(
      AccountKind account, String amount, Source source, int rank, @Nullable String code) {
    Money money = Money.of(amount);
    if (!money.isZero()) {
      sums.add(new Sums.Posted(entry, account, money, source, rank, code));
    }
    return this;
  }

  MadeUpVisit paidByPatient(String amount) {
    entry++;
    return post(
        AccountKind.PATIENT_RECEIVABLE,
        Money.of(amount).negated().toString(),
        Source.PATIENT_PAYMENT,
        0,
        "PAYMENT");
  }

  MadeUpVisit trouble(Trouble trouble) {
    troubles.add(trouble);
    return this;
  }

  MadeUpVisit protectedBy(String law) {
    protections.add(law);
    return this;
  }

  MadeUpVisit medicaid() {
    medicaid = true;
    return this;
  }

  Visit visit() {
    return new Visit(
        number,
        new UUID(0, number),
        new UUID(1, number),
        "LFP-" + number,
        DAY,
        null,
        "Dana Lin",
        sums,
        List.of(),
        decisions,
        troubles,
        protections,
        medicaid);
  }
}
