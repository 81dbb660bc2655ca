package org.openrcm.statement;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;

/**
 * What the journal has of a visit, or of one line of it. Whatever is posted, {@code charged =
 * discount + refused + insurers + pending + shares}, and {@code owed = shares - paid - forgiven -
 * givenUp}: each line of the journal is counted once.
 */
final class Sums {
  private final Map<Integer, Figure> insurers = new TreeMap<>();
  private final Map<String, Figure> shares = new TreeMap<>();
  private Figure charged = Figure.NONE;
  private Figure discount = Figure.NONE;
  private Figure refused = Figure.NONE;
  private Figure pending = Figure.NONE;
  private Figure paid = Figure.NONE;
  private Figure forgiven = Figure.NONE;
  private Figure givenUp = Figure.NONE;

  /**
   * A line of the journal that is for the visit.
   *
   * @param rank of the insurer whose decision it is
   * @param code such as {@code PR-2}
   */
  record Posted(
      long entry,
      AccountKind account,
      Money amount,
      Source source,
      int rank,
      @Nullable String code) {}

  void add(Posted line) {
    Money amount = line.amount();
    long entry = line.entry();
    switch (line.account()) {
      case REVENUE -> charged = charged.plus(amount.negated(), entry);
      case CONTRACTUAL_ADJUSTMENT, PAYER_REDUCTION, DENIAL_WRITE_OFF ->
          discount = discount.plus(amount, entry);
      case DENIED_PENDING_REVIEW -> refused = refused.plus(amount, entry);
      case INSURANCE_RECEIVABLE -> pending = pending.plus(amount, entry);
      case PATIENT_RECEIVABLE -> ofPatient(line);
      case CHARITY, SMALL_BALANCE -> forgiven = forgiven.plus(amount, entry);
      case BAD_DEBT -> givenUp = givenUp.plus(amount, entry);
      default -> {}
    }
    if (isDecision(line.source())) {
      // what the lines of a visit do not come to is what its insurer paid
      insurers.merge(
          line.rank(),
          Figure.NONE.plus(amount.negated(), entry),
          (before, more) -> before.plus(more.amount(), entry));
    }
  }

  private static boolean isDecision(Source source) {
    return source == Source.PAYMENT || source == Source.PROVIDER_ADJUSTMENT;
  }

  private void ofPatient(Posted line) {
    // a claim without an insurer is the patient's from the beginning
    if (isDecision(line.source()) || line.source() == Source.CLAIM) {
      String code = line.code() == null ? "" : line.code();
      shares.merge(
          code,
          Figure.NONE.plus(line.amount(), line.entry()),
          (before, more) -> before.plus(more.amount(), line.entry()));
    } else if (line.source() == Source.PATIENT_PAYMENT || line.source() == Source.REFUND) {
      paid = paid.plus(line.amount().negated(), line.entry());
    }
  }

  public Figure charged() {
    return charged;
  }

  public Figure discount() {
    return discount;
  }

  /** Refused by an insurer, and not given up. */
  public Figure refused() {
    return refused;
  }

  /** What insurers have yet to decide on. */
  public Figure pending() {
    return pending;
  }

  /** By rank: 1 is the primary insurer; those that paid nothing are there too. */
  public Map<Integer, Figure> insurers() {
    return insurers;
  }

  /** What insurers left to the patient, by group and reason. */
  public Map<String, Figure> shares() {
    return shares;
  }

  public Money share() {
    return shares.values().stream().map(Figure::amount).reduce(Money.ZERO, Money::plus);
  }

  public Figure paid() {
    return paid;
  }

  public Figure forgiven() {
    return forgiven;
  }

  /** Bad debt: not asked for any more, and no help with the bill. */
  public Figure givenUp() {
    return givenUp;
  }

  /** Numbers of the entries that any of it is the sum of. */
  List<Long> entries() {
    return Stream.of(
            Stream.of(charged, discount, refused, pending, paid, forgiven, givenUp),
            insurers.values().stream(),
            shares.values().stream())
        .flatMap(figures -> figures)
        .flatMap(figure -> figure.entries().stream())
        .distinct()
        .sorted()
        .toList();
  }

  public Money owed() {
    return share().minus(paid.amount()).minus(forgiven.amount()).minus(givenUp.amount());
  }
}
